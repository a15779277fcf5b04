"""Streebog, GOST R 34.11-2012, in Python alone: about a megabyte a second.

Source: RFC 6986. The RFC writes a vector with its most significant byte first; here a block is an integer or its
little-endian bytes, so that bytes of a message go in and bytes of a digest come out in their natural order.
"""

from collections.abc import Buffer
from typing import Final, Self

from signatures.core.gost.errors import UnknownDigest
from signatures.core.gost.streebog_tables import ROUND_CONSTANTS, substitution_tables

BLOCK_BYTES: Final = 64
BLOCK_BITS: Final = 512
INITIAL: Final = {256: int.from_bytes(b"\x01" * BLOCK_BYTES), 512: 0}
_MASK: Final = (1 << BLOCK_BITS) - 1
_T0, _T1, _T2, _T3, _T4, _T5, _T6, _T7 = substitution_tables()
_join = b"".join
_number = int.from_bytes


class Streebog:
    """A running digest with the interface of a `hashlib` object.

    Attributes:
        digest_size: length of the digest, bytes.
        block_size: length of a block, bytes (HMAC asks for it).
        name: `streebog256` or `streebog512`.
    """

    __slots__ = ("_checksum", "_hashed_bits", "_rest", "_state", "digest_size", "name")

    block_size: Final = BLOCK_BYTES

    def __init__(self, bits: int, data: Buffer = b"") -> None:
        """Start a digest.

        Args:
            bits: 256 or 512.
            data: the first part of the message.

        Raises:
            UnknownDigest: another number of bits.
        """
        if bits not in INITIAL:
            raise UnknownDigest(f"Streebog has no {bits} bits")
        self.digest_size = bits // 8
        self.name = f"streebog{bits}"
        self._state = INITIAL[bits]
        self._hashed_bits = 0
        self._checksum = 0
        self._rest = b""
        self.update(data)

    def update(self, data: Buffer) -> None:
        """Take the next part of the message."""
        view = memoryview(self._rest + bytes(data)) if self._rest else memoryview(data).cast("B")
        whole = len(view) - len(view) % BLOCK_BYTES
        for start in range(0, whole, BLOCK_BYTES):
            block = _number(view[start : start + BLOCK_BYTES], "little")
            self._state = compress(self._state, self._hashed_bits, block)
            self._hashed_bits += BLOCK_BITS
            # a true addition: its carries run through all 512 bits
            self._checksum = (self._checksum + block) & _MASK
        self._rest = bytes(view[whole:])

    def digest(self) -> bytes:
        """Return the digest of all that came so far; more may come afterwards."""
        # stage 3: the padded rest, then the length and the checksum
        rest = _number(self._rest + b"\x01", "little")
        state = compress(self._state, self._hashed_bits, rest)
        state = compress(state, 0, self._hashed_bits + 8 * len(self._rest))
        state = compress(state, 0, (self._checksum + rest) & _MASK)
        return state.to_bytes(BLOCK_BYTES, "little")[BLOCK_BYTES - self.digest_size :]

    def hexdigest(self) -> str:
        """Return the digest in hexadecimal digits."""
        return self.digest().hex()

    def copy(self) -> Self:
        """Return a digest that goes on from here on its own."""
        twin = object.__new__(type(self))
        for field in self.__slots__:
            setattr(twin, field, getattr(self, field))
        return twin


def compress(state: int, hashed_bits: int, block: int) -> int:
    """The compression function g_N(h, m) of section 8."""
    key = _lps(state ^ hashed_bits)
    text = block
    for constant in ROUND_CONSTANTS:
        text = _lps(text ^ key)
        key = _lps(key ^ constant)
    return text ^ key ^ state ^ block


def _lps(vector: int) -> int:
    """Substitute, permute and multiply: L(P(S(vector))).

    The permutation is the transposition of an 8 by 8 matrix of bytes: byte i of word k feeds byte k of word i. So the
    bytes of input word k pick their entries of table k for the words 0 ... 7 at once; written out, because a loop costs
    half of the speed.
    """
    (
        a0, a1, a2, a3, a4, a5, a6, a7, b0, b1, b2, b3, b4, b5, b6, b7, c0, c1, c2, c3, c4, c5, c6, c7, d0, d1, d2, d3, d4, d5, d6, d7,
        e0, e1, e2, e3, e4, e5, e6, e7, f0, f1, f2, f3, f4, f5, f6, f7, g0, g1, g2, g3, g4, g5, g6, g7, h0, h1, h2, h3, h4, h5, h6, h7,
    ) = vector.to_bytes(BLOCK_BYTES, "little")  # fmt: skip
    return (
        _number(_join((_T0[a0], _T0[a1], _T0[a2], _T0[a3], _T0[a4], _T0[a5], _T0[a6], _T0[a7])), "little")
        ^ _number(_join((_T1[b0], _T1[b1], _T1[b2], _T1[b3], _T1[b4], _T1[b5], _T1[b6], _T1[b7])), "little")
        ^ _number(_join((_T2[c0], _T2[c1], _T2[c2], _T2[c3], _T2[c4], _T2[c5], _T2[c6], _T2[c7])), "little")
        ^ _number(_join((_T3[d0], _T3[d1], _T3[d2], _T3[d3], _T3[d4], _T3[d5], _T3[d6], _T3[d7])), "little")
        ^ _number(_join((_T4[e0], _T4[e1], _T4[e2], _T4[e3], _T4[e4], _T4[e5], _T4[e6], _T4[e7])), "little")
        ^ _number(_join((_T5[f0], _T5[f1], _T5[f2], _T5[f3], _T5[f4], _T5[f5], _T5[f6], _T5[f7])), "little")
        ^ _number(_join((_T6[g0], _T6[g1], _T6[g2], _T6[g3], _T6[g4], _T6[g5], _T6[g6], _T6[g7])), "little")
        ^ _number(_join((_T7[h0], _T7[h1], _T7[h2], _T7[h3], _T7[h4], _T7[h5], _T7[h6], _T7[h7])), "little")
    )
