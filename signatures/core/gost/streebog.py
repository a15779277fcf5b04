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
_TABLES: Final = substitution_tables()
# the thirteenth key is the last thing that is made
_SCHEDULE: Final = (*ROUND_CONSTANTS, None)


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
        octets = self._rest + bytes(data)
        whole = len(octets) - len(octets) % BLOCK_BYTES
        for start in range(0, whole, BLOCK_BYTES):
            block = int.from_bytes(octets[start : start + BLOCK_BYTES], "little")
            self._state = compress(self._state, self._hashed_bits, block)
            self._hashed_bits += BLOCK_BITS
            # a true addition: its carries run through all 512 bits
            self._checksum = (self._checksum + block) & _MASK
        self._rest = octets[whole:]

    def digest(self) -> bytes:
        """Return the digest of all that came so far; more may come afterwards."""
        # stage 3: the padded rest, then the length and the checksum
        rest = int.from_bytes(self._rest + b"\x01", "little")
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
    """The compression function g_N(h, m) of section 8.

    Written out, because with loops and calls it runs at half of the speed. What is written out, twice, is LPS: substitution,
    permutation, multiplication. The permutation transposes an 8 by 8 matrix of bytes: byte i of input word k feeds byte k of
    output word i. So the bytes of an input word (`a` is the lowest word, `h` the highest) pick their entries of one table for
    all eight output words at once, and eight such vectors are added.
    """
    t0, t1, t2, t3, t4, t5, t6, t7 = _TABLES
    join, number = b"".join, int.from_bytes
    key, text = state ^ hashed_bits, block
    for constant in _SCHEDULE:
        (
            h7, h6, h5, h4, h3, h2, h1, h0, g7, g6, g5, g4, g3, g2, g1, g0, f7, f6, f5, f4, f3, f2, f1, f0, e7, e6, e5, e4, e3, e2, e1, e0,
            d7, d6, d5, d4, d3, d2, d1, d0, c7, c6, c5, c4, c3, c2, c1, c0, b7, b6, b5, b4, b3, b2, b1, b0, a7, a6, a5, a4, a3, a2, a1, a0,
        ) = key.to_bytes(BLOCK_BYTES)  # fmt: skip
        key = (
            number(join((t0[a7], t0[a6], t0[a5], t0[a4], t0[a3], t0[a2], t0[a1], t0[a0])))
            ^ number(join((t1[b7], t1[b6], t1[b5], t1[b4], t1[b3], t1[b2], t1[b1], t1[b0])))
            ^ number(join((t2[c7], t2[c6], t2[c5], t2[c4], t2[c3], t2[c2], t2[c1], t2[c0])))
            ^ number(join((t3[d7], t3[d6], t3[d5], t3[d4], t3[d3], t3[d2], t3[d1], t3[d0])))
            ^ number(join((t4[e7], t4[e6], t4[e5], t4[e4], t4[e3], t4[e2], t4[e1], t4[e0])))
            ^ number(join((t5[f7], t5[f6], t5[f5], t5[f4], t5[f3], t5[f2], t5[f1], t5[f0])))
            ^ number(join((t6[g7], t6[g6], t6[g5], t6[g4], t6[g3], t6[g2], t6[g1], t6[g0])))
            ^ number(join((t7[h7], t7[h6], t7[h5], t7[h4], t7[h3], t7[h2], t7[h1], t7[h0])))
        )
        text ^= key
        if constant is None:
            break
        (
            h7, h6, h5, h4, h3, h2, h1, h0, g7, g6, g5, g4, g3, g2, g1, g0, f7, f6, f5, f4, f3, f2, f1, f0, e7, e6, e5, e4, e3, e2, e1, e0,
            d7, d6, d5, d4, d3, d2, d1, d0, c7, c6, c5, c4, c3, c2, c1, c0, b7, b6, b5, b4, b3, b2, b1, b0, a7, a6, a5, a4, a3, a2, a1, a0,
        ) = text.to_bytes(BLOCK_BYTES)  # fmt: skip
        text = (
            number(join((t0[a7], t0[a6], t0[a5], t0[a4], t0[a3], t0[a2], t0[a1], t0[a0])))
            ^ number(join((t1[b7], t1[b6], t1[b5], t1[b4], t1[b3], t1[b2], t1[b1], t1[b0])))
            ^ number(join((t2[c7], t2[c6], t2[c5], t2[c4], t2[c3], t2[c2], t2[c1], t2[c0])))
            ^ number(join((t3[d7], t3[d6], t3[d5], t3[d4], t3[d3], t3[d2], t3[d1], t3[d0])))
            ^ number(join((t4[e7], t4[e6], t4[e5], t4[e4], t4[e3], t4[e2], t4[e1], t4[e0])))
            ^ number(join((t5[f7], t5[f6], t5[f5], t5[f4], t5[f3], t5[f2], t5[f1], t5[f0])))
            ^ number(join((t6[g7], t6[g6], t6[g5], t6[g4], t6[g3], t6[g2], t6[g1], t6[g0])))
            ^ number(join((t7[h7], t7[h6], t7[h5], t7[h4], t7[h3], t7[h2], t7[h1], t7[h0])))
        )
        key ^= constant
    return text ^ state ^ block
