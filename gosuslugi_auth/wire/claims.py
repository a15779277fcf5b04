"""Names inside tokens and REST answers (esia.md 4.1, 4.2, 5.2, 5.5)."""

from typing import Final

# --- JWS header (obs) --------------------------------------------------------------------------
ALG: Final = "alg"
TYP: Final = "typ"
VERSION: Final = "ver"  # 1 in an access token, 0 in an id token
SUBTYPE: Final = "sbt"
ALG_RSA: Final = "RS256"
ALG_GOST: Final = "GOST3410_2012_256"
TYP_JWT: Final = "JWT"
SUBTYPE_ACCESS: Final = "access"
SUBTYPE_ID: Final = "id"
# headers that the real service never sends; a verifier that honoured them could be led to a foreign key (own)
FORBIDDEN_HEADERS: Final = frozenset({"kid", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit"})

# --- registered claims -------------------------------------------------------------------------
ISSUER: Final = "iss"
AUDIENCE: Final = "aud"
SUBJECT: Final = "sub"  # a JSON number (obs)
EXPIRES: Final = "exp"
NOT_BEFORE: Final = "nbf"
ISSUED_AT: Final = "iat"
AUTH_TIME: Final = "auth_time"  # seconds; milliseconds in 2015-2017 (obs)
AMR: Final = "amr"
CLIENT_ID: Final = "client_id"
SCOPE: Final = "scope"

# --- claims of ЕСИА (obs) ----------------------------------------------------------------------
SESSION_ID: Final = "urn:esia:sid"
SUBJECT_ID: Final = "urn:esia:sbj_id"  # access token; a JSON number
METHOD: Final = "urn:esia:amd"
SUBJECT_OBJECT: Final = "urn:esia:sbj"
SUBJECT_TYPE: Final = "urn:esia:sbj:typ"
SUBJECT_TRUSTED: Final = "urn:esia:sbj:is_tru"  # absent when the account is not confirmed
SUBJECT_OID: Final = "urn:esia:sbj:oid"  # a JSON number
SUBJECT_NAME: Final = "urn:esia:sbj:nam"  # «OID.<oid>»
SUBJECT_LEVEL: Final = "urn:esia:sbj:lvl"

# --- of the stand only (choice) ----------------------------------------------------------------
ENVIRONMENT: Final = "env"
ENVIRONMENT_TEST: Final = "test"
# RS256 is deterministic and times are whole seconds: without it two sign-ins of one second share a token
TOKEN_ID: Final = "jti"

# --- values ------------------------------------------------------------------------------------
METHOD_PASSWORD: Final = "PWD"  # the protocol's name of a sign-in method (doc)
METHOD_SIGNATURE: Final = "DS"
TYPE_PERSON: Final = "P"
LEVEL_CONFIRMED: Final = "PR"
LEVEL_PLAIN: Final = "P"  # simplified, standard or ready to confirm
LEVEL_KID: Final = "KD"
ACCESS_TOKEN_SECONDS: Final = 3600
ID_TOKEN_SECONDS: Final = 10_800

# --- answer of te (obs) ------------------------------------------------------------------------
ACCESS_TOKEN: Final = "access_token"
ID_TOKEN: Final = "id_token"
REFRESH_TOKEN: Final = "refresh_token"
TOKEN_TYPE: Final = "token_type"
EXPIRES_IN: Final = "expires_in"

# --- REST: envelope ----------------------------------------------------------------------------
STATE_FACTS: Final = "stateFacts"
ETAG: Final = "eTag"
SIZE: Final = "size"
ELEMENTS: Final = "elements"

# --- REST: person (obs) ------------------------------------------------------------------------
FIRST_NAME: Final = "firstName"
LAST_NAME: Final = "lastName"
MIDDLE_NAME: Final = "middleName"
BIRTH_DATE: Final = "birthDate"  # «ДД.ММ.ГГГГ»
BIRTH_DATE_FORMAT: Final = "%d.%m.%Y"
GENDER: Final = "gender"
SNILS: Final = "snils"
INN: Final = "inn"
CITIZENSHIP: Final = "citizenship"
TRUSTED: Final = "trusted"
UPDATED_ON: Final = "updatedOn"
STATUS: Final = "status"
STATUS_REGISTERED: Final = "REGISTERED"
STATUS_DELETED: Final = "DELETED"
VERIFYING: Final = "verifying"

# --- REST: contacts (obs) ----------------------------------------------------------------------
ID: Final = "id"
TYPE: Final = "type"
VALUE: Final = "value"
VERIFICATION: Final = "vrfStu"
VERIFIED: Final = "VERIFIED"
NOT_VERIFIED: Final = "NOT_VERIFIED"
CONTACT_MOBILE: Final = "MBT"
CONTACT_PHONE: Final = "PHN"
CONTACT_EMAIL: Final = "EML"
CONTACT_WORK_EMAIL: Final = "CEM"

# --- REST: roles, i.e. membership in organisations (obs) ---------------------------------------
OID: Final = "oid"
PERSON_OID: Final = "prnOid"
FULL_NAME: Final = "fullName"
SHORT_NAME: Final = "shortName"
OGRN: Final = "ogrn"
CHIEF: Final = "chief"
ADMIN: Final = "admin"
ACTIVE: Final = "active"
PHONE: Final = "phone"
EMAIL: Final = "email"
BRANCH_OID: Final = "branchOid"
BRANCH_NAME: Final = "branchName"
