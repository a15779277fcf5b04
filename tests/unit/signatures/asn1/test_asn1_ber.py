"""The stream over the outer shell of a container."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import tags, writer
from signatures.core.asn1.ber import MAX_PIECES, BerStream
from tests.factories import asn1_tree
from tests.factories.refusals import refusal


def stream(text: str) -> BerStream:
    return BerStream(bytes.fromhex(text))


def entered(text: str) -> BerStream:
    found = stream(text)
    found.enter(tags.SEQUENCE)
    return found


class TestEnterAndLeave:
    @pytest.mark.parametrize("text", ["30020500", "308005000000"])
    def test_both_forms_of_length_are_followed(self, text):
        found = entered(text)

        assert not found.at_end
        assert found.der(tags.NULL) == writer.null()
        assert found.at_end
        found.leave()
        assert found.pos == len(text) // 2

    def test_an_indefinite_value_inside_of_a_definite_one_ends_within_it(self):
        """The two zero octets that end it may not lie behind the parent."""
        found = entered("3003308000" + "00")
        found.enter(tags.SEQUENCE)

        assert not found.at_end
        assert refusal(found.leave) == "FC_ENCODING"

    def test_content_that_is_left_is_refused(self):
        assert refusal(entered("30020500").leave) == "FC_ENCODING"
        assert refusal(entered("308005000000").leave) == "FC_ENCODING"

    def test_a_missing_end_is_refused(self):
        found = entered("3080")

        assert refusal(found.leave) == "FC_ENCODING"

    def test_another_tag_is_refused(self):
        assert refusal(lambda: stream("3100").enter(tags.SEQUENCE)) == "FC_ENCODING"

    def test_there_is_nothing_to_take_at_the_end(self):
        assert refusal(lambda: entered("3000").der()) == "FC_ENCODING"
        assert refusal(lambda: entered("3000").enter(tags.SEQUENCE)) == "FC_ENCODING"

    def test_a_child_of_indefinite_length_is_not_taken_as_der(self):
        assert refusal(lambda: entered("3080308000000000").der()) == "FC_ENCODING"

    def test_lengths_are_minimal_in_ber_too(self):
        assert refusal(lambda: stream("308100").enter(tags.SEQUENCE)) == "FC_ENCODING"

    def test_nesting_is_limited(self):
        found = BerStream(b"\x30\x80" * 40)

        def dive() -> None:
            for _ in range(40):
                found.enter(tags.SEQUENCE)

        assert refusal(dive) == "FC_LIMITS"


class TestOctets:
    @given(st.binary(max_size=600), st.integers(1, 100))
    def test_pieces_are_joined(self, content, size):
        data = asn1_tree.Node(0x30, children=[asn1_tree.pieces(content, size)], form="indefinite").encode()
        found = BerStream(data)
        found.enter(tags.SEQUENCE)

        assert found.octets() == content

    def test_a_whole_string_is_taken_as_it_is(self):
        assert entered("300304017f").octets() == b"\x7f"

    @pytest.mark.parametrize("text", ["3005240305017f", "30072405240304017f", "30020c00", "300424800000"])
    def test_anything_else_among_the_pieces_is_refused(self, text):
        found = entered(text)
        if text == "300424800000":
            assert found.octets() == b""
        else:
            assert refusal(found.octets) == "FC_ENCODING"

    def test_the_number_of_pieces_is_limited(self):
        data = b"\x30\x80\x24\x80" + b"\x04\x00" * (MAX_PIECES + 1) + b"\0\0\0\0"
        found = BerStream(data)
        found.enter(tags.SEQUENCE)

        assert refusal(found.octets) == "FC_LIMITS"
