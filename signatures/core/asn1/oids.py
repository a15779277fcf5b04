"""Object identifiers by name. Sources: RFC 5652, 5035, 5126, 5280, 5755, 6960, 3161, 4055, 5758, 8410, 8419, 9215; signatures.md 5 and 6."""

from types import MappingProxyType
from typing import Final

# --- containers (RFC 5652 14, RFC 3161 2.4.2, RFC 5940) -----------------------------------------
DATA: Final = "1.2.840.113549.1.7.1"
SIGNED_DATA: Final = "1.2.840.113549.1.7.2"
TST_INFO: Final = "1.2.840.113549.1.9.16.1.4"
RI_OCSP_RESPONSE: Final = "1.3.6.1.5.5.7.16.2"

# Kinds of containers that are not signatures of a document; the values are terms of the catalogue.
OTHER_CONTAINERS: Final = MappingProxyType(
    {
        DATA: "cms.data",
        "1.2.840.113549.1.7.3": "cms.enveloped",
        "1.2.840.113549.1.7.4": "cms.signed-and-enveloped",
        "1.2.840.113549.1.7.5": "cms.digested",
        "1.2.840.113549.1.7.6": "cms.encrypted",
        "1.2.840.113549.1.9.16.1.2": "cms.authenticated",
        "1.2.840.113549.1.9.16.1.9": "cms.compressed",
        "1.2.840.113549.1.9.16.1.23": "cms.enveloped",
        TST_INFO: "cms.time-stamp",
    }
)

# --- signed and unsigned attributes (RFC 5652 11, 5035, 5126, ETSI EN 319 122-1) -----------------
CONTENT_TYPE: Final = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST: Final = "1.2.840.113549.1.9.4"
SIGNING_TIME: Final = "1.2.840.113549.1.9.5"
COUNTERSIGNATURE: Final = "1.2.840.113549.1.9.6"
SMIME_CAPABILITIES: Final = "1.2.840.113549.1.9.15"
ALGORITHM_PROTECTION: Final = "1.2.840.113549.1.9.52"
SIGNING_CERTIFICATE: Final = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2: Final = "1.2.840.113549.1.9.16.2.47"
SIGNATURE_TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.14"
SIGNATURE_POLICY: Final = "1.2.840.113549.1.9.16.2.15"
COMMITMENT_TYPE: Final = "1.2.840.113549.1.9.16.2.16"
SIGNER_LOCATION: Final = "1.2.840.113549.1.9.16.2.17"
SIGNER_ATTRIBUTES: Final = "1.2.840.113549.1.9.16.2.18"
CONTENT_TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.20"
CERTIFICATE_REFS: Final = "1.2.840.113549.1.9.16.2.21"
REVOCATION_REFS: Final = "1.2.840.113549.1.9.16.2.22"
CERTIFICATE_VALUES: Final = "1.2.840.113549.1.9.16.2.23"
REVOCATION_VALUES: Final = "1.2.840.113549.1.9.16.2.24"
ESC_TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.25"
CERTS_CRLS_TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.26"
ARCHIVE_TIME_STAMP: Final = "1.2.840.113549.1.9.16.2.27"
ARCHIVE_TIME_STAMP_V2: Final = "1.2.840.113549.1.9.16.2.48"
ARCHIVE_TIME_STAMP_V3: Final = "0.4.0.1733.2.4"
LONG_TERM_VALIDATION: Final = "0.4.0.1733.2.2"
MIME_TYPE: Final = "0.4.0.1733.2.1"

KNOWN_ATTRIBUTES: Final = frozenset(
    {
        CONTENT_TYPE,
        MESSAGE_DIGEST,
        SIGNING_TIME,
        COUNTERSIGNATURE,
        SMIME_CAPABILITIES,
        ALGORITHM_PROTECTION,
        SIGNING_CERTIFICATE,
        SIGNING_CERTIFICATE_V2,
        SIGNATURE_TIME_STAMP,
        SIGNATURE_POLICY,
        COMMITMENT_TYPE,
        SIGNER_LOCATION,
        SIGNER_ATTRIBUTES,
        CONTENT_TIME_STAMP,
        CERTIFICATE_REFS,
        REVOCATION_REFS,
        CERTIFICATE_VALUES,
        REVOCATION_VALUES,
        ESC_TIME_STAMP,
        CERTS_CRLS_TIME_STAMP,
        ARCHIVE_TIME_STAMP,
        ARCHIVE_TIME_STAMP_V2,
        ARCHIVE_TIME_STAMP_V3,
        LONG_TERM_VALIDATION,
        MIME_TYPE,
    }
)

