"""Whole values are DER to the last byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import strict, writer
from tests.factories import asn1_tree
from tests.factories.containers import VECTORS, vector_der
from tests.factories.refusals import outcome, refusal

SIGNED_FILES = sorted(str(path.relative_to(VECTORS)) for path in VECTORS.rglob("*") if path.suffix in {".pem", ".der", ".sig", ".crl"})


class TestCheck:
    @pytest.mark.parametrize("name", SIGNED_FILES)
    def test_every_vector_is_der(self, name):
        strict.check(vector_der(name))

    @pytest.mark.parametrize(
        ("what", "data"),
        [
            ("an unsorted set", "3106020102020101"),
            ("a BOOLEAN of 01", "3003010101"),
            ("an INTEGER with a leading zero", "300402020001"),
            ("an ENUMERATED with a leading zero", "30040a020001"),
            ("an empty INTEGER", "30020200"),
            ("a NULL with content", "3003050100"),
            ("a broken OID", "3003060180"),
            ("unused bits that are not zero", "300403020101"),
            ("an OCTET STRING in pieces", "3005240304017f"),
            ("a string in pieces", "30052c030c0141"),
            ("a primitive SEQUENCE", "30021000"),
            ("a primitive SET", "30021100"),
            ("an end of contents", "30020000"),
            ("an indefinite length", "30800000"),
            ("a length that is not minimal", "3003058100"),
        ],
    )
    def test_refuses(self, what, data):
        assert refusal(strict.check, bytes.fromhex(data)) == "FC_ENCODING", what

    def test_refuses_bytes_behind_the_value(self):
        assert refusal(strict.check, writer.null() + b"\0") == "FC_TRAILING_BYTES"

    def test_looks_into_context_and_high_tags(self):
        assert refusal(strict.check, bytes.fromhex("a003010101")) == "FC_ENCODING"
        assert refusal(strict.check, bytes.fromhex("bf1f03010101")) == "FC_ENCODING"

    def test_a_set_is_sorted_by_its_bytes(self):
        strict.check(writer.set_of(writer.integer(2), writer.integer(1), writer.integer(300)))

    def test_the_number_of_elements_is_limited(self):
        strict.check(writer.sequence(*[writer.null()] * 9), elements=10)
        assert refusal(strict.check, writer.sequence(*[writer.null()] * 10), elements=10) == "FC_LIMITS"

    def test_nesting_is_limited(self):
        data = b""
        for _ in range(10_000):
            data = writer.sequence(data)

        assert refusal(strict.check, data) == "FC_LIMITS"

    @given(st.binary(max_size=300))
    def test_only_the_typed_error_leaves(self, data):
        assert outcome(strict.check, data) in {"", "FC_ENCODING", "FC_LIMITS", "FC_TRAILING_BYTES"}

    @given(st.sampled_from(SIGNED_FILES), st.randoms(use_true_random=False))
    def test_what_is_accepted_is_written_back_equal(self, name, random):
        """A value that passes has one reading: a generic tree of it encodes to the same bytes."""
        data = asn1_tree.mutate(asn1_tree.parse(vector_der(name)), random)
        if not outcome(strict.check, data):
            assert asn1_tree.parse(data).encode() == data
