"""Streebog: the answers of RFC 6986 and the behaviour of a running digest, in both implementations."""

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signatures.core.gost.errors import UnknownDigest
from signatures.core.gost.interfaces import Hashes
from signatures.core.gost.known_answers import DIGESTS, DigestExample
from signatures.core.gost.pure import PureHashes
from signatures.core.gost.streebog import Streebog
from signatures.core.gost.streebog_tables import MATRIX, PI, ROUND_CONSTANTS
from tests.plugins.gost import libcrypto_hashes

BITS = (256, 512)
# around one block, two blocks and the places where the padding needs a block of its own
LENGTHS = (0, 1, 31, 32, 62, 63, 64, 65, 127, 128, 129, 191, 192, 1000)


def digest(hashes: Hashes, bits: int, *pieces: bytes) -> bytes:
    running = hashes.new(bits)
    for piece in pieces:
        running.update(piece)
    return running.digest()


class TestKnownAnswers:
    @pytest.mark.parametrize("example", DIGESTS, ids=lambda example: example.name)
    def test_are_reproduced(self, hashes: Hashes, example: DigestExample) -> None:
        """RFC 6986 10.1 and 10.2, the empty message, and blocks of ones, whose checksum overflows."""
        assert digest(hashes, 256, example.message).hex() == example.digest_256
        assert digest(hashes, 512, example.message).hex() == example.digest_512

    def test_need_an_addition_with_carries(self) -> None:
        """The trap of signatures.md 4.1: an XOR of the blocks in place of their sum gives another digest of 0xFF…"""
        ones = DIGESTS[3]
        assert ones.message == b"\xff" * 128

        assert Streebog(256, ones.message).hexdigest() == ones.digest_256


class TestRunningDigest:
    @pytest.mark.parametrize("bits", BITS)
    def test_looks_like_one_of_hashlib(self, hashes: Hashes, bits: int) -> None:
        running = hashes.new(bits)

        assert running.name == f"streebog{bits}"
        assert running.digest_size == bits // 8 == len(running.digest())
        assert running.block_size == 64
        assert running.hexdigest() == running.digest().hex()

    @pytest.mark.parametrize("bits", BITS)
    @pytest.mark.parametrize("cut", [0, 1, 63, 64, 65, 128, 199, 200])
    def test_does_not_care_where_the_message_is_cut(self, hashes: Hashes, bits: int, cut: int) -> None:
        message = bytes(range(200))

        assert digest(hashes, bits, message[:cut], b"", message[cut:]) == digest(hashes, bits, message)

    def test_takes_a_message_byte_by_byte(self, hashes: Hashes) -> None:
        message = bytes(range(130))

        assert digest(hashes, 256, *(bytes([one]) for one in message)) == digest(hashes, 256, message)

    def test_goes_on_after_a_digest_was_read(self, hashes: Hashes) -> None:
        running = hashes.new(512)
        running.update(b"a" * 70)
        running.digest()
        running.update(b"b" * 70)

        assert running.digest() == running.digest() == digest(hashes, 512, b"a" * 70 + b"b" * 70)

    def test_copies_go_their_own_ways(self, hashes: Hashes) -> None:
        running = hashes.new(256)
        running.update(b"common ")
        twin = running.copy()
        running.update(b"one")
        twin.update(b"other")

        assert running.digest() == digest(hashes, 256, b"common one")
        assert twin.digest() == digest(hashes, 256, b"common other")

    @pytest.mark.parametrize("buffer", [bytearray, memoryview])
    def test_takes_any_buffer(self, hashes: Hashes, buffer: type) -> None:
        running = hashes.new(256)
        running.update(b"1")
        running.update(buffer(b"x" * 100))

        assert running.digest() == digest(hashes, 256, b"1" + b"x" * 100)

    def test_does_not_keep_a_buffer_that_changes_later(self, hashes: Hashes) -> None:
        buffer = bytearray(b"x" * 100)
        running = hashes.new(256)
        running.update(buffer)
        buffer[:] = b"y" * 100

        assert running.digest() == digest(hashes, 256, b"x" * 100)

    def test_serves_hmac(self, hashes: Hashes) -> None:
        """RFC 7836, appendix B: HMAC_GOSTR3411_2012_256 and _512."""
        key = bytes(range(32))
        text = bytes.fromhex("0126bdb87800af214341456563780100")
        tag_256 = hmac.new(key, text, lambda: hashes.new(256)).hexdigest()
        tag_512 = hmac.new(key, text, lambda: hashes.new(512)).hexdigest()

        assert tag_256 == "a1aa5f7de402d7b3d323f2991c8d4534013137010a83754fd0af6d7cd4922ed9"
        assert tag_512 == ("a59bab22ecae19c65fbde6e5f4e9f5d8549d31f037f9df9b905500e171923a773d5f1530f2ed7e964cb2eedc29e9ad2f3afe93b2814f79f5000ffc0366c251e6")

    @pytest.mark.parametrize("bits", [0, 1, 255, 384, 1024, -256])
    def test_has_two_lengths_only(self, hashes: Hashes, bits: int) -> None:
        with pytest.raises(UnknownDigest):
            hashes.new(bits)


class TestBothImplementations:
    @pytest.mark.parametrize("bits", BITS)
    @pytest.mark.parametrize("length", LENGTHS)
    def test_agree_on_every_length(self, pure_hashes: Hashes, gostprov_hashes: Hashes, bits: int, length: int) -> None:
        message = bytes((31 * place + 7) % 256 for place in range(length))

        assert digest(pure_hashes, bits, message) == digest(gostprov_hashes, bits, message)

    @settings(max_examples=40, deadline=None)
    @given(bits=st.sampled_from(BITS), pieces=st.lists(st.binary(max_size=150), max_size=4))
    def test_agree_on_random_messages(self, bits: int, pieces: list[bytes]) -> None:
        assert digest(PureHashes(), bits, *pieces) == digest(libcrypto_hashes(), bits, b"".join(pieces))


class TestTables:
    def test_hold_a_permutation_and_an_invertible_matrix(self) -> None:
        rows = list(MATRIX)
        rank = 0
        while rows:
            pivot = rows.pop()
            if pivot:
                rank += 1
                lowest = pivot & -pivot
                rows = [row ^ pivot if row & lowest else row for row in rows]

        assert sorted(PI) == list(range(256))
        assert rank == len(MATRIX) == 64
        assert len(set(ROUND_CONSTANTS)) == 12
