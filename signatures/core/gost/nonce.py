"""The number k of a signature, made of the key and the digest in the manner of RFC 6979, section 3.2.

What differs from the RFC: HMAC runs over Streebog as long as the curve asks, and h1 is the e of RFC 7091 (the digest read
little-endian modulo q), because that is the number which is signed.
"""

import hmac
from collections.abc import Callable, Iterator

from signatures.core.gost.curves import Curve
from signatures.core.gost.interfaces import Hasher


def nonces(curve: Curve, private: int, e: int, hasher: Callable[[int], Hasher]) -> Iterator[int]:
    """Yield candidates for k, all between 0 and q; the first one nearly always serves.

    Args:
        curve: the parameter set.
        private: d, between 0 and q.
        e: number of the digest, between 0 and q.
        hasher: maker of Streebog digests by number of bits.
    """

    def mac(key: bytes, message: bytes) -> bytes:
        return hmac.new(key, message, lambda: hasher(curve.bits)).digest()

    q_bits = curve.q.bit_length()
    seed = private.to_bytes(curve.size) + e.to_bytes(curve.size)
    value = b"\x01" * curve.size
    key = bytes(curve.size)
    for step in (b"\x00", b"\x01"):
        key = mac(key, value + step + seed)
        value = mac(key, value)
    while True:
        value = mac(key, value)
        # one output of HMAC is exactly one coordinate long, the few bits above the length of q are dropped
        k = int.from_bytes(value) >> (curve.bits - q_bits)
        if 0 < k < curve.q:
            yield k
        key = mac(key, value + b"\x00")
        value = mac(key, value)
