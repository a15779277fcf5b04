"""CRLs and OCSP responses: reading only, the judgement belongs to `revocation`."""

from signatures.core.revocation_data.crl import find_revoked, parse_revocation_list
from signatures.core.revocation_data.ocsp import parse_basic_response, parse_ocsp_response
from signatures.core.revocation_data.values import (
    BasicOcspResponse,
    CertificateId,
    CertificateStatus,
    IssuingDistributionPoint,
    OcspAnswer,
    OcspResponse,
    OcspStatus,
    RevocationList,
    RevocationReason,
    RevokedEntry,
)

__all__ = [
    "BasicOcspResponse",
    "CertificateId",
    "CertificateStatus",
    "IssuingDistributionPoint",
    "OcspAnswer",
    "OcspResponse",
    "OcspStatus",
    "RevocationList",
    "RevocationReason",
    "RevokedEntry",
    "find_revoked",
    "parse_basic_response",
    "parse_ocsp_response",
    "parse_revocation_list",
]
