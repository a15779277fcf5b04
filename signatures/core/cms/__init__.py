"""Containers of signatures: the strict front parser and its values."""

from signatures.core.cms.attributes import looks_like_attributes
from signatures.core.cms.dialects import BER_OUTER, CLIENT_SECRET, STRICT_DER, TIME_STAMP, Dialect
from signatures.core.cms.parse import parse_signed_data, parse_time_stamp_token, refuse_forged_content, refuse_other_content
from signatures.core.cms.signers import signature_digest
from signatures.core.cms.values import (
    AlgorithmIdentifier,
    Attribute,
    Concern,
    Encoding,
    EssCertId,
    SignedData,
    SignerId,
    SignerInfo,
    SigningCertificate,
)

__all__ = [
    "BER_OUTER",
    "CLIENT_SECRET",
    "STRICT_DER",
    "TIME_STAMP",
    "AlgorithmIdentifier",
    "Attribute",
    "Concern",
    "Dialect",
    "Encoding",
    "EssCertId",
    "SignedData",
    "SignerId",
    "SignerInfo",
    "SigningCertificate",
    "looks_like_attributes",
    "parse_signed_data",
    "parse_time_stamp_token",
    "refuse_forged_content",
    "refuse_other_content",
    "signature_digest",
]
