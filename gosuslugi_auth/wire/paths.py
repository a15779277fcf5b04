"""Paths of the ЕСИА wire; every one is relative to the base address of the provider and starts with a slash.

Marks of confidence, used in all modules of this package:
`doc` official methodical recommendations; `obs` observed in open client code, captured answers or public threads;
`know` general knowledge, not confirmed; `choice` a decision of this project, no source found.
"""

from typing import Final

# --- first generation: CMS client secret (doc) -------------------------------------------------
AUTHORIZE_V1: Final = "/aas/oauth2/ac"
TOKEN_V1: Final = "/aas/oauth2/te"

# --- second generation: raw signature and certificate hash (obs) -------------------------------
AUTHORIZE_V2: Final = "/aas/oauth2/v2/ac"
TOKEN_V3: Final = "/aas/oauth2/v3/te"
# seen to exist in one client; the same behaviour as v3/te (choice)
TOKEN_V2: Final = "/aas/oauth2/v2/te"

# --- end of the session (obs): `client_id` and, sic, `redirect_url` ------------------------------
LOGOUT: Final = "/idp/ext/Logout"

# --- REST data (doc, obs) ----------------------------------------------------------------------
PERSON: Final = "/rs/prns/{oid}"
PERSON_COLLECTION: Final = "/rs/prns/{oid}/{collection}"
PERSON_ELEMENT: Final = "/rs/prns/{oid}/{collection}/{element_id}"
ORGANIZATION: Final = "/rs/orgs/{oid}"
EMPLOYEE_GROUPS: Final = "/rs/orgs/{oid}/emps/{person_oid}/grps"

CONTACTS: Final = "ctts"
ADDRESSES: Final = "addrs"
DOCUMENTS: Final = "docs"
VEHICLES: Final = "vhls"
KIDS: Final = "kids"
ORGANIZATIONS: Final = "orgs"
ROLES: Final = "roles"
COLLECTIONS: Final = (CONTACTS, ADDRESSES, DOCUMENTS, VEHICLES, KIDS, ORGANIZATIONS, ROLES)

# the value of `embed` that asks a collection for objects instead of addresses (obs)
EMBED_ELEMENTS: Final = "(elements)"

# --- outside the protocol: the real service has no discovery, clients keep its certificate (choice) ---
TOKEN_CERTIFICATE: Final = "/emulator/esia.crt"
TOKEN_CERTIFICATE_GOST: Final = "/emulator/esia-gost.crt"
