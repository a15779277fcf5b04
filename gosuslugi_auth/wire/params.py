"""Names and values of request parameters of ac and te (esia.md 3.1, 3.2)."""

import base64
from typing import Final

# `2013.01.25 14:36:11 +0400`: offset without a colon; UTC and local time are both seen (doc, obs)
TIMESTAMP_FORMAT: Final = "%Y.%m.%d %H:%M:%S %z"

# --- parameters (doc unless marked) ------------------------------------------------------------
CLIENT_ID: Final = "client_id"
REDIRECT_URI: Final = "redirect_uri"
SCOPE: Final = "scope"
SCOPE_ORG: Final = "scope_org"  # obs
RESPONSE_TYPE: Final = "response_type"
STATE: Final = "state"
TIMESTAMP: Final = "timestamp"
CLIENT_SECRET: Final = "client_secret"
CLIENT_CERTIFICATE_HASH: Final = "client_certificate_hash"  # obs
ACCESS_TYPE: Final = "access_type"
PERSON_FILTER: Final = "person_filter"
PERMISSIONS: Final = "permissions"  # obs
CODE_CHALLENGE: Final = "code_challenge"
CODE_CHALLENGE_METHOD: Final = "code_challenge_method"
CODE: Final = "code"
CODE_VERIFIER: Final = "code_verifier"
GRANT_TYPE: Final = "grant_type"
TOKEN_TYPE: Final = "token_type"
REFRESH_TOKEN: Final = "refresh_token"
ERROR: Final = "error"
ERROR_DESCRIPTION: Final = "error_description"
# RFC 9207, only for systems that switch it on (choice)
ISSUER: Final = "iss"
# parameter of the sign-out; not `redirect_uri` (obs)
REDIRECT_URL: Final = "redirect_url"

# --- values ------------------------------------------------------------------------------------
RESPONSE_TYPE_CODE: Final = "code"
ACCESS_ONLINE: Final = "online"
ACCESS_OFFLINE: Final = "offline"
GRANT_CODE: Final = "authorization_code"
GRANT_REFRESH: Final = "refresh_token"
GRANT_CLIENT: Final = "client_credentials"
BEARER: Final = "Bearer"
CHALLENGE_S256: Final = "S256"
# base64url of Streebog-256 of the verifier; the method is seen in one client (obs), its content is ours (choice)
CHALLENGE_GOST: Final = "GOST3411"


def _filter(name: str) -> str:
    return base64.b64encode(name.encode("ascii")).decode("ascii")


# `person_filter` travels as base64 (doc)
CONFIRMED_ONLY: Final = _filter("conf_acc")
KIDS_ONLY: Final = _filter("acc_kid")
NO_KIDS: Final = _filter("acc_not_kid")
