"""Validation of signatures by the steps of ETSI EN 319 102-1."""

from signatures.core.revocation import NO_EVIDENCE, Bundle, Evidence, OcspFile
from signatures.core.verify.document import Digests, Document
from signatures.core.verify.engine import Rules, refused, verify

__all__ = ["NO_EVIDENCE", "Bundle", "Digests", "Document", "Evidence", "OcspFile", "Rules", "refused", "verify"]