# --- digests ------------------------------------------------------------------------------------
STREEBOG_256: Final = "1.2.643.7.1.1.2.2"
STREEBOG_512: Final = "1.2.643.7.1.1.2.3"
GOST_94: Final = "1.2.643.2.2.9"
SHA_1: Final = "1.3.14.3.2.26"
SHA_224: Final = "2.16.840.1.101.3.4.2.4"
SHA_256: Final = "2.16.840.1.101.3.4.2.1"
SHA_384: Final = "2.16.840.1.101.3.4.2.2"
SHA_512: Final = "2.16.840.1.101.3.4.2.3"
MD5: Final = "1.2.840.113549.2.5"

DIGEST_BYTES: Final = MappingProxyType(
    {STREEBOG_256: 32, STREEBOG_512: 64, GOST_94: 32, SHA_1: 20, SHA_224: 28, SHA_256: 32, SHA_384: 48, SHA_512: 64, MD5: 16}
)
STRONG_DIGESTS: Final = frozenset({STREEBOG_256, STREEBOG_512, SHA_256, SHA_384, SHA_512})

# --- keys and signatures ------------------------------------------------------------------------
GOST_2012_256: Final = "1.2.643.7.1.1.1.1"
GOST_2012_512: Final = "1.2.643.7.1.1.1.2"
GOST_2012_256_WITH_DIGEST: Final = "1.2.643.7.1.1.3.2"
GOST_2012_512_WITH_DIGEST: Final = "1.2.643.7.1.1.3.3"
GOST_2001: Final = "1.2.643.2.2.19"
GOST_2001_WITH_DIGEST: Final = "1.2.643.2.2.3"
RSA: Final = "1.2.840.113549.1.1.1"
RSA_PSS: Final = "1.2.840.113549.1.1.10"
EC_KEY: Final = "1.2.840.10045.2.1"
ED25519: Final = "1.3.101.112"

# The digest that a signature algorithm fixes. An algorithm that is not here leaves the choice to the digest field.
SIGNATURE_DIGEST: Final = MappingProxyType(
    {
        GOST_2012_256: STREEBOG_256,
        GOST_2012_256_WITH_DIGEST: STREEBOG_256,
        GOST_2012_512: STREEBOG_512,
        GOST_2012_512_WITH_DIGEST: STREEBOG_512,
        GOST_2001: GOST_94,
        GOST_2001_WITH_DIGEST: GOST_94,
        "1.2.840.113549.1.1.4": MD5,
        "1.2.840.113549.1.1.5": SHA_1,
        "1.2.840.113549.1.1.14": SHA_224,
        "1.2.840.113549.1.1.11": SHA_256,
        "1.2.840.113549.1.1.12": SHA_384,
        "1.2.840.113549.1.1.13": SHA_512,
        "1.2.840.10045.4.1": SHA_1,
        "1.2.840.10045.4.3.1": SHA_224,
        "1.2.840.10045.4.3.2": SHA_256,
        "1.2.840.10045.4.3.3": SHA_384,
        "1.2.840.10045.4.3.4": SHA_512,
        ED25519: SHA_512,
    }
)

# Length of a GOST signature value in bytes: s and r.
GOST_SIGNATURE_BYTES: Final = MappingProxyType(
    {GOST_2012_256: 64, GOST_2012_256_WITH_DIGEST: 64, GOST_2012_512: 128, GOST_2012_512_WITH_DIGEST: 128, GOST_2001: 64, GOST_2001_WITH_DIGEST: 64}
)

# --- names (X.520, RFC 4519, приказ ФСБ 795) ----------------------------------------------------
COMMON_NAME: Final = "2.5.4.3"
SURNAME: Final = "2.5.4.4"
COUNTRY: Final = "2.5.4.6"
LOCALITY: Final = "2.5.4.7"
STATE: Final = "2.5.4.8"
STREET: Final = "2.5.4.9"
ORGANIZATION: Final = "2.5.4.10"
ORGANIZATIONAL_UNIT: Final = "2.5.4.11"
TITLE: Final = "2.5.4.12"
GIVEN_NAME: Final = "2.5.4.42"
EMAIL: Final = "1.2.840.113549.1.9.1"
OGRN: Final = "1.2.643.100.1"
SNILS: Final = "1.2.643.100.3"
INN_LE: Final = "1.2.643.100.4"
OGRNIP: Final = "1.2.643.100.5"
INN: Final = "1.2.643.3.131.1.1"

