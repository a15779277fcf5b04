"""CAdES on top of CMS: which level a signature has, and the evidence that its attributes carry.

Detection only: whether the evidence is good is judged by `timestamp`, `revocation` and `path`.
Source: ETSI EN 319 122-1, RFC 5126 (C, X Long and A forms), signatures.md 7.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.cms.values import SignedData, SignerInfo
from signatures.core.errors import encoding, limit

MAX_REFERENCES: Final = 256
MAX_VALUES: Final = 64

_0: Final = tags.context(0)
_1: Final = tags.context(1)
_2: Final = tags.context(2)
_ARCHIVE: Final = (oids.ARCHIVE_TIME_STAMP, oids.ARCHIVE_TIME_STAMP_V2, oids.ARCHIVE_TIME_STAMP_V3, oids.LONG_TERM_VALIDATION)


class Level(StrEnum):
    """How much evidence a signature carries; NONE is plain CMS, which is never КЭП."""

    NONE = ""
    BES = "BES"
    T = "T"
    C = "C"
    XL = "XL"
    XLT1 = "XLT1"
    LT = "LT"
    A = "A"


@dataclass(frozen=True, slots=True)
class Reference:
    """A certificate, CRL or OCSP response named by its hash in complete references."""

    hash_algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the attributes of a signature carry beside the signature itself.

    Attributes:
        content_time_stamps: tokens over the document, made before signing.
        signature_time_stamps: tokens over the signature value.
        esc_time_stamps: tokens over the signature with its complete references.
        archive_time_stamps: tokens of the archive form, any version, for display.
        certificate_refs: complete certificate references.
        revocation_refs: complete revocation references: CRLs and OCSP responses.
        certificates: DER of the certificate values.
        crls: DER of the CRLs of the revocation values.
        basic_ocsp_responses: DER of the BasicOCSPResponse values.
    """

    content_time_stamps: tuple[bytes, ...]
    signature_time_stamps: tuple[bytes, ...]
    esc_time_stamps: tuple[bytes, ...]
    archive_time_stamps: tuple[bytes, ...]
    certificate_refs: tuple[Reference, ...]
    revocation_refs: tuple[Reference, ...]
    certificates: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    basic_ocsp_responses: tuple[bytes, ...]


def level_of(signed: SignedData, signer: SignerInfo) -> Level:
    """Return the highest level whose parts are all present.

    Args:
        signed: the container; baseline LT keeps revocation data in it.
        signer: one signature of the container.
    """
    if signer.signing_certificate is None:
        return Level.NONE
    if any(signer.unsigned(oid) for oid in _ARCHIVE):
        return Level.A
    if not signer.unsigned(oids.SIGNATURE_TIME_STAMP):
        return Level.BES
    if signer.unsigned(oids.CERTIFICATE_REFS) and signer.unsigned(oids.REVOCATION_REFS):
        return _referenced_level(signer)
    return Level.LT if _has_values(signer) or signed.crls or signed.ocsp_responses else Level.T


def _referenced_level(signer: SignerInfo) -> Level:
    if not _has_values(signer):
        return Level.C
    return Level.XLT1 if signer.unsigned(oids.ESC_TIME_STAMP) else Level.XL


def _has_values(signer: SignerInfo) -> bool:
    return bool(signer.unsigned(oids.CERTIFICATE_VALUES) and signer.unsigned(oids.REVOCATION_VALUES))


def evidence_of(signer: SignerInfo) -> Evidence:
    """Take the evidence out of the attributes.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_LIMITS.
    """
    crls, responses = _revocation_values(signer.unsigned(oids.REVOCATION_VALUES))
    return Evidence(
        content_time_stamps=signer.signed(oids.CONTENT_TIME_STAMP),
        signature_time_stamps=signer.unsigned(oids.SIGNATURE_TIME_STAMP),
        esc_time_stamps=signer.unsigned(oids.ESC_TIME_STAMP),
        archive_time_stamps=tuple(token for oid in _ARCHIVE[:3] for token in signer.unsigned(oid)),
        certificate_refs=tuple(one for value in signer.unsigned(oids.CERTIFICATE_REFS) for one in _certificate_refs(value)),
        revocation_refs=tuple(one for value in signer.unsigned(oids.REVOCATION_REFS) for one in _revocation_refs(value)),
        certificates=tuple(one for value in signer.unsigned(oids.CERTIFICATE_VALUES) for one in _members(whole(value))),
        crls=crls,
        basic_ocsp_responses=responses,
    )


def esc_time_stamp_input(signer: SignerInfo) -> bytes:
    """Return the bytes that an escTimeStamp covers (RFC 5126 6.3.5).

    They are the signature value and then the signature time-stamps and complete references, each attribute
    without the header of its SEQUENCE.
    """
    covered = (oids.SIGNATURE_TIME_STAMP, oids.CERTIFICATE_REFS, oids.REVOCATION_REFS)
    attributes = (one for oid in covered for one in signer.unsigned_attributes if one.oid == oid)
    return signer.signature + b"".join(Reader(one.der).content(tags.SEQUENCE) for one in attributes)


def _members(reader: Reader) -> Iterator[bytes]:
    """Yield the members of a SEQUENCE OF certificates or revocation data."""
    for _ in range(MAX_VALUES):
        if reader.at_end:
            return
        if not reader.next_is(tags.SEQUENCE):
            raise encoding("a value that is not a SEQUENCE among the evidence")
        yield reader.raw()
    if not reader.at_end:
        raise limit("limit.certificates", "too much evidence in an attribute")


def _revocation_values(values: tuple[bytes, ...]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Read RevocationValues: CRLs and BasicOCSPResponses."""
    crls: list[bytes] = []
    responses: list[bytes] = []
    for value in values:
        reader = whole(value)
        for tag, found in ((_0, crls), (_1, responses)):
            outer = reader.optional(tag)
            if outer:
                found.extend(_members(outer.enter()))
                outer.finish()
        _skip_other(reader)
    return tuple(crls), tuple(responses)


def _certificate_refs(value: bytes) -> Iterator[Reference]:
    """Yield CompleteCertificateRefs: hashes of the certificates of the path."""
    strict.check(value)
    for inner in _sequences(whole(value)):
        yield _other_hash(inner)


def _revocation_refs(value: bytes) -> Iterator[Reference]:
    """Yield CompleteRevocationRefs: hashes of CRLs and of OCSP responses that have one."""
    strict.check(value)
    for inner in _sequences(whole(value)):
        crls, responses = inner.optional(_0), inner.optional(_1)
        for one in _sequences(crls.enter()) if crls else ():
            yield _other_hash(one)
        for one in _sequences(responses.enter()) if responses else ():
            one.enter()
            if not one.at_end:
                yield _other_hash(one)
        _skip_other(inner)


def _skip_other(reader: Reader) -> None:
    """Step over the third, free form of revocation data, which has no reader and proves nothing."""
    if reader.next_is(_2):
        reader.raw()
    reader.finish()


def _sequences(reader: Reader) -> Iterator[Reader]:
    for _ in range(MAX_REFERENCES):
        if reader.at_end:
            return
        yield reader.enter()
    if not reader.at_end:
        raise limit("limit.certificates", "too many references in an attribute")


def _other_hash(reader: Reader) -> Reference:
    """Take OtherHash: a bare SHA-1, or an algorithm with a value."""
    if reader.next_is(tags.OCTET_STRING):
        return Reference(oids.SHA_1, reader.octets())
    inner = reader.enter()
    algorithm = inner.enter().oid()
    digest = inner.octets()
    inner.finish()
    return Reference(algorithm, digest)
