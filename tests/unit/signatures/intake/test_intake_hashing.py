"""Documents are hashed as a stream, with several digests at once."""

import hashlib
import io
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import oids, writer
from signatures.core.intake import file_chunks, hash_stream
from tests.factories.containers import attribute, content_type, message_digest
from tests.factories.refusals import refusal

FORGED = writer.set_of(content_type(), message_digest())


def hashers():
    return {oids.SHA_256: hashlib.sha256(), oids.SHA_512: hashlib.sha512()}


def zeros(megabytes: int, first: bytes = b"") -> Iterator[bytes]:
    yield first
    for _ in range(megabytes):
        yield bytes(1 << 20)


class TestHashStream:
    @given(st.lists(st.binary(max_size=100), max_size=20))
    def test_all_digests_are_made_in_one_pass(self, chunks):
        found = hash_stream(iter(chunks), hashers())

        assert found.size_bytes == sum(map(len, chunks))
        assert found.digests == {oids.SHA_256: hashlib.sha256(b"".join(chunks)).digest(), oids.SHA_512: hashlib.sha512(b"".join(chunks)).digest()}

    def test_a_file_is_read_in_pieces(self):
        assert list(file_chunks(io.BytesIO(b"abcde"), 2)) == [b"ab", b"cd", b"e"]
        assert list(file_chunks(io.BytesIO(b""))) == []

    def test_a_document_over_its_limit_is_refused_before_it_is_hashed(self):
        assert hash_stream([b"ab", b"c"], hashers(), max_bytes=3).size_bytes == 3
        assert refusal(hash_stream, [b"ab", b"cd"], hashers(), max_bytes=3) == "FC_LIMITS"

    @pytest.mark.parametrize("first", [b"", b"1", b"1\x84\x7f\xff\xff\xff"])
    def test_a_long_document_does_not_stay_in_memory(self, first):
        tracemalloc.start()
        hash_stream(zeros(60, first), {})
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert peak < 80 * (1 << 20)


class TestForgedDocument:
    @pytest.mark.parametrize("size", [1, 2, 7, 1000])
    def test_attributes_in_disguise_are_noticed_in_pieces_of_any_size(self, size):
        chunks = [FORGED[at : at + size] for at in range(0, len(FORGED), size)]

        assert hash_stream(chunks, hashers()).is_forged

    @pytest.mark.parametrize("document", [b"", b"1", b"1\x00", b"hello", FORGED + b"\0", b"\n" + FORGED, FORGED[1:], writer.set_of(writer.null())])
    def test_other_documents_are_not(self, document):
        assert not hash_stream([document], hashers()).is_forged

    def test_a_large_set_of_attributes_is_noticed_too(self):
        document = writer.set_of(attribute("1.2.3", writer.octets(bytes(3 << 20))))

        assert hash_stream(file_chunks(io.BytesIO(document)), hashers()).is_forged
