"""GOST R 34.10-2012 over two interchangeable parts: arithmetic of points and a hash function.

Source: RFC 7091, section 6.
"""

import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from signatures.core.gost import encoding
from signatures.core.gost.curves import Curve, curve_of
from signatures.core.gost.ec import Point
from signatures.core.gost.errors import PrivateKeyInvalid, PublicKeyInvalid
from signatures.core.gost.interfaces import Arithmetic, Hasher, Hashes, KeyPair
from signatures.core.gost.nonce import nonces

# points of cofactor-4 curves whose order is known to be right
KEPT_KEYS: Final = 1024


class Gost:
    """The signature scheme; implements `GostBackend`."""

    def __init__(self, arithmetic: Arithmetic, hashes: Hashes) -> None:
        """Put a back-end together of its two parts."""
        self.arithmetic = arithmetic
        self.hashes = hashes
        self._check_order = _order_check(arithmetic)

    def verify(self, curve_oid: str, spki_bytes: bytes, digest: bytes, signature: bytes) -> bool:
        """Check a signature over a digest.

        Args:
            curve_oid: OID of the parameter set of the key.
            spki_bytes: X ‖ Y little-endian, bare or in their OCTET STRING.
            digest: Streebog digest in natural byte order, as long as the curve asks.
            signature: s ‖ r, each big-endian.

        Returns:
            Whether the mathematics holds. Test sets are accepted: judging them is the business of a policy.

        Raises:
            UnknownCurve: no such parameter set.
            PublicKeyInvalid: not a point of the subgroup.
            DigestLengthWrong: see above.
            SignatureLengthWrong: see above.
            SignatureOutOfRange: r or s is not between 0 and q.
            BackendFailed: the library failed on good arguments.
        """
        curve = curve_of(curve_oid)
        r, s = encoding.numbers_of(curve, signature)
        e = encoding.number_of_digest(curve, digest)
        point = self._public_point(curve, spki_bytes)
        v = pow(e, -1, curve.q)
        c = self.arithmetic.combine(curve, s * v % curve.q, (curve.q - r) * v % curve.q, point)
        return c is not None and c[0] % curve.q == r

    def sign(self, curve_oid: str, private: int, digest: bytes, *, k: int | None = None) -> bytes:
        """Sign a digest.

        Args:
            curve_oid: OID of the parameter set of the key.
            private: d, between 0 and q.
            digest: Streebog digest in natural byte order, as long as the curve asks.
            k: the number that must never repeat; only known-answer tests give it. Without it k comes from d and the
                digest, so that no signature depends on the quality of a random source.

        Returns:
            s ‖ r, each big-endian.

        Raises:
            UnknownCurve: no such parameter set.
            PrivateKeyInvalid: d or k is out of range, or this k gives no signature.
            DigestLengthWrong: see above.
            BackendFailed: the library failed on good arguments.
        """
        curve = curve_of(curve_oid)
        e = encoding.number_of_digest(curve, digest)
        _require_scalar(curve, private)
        if k is not None:
            _require_scalar(curve, k)
        for candidate in nonces(curve, private, e, self.hasher) if k is None else (k,):
            c = self.arithmetic.multiply_base(curve, candidate)
            r = c[0] % curve.q if c else 0
            s = (r * private + candidate * e) % curve.q
            if r and s:
                return encoding.signature_bytes(curve, r, s)
        raise PrivateKeyInvalid("this k gives no signature, take another")

    def keygen(self, curve_oid: str) -> KeyPair:
        """Make a key from the random source of the system.

        Raises:
            UnknownCurve: no such parameter set.
            BackendFailed: the library failed on good arguments.
        """
        curve = curve_of(curve_oid)
        private = 1 + secrets.randbelow(curve.q - 1)
        return KeyPair(curve_oid, private, self.public_of(curve_oid, private))

    def public_of(self, curve_oid: str, private: int) -> bytes:
        """Return the public key of a private one: X ‖ Y, each little-endian.

        Raises:
            UnknownCurve: no such parameter set.
            PrivateKeyInvalid: d is not between 0 and q.
            BackendFailed: the library failed on good arguments.
        """
        curve = curve_of(curve_oid)
        _require_scalar(curve, private)
        point = self.arithmetic.multiply_base(curve, private)
        if point is None:
            raise PrivateKeyInvalid("the public key would be infinity")
        return encoding.point_bytes(curve, point)

    def hasher(self, bits: int) -> Hasher:
        """Start a Streebog digest of 256 or 512 bits.

        Raises:
            UnknownDigest: another number of bits.
            BackendFailed: the library failed on good arguments.
        """
        return self.hashes.new(bits)

    def _public_point(self, curve: Curve, spki_bytes: bytes) -> Point:
        point = encoding.point_of(curve, spki_bytes)
        # with a prime number of points every one of them has order q
        if curve.cofactor != 1:
            self._check_order(curve.oid, point)
        return point


def _order_check(arithmetic: Arithmetic) -> Callable[[str, Point], None]:
    """Return a check of points that remembers those which passed."""

    @lru_cache(maxsize=KEPT_KEYS)
    def check(curve_oid: str, point: Point) -> None:
        curve = curve_of(curve_oid)
        # for a key of order 1, 2 or 4 anybody could make signatures
        if arithmetic.combine(curve, 0, curve.q, point) is not None:
            raise PublicKeyInvalid("the public key has a wrong order")

    return check


def _require_scalar(curve: Curve, scalar: int) -> None:
    if not 0 < scalar < curve.q:
        raise PrivateKeyInvalid("the number is not between 0 and q")
