"""Byte orders of keys, digests and signatures, and the checks that need no curve operation.

Source: RFC 9215 (sections 2 and 4), RFC 7091 (sections 5.3 and 6); proved by the example certificates of RFC 9215.
"""

from types import MappingProxyType
from typing import Final

from signatures.core.gost.curves import Curve
from signatures.core.gost.ec import Point
from signatures.core.gost.errors import DigestLengthWrong, PublicKeyInvalid, SignatureLengthWrong, SignatureOutOfRange

# tag and length of the OCTET STRING around X ‖ Y, by bits of the curve
OCTET_STRING: Final = MappingProxyType({256: b"\x04\x40", 512: b"\x04\x81\x80"})


def point_of(curve: Curve, spki_bytes: bytes) -> Point:
    """Read a public key.

    Args:
        curve: its parameter set.
        spki_bytes: X ‖ Y, each little-endian; or the DER of an OCTET STRING with them, as the BIT STRING of a
            SubjectPublicKeyInfo holds it. The two differ in length, so one is never taken for the other.

    Raises:
        PublicKeyInvalid: wrong length or header, a coordinate from p up, or not on the curve. Infinity has no encoding.
    """
    header = OCTET_STRING[curve.bits]
    raw = spki_bytes.removeprefix(header) if len(spki_bytes) == len(header) + 2 * curve.size else spki_bytes
    if len(raw) != 2 * curve.size:
        raise PublicKeyInvalid(f"a public key of {len(spki_bytes)} bytes on a curve of {curve.bits} bits")
    x = int.from_bytes(raw[: curve.size], "little")
    y = int.from_bytes(raw[curve.size :], "little")
    if not curve.has(x, y):
        raise PublicKeyInvalid("the public key is not a point of its curve")
    return x, y


def point_bytes(curve: Curve, point: Point) -> bytes:
    """Return X ‖ Y, each little-endian."""
    return b"".join(coordinate.to_bytes(curve.size, "little") for coordinate in point)


def numbers_of(curve: Curve, signature: bytes) -> tuple[int, int]:
    """Read (r, s) from s ‖ r, each big-endian.

    Raises:
        SignatureLengthWrong: not two numbers of the length of the curve.
        SignatureOutOfRange: r or s is zero, or q and more.
    """
    if len(signature) != 2 * curve.size:
        raise SignatureLengthWrong(f"a signature of {len(signature)} bytes on a curve of {curve.bits} bits")
    s = int.from_bytes(signature[: curve.size])
    r = int.from_bytes(signature[curve.size :])
    if not (0 < r < curve.q and 0 < s < curve.q):
        raise SignatureOutOfRange("r or s is not between 0 and q")
    return r, s


def signature_bytes(curve: Curve, r: int, s: int) -> bytes:
    """Return s ‖ r, each big-endian."""
    return s.to_bytes(curve.size) + r.to_bytes(curve.size)


def number_of_digest(curve: Curve, digest: bytes) -> int:
    """Return e: the digest, in its natural byte order, read little-endian modulo q; 1 in place of 0.

    Raises:
        DigestLengthWrong: Streebog-256 goes with 256 bits, Streebog-512 with 512.
    """
    if len(digest) != curve.size:
        raise DigestLengthWrong(f"a digest of {len(digest)} bytes on a curve of {curve.bits} bits")
    return int.from_bytes(digest, "little") % curve.q or 1
