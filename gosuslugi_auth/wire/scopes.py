"""Names of access scopes (esia.md 5.3); a comment says what each gives."""

from typing import Final

# --- identity (doc) ----------------------------------------------------------------------------
OPENID: Final = "openid"  # id_token
FULLNAME: Final = "fullname"  # firstName, lastName, middleName
BIRTHDATE: Final = "birthdate"
GENDER: Final = "gender"
SNILS: Final = "snils"
INN: Final = "inn"
BIRTHPLACE: Final = "birthplace"
ID_DOC: Final = "id_doc"  # citizenship, rIdDoc, identity documents in /docs

# --- contacts and addresses (doc; that `contacts` opens addresses too is assumed by some clients, obs) ---
EMAIL: Final = "email"  # EML elements of /ctts
MOBILE: Final = "mobile"  # MBT elements of /ctts
CONTACTS: Final = "contacts"  # all of /ctts, and /addrs
ADDRESSES: Final = "addresses"  # /addrs

# --- further collections (doc, obs) ------------------------------------------------------------
VEHICLES: Final = "vehicles"  # /vhls
USR_ORG: Final = "usr_org"  # /orgs, /roles
MEDICAL_DOC: Final = "medical_doc"  # MDCL_PLCY in /docs
MILITARY_DOC: Final = "military_doc"
FOREIGN_PASSPORT_DOC: Final = "foreign_passport_doc"
DRIVERS_LICENCE_DOC: Final = "drivers_licence_doc"  # sic: British «c»
BIRTH_CERT_DOC: Final = "birth_cert_doc"
RESIDENCE_DOC: Final = "residence_doc"
TEMPORARY_RESIDENCE_DOC: Final = "temporary_residence_doc"
KID_FULLNAME: Final = "kid_fullname"
KID_BIRTHDATE: Final = "kid_birthdate"
KID_GENDER: Final = "kid_gender"
KID_SNILS: Final = "kid_snils"
KID_INN: Final = "kid_inn"
KID_BIRTH_CERT_DOC: Final = "kid_birth_cert_doc"
KID_MEDICAL_DOC: Final = "kid_medical_doc"

# --- technical (obs) ---------------------------------------------------------------------------
BIO: Final = "bio"
EXT_AUTH_RESULT: Final = "ext_auth_result"
PRM_CHG: Final = "prm_chg"  # change of a consent
REMD_MEDICAL_DOC: Final = "remd_medical_doc"  # accepted, no collection behind it (choice)
# deprecated in 2017: alias of the basic set (obs; the set is ours, choice)
USR_INF: Final = "http://esia.gosuslugi.ru/usr_inf"
USR_INF_MEANS: Final = (FULLNAME, BIRTHDATE, GENDER, SNILS, INN, ID_DOC, BIRTHPLACE, CONTACTS)

# --- organisations, asked with `?org_oid=` (first four obs, the rest know) ---------------------
ORG_SCOPES: Final = (
    "org_shortname",
    "org_ogrn",
    "org_inn",
    "org_emps",
    "org_fullname",
    "org_type",
    "org_leg",
    "org_kpp",
    "org_agencytype",
    "org_oktmo",
    "org_ctts",
    "org_addrs",
    "org_brhs",
    "org_grps",
)

PERSON_SCOPES: Final = (
    OPENID,
    FULLNAME,
    BIRTHDATE,
    GENDER,
    SNILS,
    INN,
    BIRTHPLACE,
    ID_DOC,
    EMAIL,
    MOBILE,
    CONTACTS,
    ADDRESSES,
    VEHICLES,
    USR_ORG,
    MEDICAL_DOC,
    MILITARY_DOC,
    FOREIGN_PASSPORT_DOC,
    DRIVERS_LICENCE_DOC,
    BIRTH_CERT_DOC,
    RESIDENCE_DOC,
    TEMPORARY_RESIDENCE_DOC,
    KID_FULLNAME,
    KID_BIRTHDATE,
    KID_GENDER,
    KID_SNILS,
    KID_INN,
    KID_BIRTH_CERT_DOC,
    KID_MEDICAL_DOC,
    BIO,
    EXT_AUTH_RESULT,
    PRM_CHG,
    REMD_MEDICAL_DOC,
    USR_INF,
)
# a scope outside this set is unknown: ESIA-007006
KNOWN: Final = frozenset(PERSON_SCOPES) | frozenset(ORG_SCOPES)
