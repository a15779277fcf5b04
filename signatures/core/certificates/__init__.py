"""X.509 certificates and PKCS#10 requests, read by the strict reader."""

from signatures.core.certificates.names import comparable, person, shown
from signatures.core.certificates.parse import parse_certificate, parse_request
from signatures.core.certificates.values import (
    AuthorityKeyId,
    BasicConstraints,
    Certificate,
    CertificationRequest,
    Extension,
    Extensions,
    GeneralName,
    GeneralNameKind,
    IssuerSignTool,
    KeyKind,
    KeyPeriod,
    KeyUsage,
    Name,
    NameAttribute,
    NameConstraints,
    PolicyConstraints,
    PublicKeyInfo,
)

__all__ = [
    "AuthorityKeyId",
    "BasicConstraints",
    "Certificate",
    "CertificationRequest",
    "Extension",
    "Extensions",
    "GeneralName",
    "GeneralNameKind",
    "IssuerSignTool",
    "KeyKind",
    "KeyPeriod",
    "KeyUsage",
    "Name",
    "NameAttribute",
    "NameConstraints",
    "PolicyConstraints",
    "PublicKeyInfo",
    "comparable",
    "parse_certificate",
    "parse_request",
    "person",
    "shown",
]
