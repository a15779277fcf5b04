"""The signed document: hashed once with every digest that its signatures need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.cms.values import SignedData
from signatures.core.gost.interfaces import GostBackend
from signatures.core.intake import hash_stream
from signatures.core.reasons import reason
from signatures.core.verdict import Reason

# A verdict is evidence: it names its document by both (signatures.md 8.2).
EVIDENCE: Final = MappingProxyType({oids.SHA_256: "sha256", oids.STREEBOG_256: "streebog256"})


@dataclass(frozen=True, slots=True)
class Digests:
    """A document known by its digests only: values by the OID of the digest."""

    values: Mapping[str, bytes]


type Document = bytes | Iterable[bytes] | Digests | None


@dataclass(frozen=True, slots=True)
class Content:
    """What the signatures are about.

    Attributes:
        digests: by OID; empty when the document is not at hand.
        is_present: whether there is a document, inside of the container or beside it.
        reasons: what is wrong with it as such.
    """

    digests: Mapping[str, bytes]
    is_present: bool
    reasons: tuple[Reason, ...] = ()


def read_content(document: Document, signed: SignedData, needed: frozenset[str], backend: GostBackend) -> Content:
    """Hash the document beside the container or inside of it.

    Args:
        document: beside the container: bytes, an iterable of pieces, digests, or None.
        signed: the container.
        needed: OIDs of the digests that the signatures ask for; those that cannot be computed are left out.
        backend: computes Streebog.
    """
    wanted = [oid for oid in sorted(needed | EVIDENCE.keys()) if algorithms.is_available(oid)]
    beside = _hashed(document, wanted, backend)
    if signed.content is None:
        return beside or Content({}, is_present=False)
    inside = _hashed(signed.content, wanted, backend) or Content({}, is_present=False)
    if beside is None:
        return inside
    common = beside.digests.keys() & inside.digests.keys()
    is_same = bool(common) and all(beside.digests[oid] == inside.digests[oid] for oid in common)
    return inside if is_same else Content(inside.digests, is_present=True, reasons=(reason("FC_TWO_CONTENTS"), *inside.reasons))


def _hashed(document: Document, wanted: list[str], backend: GostBackend) -> Content | None:
    if document is None:
        return None
    if isinstance(document, Digests):
        return Content(document.values, is_present=True)
    chunks = (document,) if isinstance(document, bytes) else document
    hashed = hash_stream(chunks, {oid: algorithms.hasher(oid, backend) for oid in wanted})
    reasons = (reason("FC_FORGED_ATTRIBUTES", detail="the document is a SET OF Attribute"),) if hashed.is_forged else ()
    return Content(hashed.digests, is_present=True, reasons=reasons)
