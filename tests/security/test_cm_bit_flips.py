"""CM-23: no flipped bit of a signature gives «верна», unless it lies in an unsigned, documented field.

The default run takes every seventh bit from a fixed offset; SIGNATURES_ALL_BITS=1 takes them all.
"""

import os
from collections.abc import Iterator

import pytest

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.memo import Memo
from signatures.core.policy import load_policy
from signatures.core.verdict import Indication, Verdict
from signatures.core.verify import verify
from tests.plugins.authority import AT, DOCUMENT, Authority
from tests.plugins.vectors import DECEMBER, anchors, lists, vector

STEP, OFFSET = (1, 0) if os.environ.get("SIGNATURES_ALL_BITS") else (7, 3)
# The full count takes minutes; its parts run side by side.
PARTS = 8


def version_byte(signature: bytes) -> int:
    """Return the place of the version of SignedData: nothing signs it and nothing depends on it (RFC 5652 5.1)."""
    marker = w.oid(oids.SIGNED_DATA)
    return signature.index(marker) + len(marker) + len(b"\xa0\x82\x00\x00\x30\x82\x00\x00\x02\x01")


def flips(data: bytes, part: int) -> Iterator[tuple[int, bytes]]:
    """Yield the data with one bit flipped, everywhere but in the one unsigned field."""
    version = version_byte(data)
    for bit in list(range(OFFSET, 8 * len(data), STEP))[part::PARTS]:
        if bit // 8 == version:
            continue
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bit, bytes(flipped)


def is_sound(verdict: Verdict) -> bool:
    """Return whether a flipped signature was refused for a reason that is about it, and not for a fault of the program."""
    return verdict.indication is not Indication.PASSED and not any(one.id == "SYS_VERIFIER_ERROR" for one in verdict.notes)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(PARTS))
class TestFlippedBits:
    def test_cm_23_of_the_demo_signature(self, authority: Authority, part: int):
        document, signature, memo = vector("demo/doc.txt"), vector("demo/doc.sig"), Memo()
        trust, evidence, policy = anchors("demo/root.pem"), lists("demo/root.crl", "demo/iss.crl"), load_policy("stand")

        passed = [
            bit
            for bit, flipped in flips(signature, part)
            if not is_sound(verify(document, flipped, policy=policy, trust=trust, at=DECEMBER, backend=authority.backend, evidence=evidence, memo=memo))
        ]

        assert passed == []

    @pytest.mark.parametrize("family", ["rsa", "gost-512"])
    def test_cm_23_of_a_signature_by_the_test_authority(self, authority: Authority, rsa_authority: Authority, family: str, part: int):
        by = rsa_authority if family == "rsa" else authority
        who = by.person() if family == "rsa" else by.person(curve="1.2.643.7.1.2.1.2.2")
        signature, memo = by.sign(who=who), Memo()
        trust, evidence, policy = by.trust(), by.evidence(), load_policy("stand")

        passed = [
            bit
            for bit, flipped in flips(signature, part)
            if not is_sound(verify(DOCUMENT, flipped, policy=policy, trust=trust, at=AT, backend=by.backend, evidence=evidence, memo=memo))
        ]

        assert passed == []
