"""What a GOST back-end is, and the two parts it is made of."""

from collections.abc import Buffer
from dataclasses import dataclass, field
from typing import Protocol, Self

from signatures.core.gost.curves import Curve
from signatures.core.gost.ec import Point


class Hasher(Protocol):
    """A running digest, as in `hashlib`."""

    @property
    def name(self) -> str:
        """`streebog256` or `streebog512`."""

    @property
    def digest_size(self) -> int:
        """Length of the digest, bytes."""

    @property
    def block_size(self) -> int:
        """Length of a block, bytes: 64."""

    def update(self, data: Buffer, /) -> None:
        """Take the next part of the message."""

    def digest(self) -> bytes:
        """Return the digest of what came so far, in natural byte order."""

    def hexdigest(self) -> str:
        """Return the same in hexadecimal digits."""

    def copy(self) -> Self:
        """Return a digest that goes on from here on its own."""


class Hashes(Protocol):
    """A maker of digests."""

    @property
    def name(self) -> str:
        """Name for the health page: `gostprov` or `pure`."""

    def new(self, bits: int) -> Hasher:
        """Start a digest of 256 or 512 bits."""


class Arithmetic(Protocol):
    """Arithmetic of points."""

    @property
    def name(self) -> str:
        """Name for the health page: `libcrypto` or `pure`."""

    def combine(self, curve: Curve, base_scalar: int, scalar: int, point: Point) -> Point | None:
        """Return base_scalar·P + scalar·Q, None for infinity; Q is a point of the curve, scalars are below 2q."""

    def multiply_base(self, curve: Curve, scalar: int) -> Point | None:
        """Return scalar·P, None for infinity; the scalar is secret."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key of the stand.

    Attributes:
        curve_oid: its parameter set.
        private: d, between 0 and q.
        public: X ‖ Y, each little-endian.
    """

    curve_oid: str
    private: int = field(repr=False)
    public: bytes


class GostBackend(Protocol):
    """What the rest of the verifier knows of GOST."""

    def verify(self, curve_oid: str, spki_bytes: bytes, digest: bytes, signature: bytes) -> bool:
        """Check a signature; see `Gost.verify`."""

    def sign(self, curve_oid: str, private: int, digest: bytes) -> bytes:
        """Sign a digest; see `Gost.sign`."""

    def keygen(self, curve_oid: str) -> KeyPair:
        """Make a key; see `Gost.keygen`."""

    def hasher(self, bits: int) -> Hasher:
        """Start a digest; see `Gost.hasher`."""
