"""Documents are hashed as a stream, with every digest that their signatures need in one pass."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Final, Protocol

from signatures.core.asn1 import tags
from signatures.core.cms import looks_like_attributes
from signatures.core.cms.canonical import MAX_CONTAINER_BYTES
from signatures.core.errors import limit

CHUNK_BYTES: Final = 1024 * 1024


class Hasher(Protocol):
    """What a digest looks like here: hashlib and the GOST back-ends have this form."""

    def update(self, data: bytes, /) -> None:
        """Take the next piece."""

    def digest(self) -> bytes:
        """Return the value over everything taken."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A document that went through the hashers.

    Attributes:
        size_bytes: length of the document.
        digests: values by the names that the hashers were given under.
        is_forged: the document is a SET OF Attribute; the verifier answers FC_FORGED_ATTRIBUTES.
    """

    size_bytes: int
    digests: Mapping[str, bytes]
    is_forged: bool


def hash_stream(chunks: Iterable[bytes], hashers: Mapping[str, Hasher], *, max_bytes: int | None = None) -> Hashed:
    """Hash a document once with several digests.

    Args:
        chunks: the document in pieces of any size.
        hashers: fresh digests by name, for example by OID.
        max_bytes: a longer document is refused; None for no limit.

    Raises:
        SignatureFormatError: FC_LIMITS.
    """
    size = 0
    probe = _ForgeryProbe()
    for chunk in chunks:
        size += len(chunk)
        if max_bytes is not None and size > max_bytes:
            raise limit("limit.document", f"a document of more than {max_bytes} bytes")
        probe.update(chunk)
        for hasher in hashers.values():
            hasher.update(chunk)
    return Hashed(size, MappingProxyType({name: hasher.digest() for name, hasher in hashers.items()}), probe.is_forged())


def file_chunks(file: BinaryIO, size_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """Yield a file from its current position to its end."""
    while chunk := file.read(size_bytes):
        yield chunk


class _ForgeryProbe:
    """Keeps a document only while it may still be a set of attributes: it begins as one and is not too long."""

    def __init__(self) -> None:
        self._kept: bytearray | None = bytearray()

    def update(self, chunk: bytes) -> None:
        if self._kept is None:
            return
        self._kept += chunk
        if (self._kept and self._kept[0] != tags.SET) or len(self._kept) > MAX_CONTAINER_BYTES:
            self._kept = None

    def is_forged(self) -> bool:
        return self._kept is not None and looks_like_attributes(bytes(self._kept))
