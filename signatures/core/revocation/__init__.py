"""Judgement of revocation data; reading it is the business of `revocation_data`."""

from signatures.core.revocation.control import Control
from signatures.core.revocation.crl import Pair
from signatures.core.revocation.evidence import NO_EVIDENCE, Bundle, Evidence, OcspFile, Readings, Source, read_bundles
from signatures.core.revocation.judge import revocation_status
from signatures.core.revocation.values import State, Statement, Status

__all__ = [
    "NO_EVIDENCE",
    "Bundle",
    "Control",
    "Evidence",
    "OcspFile",
    "Pair",
    "Readings",
    "Source",
    "State",
    "Statement",
    "Status",
    "read_bundles",
    "revocation_status",
]