# Short names for the text form of a distinguished name.
NAME_LABELS: Final = MappingProxyType(
    {
        COMMON_NAME: "CN",
        SURNAME: "SN",
        GIVEN_NAME: "G",
        COUNTRY: "C",
        LOCALITY: "L",
        STATE: "S",
        STREET: "STREET",
        ORGANIZATION: "O",
        ORGANIZATIONAL_UNIT: "OU",
        TITLE: "T",
        EMAIL: "E",
        OGRN: "ОГРН",
        SNILS: "СНИЛС",
        INN_LE: "ИНН ЮЛ",
        OGRNIP: "ОГРНИП",
        INN: "ИНН",
        "2.5.4.5": "SERIALNUMBER",
        "2.5.4.17": "POSTALCODE",
        "0.9.2342.19200300.100.1.25": "DC",
    }
)

# --- extensions (RFC 5280 4.2, 5.2; RFC 6960; signatures.md 6.2) -----------------------------------
SUBJECT_KEY_ID: Final = "2.5.29.14"
KEY_USAGE: Final = "2.5.29.15"
KEY_PERIOD: Final = "2.5.29.16"
SUBJECT_ALTERNATIVE_NAME: Final = "2.5.29.17"
ISSUER_ALTERNATIVE_NAME: Final = "2.5.29.18"
BASIC_CONSTRAINTS: Final = "2.5.29.19"
CRL_NUMBER: Final = "2.5.29.20"
CRL_REASON: Final = "2.5.29.21"
INVALIDITY_DATE: Final = "2.5.29.24"
DELTA_CRL: Final = "2.5.29.27"
ISSUING_DISTRIBUTION_POINT: Final = "2.5.29.28"
CERTIFICATE_ISSUER: Final = "2.5.29.29"
NAME_CONSTRAINTS: Final = "2.5.29.30"
CRL_DISTRIBUTION_POINTS: Final = "2.5.29.31"
CERTIFICATE_POLICIES: Final = "2.5.29.32"
AUTHORITY_KEY_ID: Final = "2.5.29.35"
POLICY_CONSTRAINTS: Final = "2.5.29.36"
EXTENDED_KEY_USAGE: Final = "2.5.29.37"
INHIBIT_ANY_POLICY: Final = "2.5.29.54"
AUTHORITY_INFO_ACCESS: Final = "1.3.6.1.5.5.7.1.1"
ACCESS_OCSP: Final = "1.3.6.1.5.5.7.48.1"
ACCESS_CA_ISSUERS: Final = "1.3.6.1.5.5.7.48.2"
OCSP_BASIC: Final = "1.3.6.1.5.5.7.48.1.1"
OCSP_NONCE: Final = "1.3.6.1.5.5.7.48.1.2"
OCSP_NOCHECK: Final = "1.3.6.1.5.5.7.48.1.5"
SUBJECT_SIGN_TOOL: Final = "1.2.643.100.111"
ISSUER_SIGN_TOOL: Final = "1.2.643.100.112"
IDENTIFICATION_KIND: Final = "1.2.643.100.114"
EXTENSION_REQUEST: Final = "1.2.840.113549.1.9.14"

# --- purposes of keys (RFC 5280 4.2.1.12) -----------------------------------------------------------
EKU_CLIENT_AUTH: Final = "1.3.6.1.5.5.7.3.2"
EKU_EMAIL_PROTECTION: Final = "1.3.6.1.5.5.7.3.4"
EKU_TIME_STAMPING: Final = "1.3.6.1.5.5.7.3.8"
EKU_OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"
EKU_ANY: Final = "2.5.29.37.0"

# Classes of signing tools in certificatePolicies: the signer's (113) and the authority's (114).
TOOL_CLASSES: Final = MappingProxyType(
    {f"1.2.643.100.{arc}.{number}": name for arc in (113, 114) for number, name in enumerate(("КС1", "КС2", "КС3", "КВ1", "КВ2", "КА1"), start=1)}
)
