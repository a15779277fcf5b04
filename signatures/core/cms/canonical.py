"""Brings the outer shell of a container to DER; every part that a signature covers is copied byte by byte.

Indefinite lengths are followed in ContentInfo, SignedData, encapContentInfo and in the sets outside of signed
parts, a content in pieces is joined, sets are sorted (signatures.md 3.3). A container that is DER already comes
out as it went in, so this is the one path for every input.
"""

from collections.abc import Callable
from typing import Final

from signatures.core.asn1 import oids, tags, writer
from signatures.core.asn1.ber import BerStream
from signatures.core.asn1.reader import oid_value
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_CONTAINER_BYTES: Final = 32 * 1024 * 1024
MAX_CERTIFICATES: Final = 64
MAX_ATTRIBUTES: Final = 64
MAX_SIGNERS: Final = 64
MAX_LISTS: Final = 64
MAX_ALGORITHMS: Final = 64

_CONTEXT_0: Final = tags.context(0)
_CONTEXT_1: Final = tags.context(1)


def canonical(data: bytes) -> bytes:
    """Return the container in DER.

    Args:
        data: the whole file, DER or BER.

    Raises:
        SignatureFormatError: FC_NOT_A_SIGNATURE, FC_OTHER_CMS, FC_TRAILING_BYTES, FC_ENCODING, FC_LIMITS.
    """
    if len(data) > MAX_CONTAINER_BYTES:
        raise limit("limit.container", f"a container of {len(data)} bytes")
    if data[:1] != bytes([tags.SEQUENCE]):
        raise SignatureFormatError("FC_NOT_A_SIGNATURE", "the data do not begin with a SEQUENCE")
    stream = BerStream(data)
    der = _content_info(stream)
    if stream.pos != len(data):
        raise SignatureFormatError("FC_TRAILING_BYTES", f"{len(data) - stream.pos} bytes after the container")
    return der


def _content_info(stream: BerStream) -> bytes:
    stream.enter(tags.SEQUENCE)
    kind = _kind(stream)
    stream.enter(_CONTEXT_0)
    signed = _signed_data(stream)
    stream.leave()
    stream.leave()
    return writer.sequence(kind, writer.context(0, signed))


def _kind(stream: BerStream) -> bytes:
    """Take the type of the container; refuse everything that is not SignedData."""
    if not stream.next_is(tags.OID):
        raise SignatureFormatError("FC_NOT_A_SIGNATURE", "a SEQUENCE that does not begin with a content type")
    der = stream.der(tags.OID)
    oid = oid_value(der[2:])
    if oid in oids.OTHER_CONTAINERS:
        raise SignatureFormatError("FC_OTHER_CMS", f"content type {oid}", container=oids.OTHER_CONTAINERS[oid])
    if oid != oids.SIGNED_DATA:
        raise SignatureFormatError("FC_NOT_A_SIGNATURE", f"content type {oid}")
    return der


def _signed_data(stream: BerStream) -> bytes:
    stream.enter(tags.SEQUENCE)
    parts = [stream.der(tags.INTEGER)]
    parts.append(writer.set_of(*_set(stream, tags.SET, MAX_ALGORITHMS, "limit.algorithms")))
    parts.append(_content(stream))
    if stream.next_is(_CONTEXT_0):
        parts.append(writer.context_set(0, *_set(stream, _CONTEXT_0, MAX_CERTIFICATES, "limit.certificates")))
    if stream.next_is(_CONTEXT_1):
        parts.append(writer.context_set(1, *_set(stream, _CONTEXT_1, MAX_LISTS, "limit.lists")))
    parts.append(writer.set_of(*_set(stream, tags.SET, MAX_SIGNERS, "limit.signers", _signer)))
    stream.leave()
    return writer.sequence(*parts)


def _content(stream: BerStream) -> bytes:
    """Take encapContentInfo; join a content that came in pieces."""
    stream.enter(tags.SEQUENCE)
    parts = [stream.der(tags.OID)]
    if not stream.at_end:
        stream.enter(_CONTEXT_0)
        parts.append(writer.context(0, writer.octets(stream.octets())))
        stream.leave()
    stream.leave()
    return writer.sequence(*parts)


def _set(stream: BerStream, tag: int, maximum: int, name: str, take: Callable[[BerStream], bytes] = BerStream.der) -> list[bytes]:
    """Take the members of a set outside of signed parts.

    Args:
        stream: stands before the set.
        tag: its identifier.
        maximum: how many members are allowed.
        name: key of the limit in the catalogue.
        take: reads one member and returns its DER.
    """
    stream.enter(tag)
    members: list[bytes] = []
    while not stream.at_end:
        if len(members) >= maximum:
            raise limit(name, f"more than {maximum} members of a set")
        members.append(take(stream))
    stream.leave()
    return members


def _signer(stream: BerStream) -> bytes:
    """Take one SignerInfo: definite by itself, BER is followed in the set of unsigned attributes only."""
    if stream.next_is_indefinite():
        raise encoding(f"a SignerInfo of indefinite length at {stream.pos}")
    stream.enter(tags.SEQUENCE)
    parts: list[bytes] = []
    while not stream.at_end and not stream.next_is(_CONTEXT_1):
        if len(parts) > MAX_ATTRIBUTES:
            raise limit("limit.attributes", "too many fields of a SignerInfo")
        parts.append(stream.der())
    if stream.next_is(_CONTEXT_1):
        parts.append(writer.context_set(1, *_set(stream, _CONTEXT_1, MAX_ATTRIBUTES, "limit.attributes", _unsigned_attribute)))
    stream.leave()
    return writer.sequence(*parts)


def _unsigned_attribute(stream: BerStream) -> bytes:
    stream.enter(tags.SEQUENCE)
    kind = stream.der(tags.OID)
    values = _set(stream, tags.SET, MAX_ATTRIBUTES, "limit.attributes", _unsigned_value)
    stream.leave()
    return writer.sequence(kind, writer.set_of(*values))


def _unsigned_value(stream: BerStream) -> bytes:
    """Take a value as it stands; a time-stamp token of indefinite length is brought to DER like any container."""
    if not stream.next_is_indefinite():
        return stream.der()
    try:
        return _content_info(stream)
    except SignatureFormatError as error:
        if error.reason_id == "FC_LIMITS":
            raise
        # The file is a signature; what is wrong is one attribute of it.
        raise encoding(f"a value of an unsigned attribute: {error.detail}") from error
