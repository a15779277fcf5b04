"""The DER encoder."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import strict, writer
from signatures.core.asn1.reader import Reader, whole


class TestValues:
    @pytest.mark.parametrize(
        ("encoded", "expected"),
        [
            (writer.integer(0), "020100"),
            (writer.integer(127), "02017f"),
            (writer.integer(128), "02020080"),
            (writer.integer(-128), "020180"),
            (writer.integer(-129), "0202ff7f"),
            (writer.enumerated(6), "0a0106"),
            (writer.boolean(value=True), "0101ff"),
            (writer.boolean(value=False), "010100"),
            (writer.null(), "0500"),
            (writer.oid("1.2.840.113549.1.7.2"), "06092a864886f70d010702"),
            (writer.oid("2.999"), "06028837"),
            (writer.utf8("я"), "0c02d18f"),
            (writer.numeric("012 3"), "1205303132" + "2033"),
            (writer.printable("a-Z"), "1303612d5a"),
            (writer.ia5("a@b"), "1603614062"),
            (writer.octets(b"\x01"), "040101"),
            (writer.bits(b"\x01"), "03020001"),
            (writer.sequence(writer.null()), "30020500"),
            (writer.context(0, writer.null()), "a0020500"),
            (writer.context_primitive(0, b"\x01"), "800101"),
            (writer.set_of(writer.integer(2), writer.integer(1)), "3106020101020102"),
            (writer.context_set(1, writer.integer(2), writer.integer(1)), "a106020101020102"),
        ],
    )
    def test_is_written_as_the_standard_says(self, encoded, expected):
        assert encoded.hex() == expected

    @pytest.mark.parametrize(("bits", "expected"), [((), "030100"), ((0,), "03020780"), ((0, 1), "030206c0"), ((5, 6), "03020106"), ((8,), "0303070080")])
    def test_named_bits_have_no_zero_bits_at_the_end(self, bits, expected):
        assert writer.named_bits(*bits).hex() == expected

    @pytest.mark.parametrize(("size", "expected"), [(127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100"), (65536, "0483010000")])
    def test_a_length_is_minimal(self, size, expected):
        assert writer.octets(bytes(size)).hex().startswith(expected)

    @pytest.mark.parametrize("text", ["1a", "-1", "１"])
    def test_a_numeric_string_holds_digits_and_spaces_only(self, text):
        with pytest.raises(ValueError, match="tag 18"):
            writer.numeric(text)

    def test_a_printable_string_has_its_alphabet(self):
        with pytest.raises(ValueError, match="tag 19"):
            writer.printable("a@b")

    @pytest.mark.parametrize("dotted", ["3.1", "1.40", "1", "1.2.-3", "", "a.b"])
    def test_what_is_no_identifier_is_refused(self, dotted):
        with pytest.raises(ValueError):  # noqa: PT011  # the texts of int() and of unpacking are as good
            writer.oid(dotted)


class TestTime:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            (datetime(2026, 11, 23, 2, 48, 42, 7, tzinfo=timezone(timedelta(hours=3))), b"\x17\x0d261122234842Z"),
            (datetime(2050, 1, 1, tzinfo=UTC), b"\x18\x0f20500101000000Z"),
            (datetime(1949, 1, 1, tzinfo=UTC), b"\x18\x0f19490101000000Z"),
        ],
    )
    def test_the_year_decides_about_the_form(self, moment, expected):
        assert writer.time(moment) == expected

    def test_a_fraction_has_no_zero_at_the_end(self):
        assert writer.generalized_time(datetime(2026, 1, 2, 3, 4, 5, 250_000, tzinfo=UTC)) == b"\x18\x1220260102030405.25Z"


values = st.recursive(
    st.one_of(
        st.integers(-(2**64), 2**64).map(writer.integer),
        st.binary(max_size=200).map(writer.octets),
        st.text(max_size=50).map(writer.utf8),
        st.just(writer.null()),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map(lambda parts: writer.sequence(*parts)),
        st.lists(inner, max_size=5).map(lambda parts: writer.set_of(*parts)),
        st.lists(inner, max_size=3).map(lambda parts: writer.context(3, *parts)),
    ),
    max_leaves=20,
)


class TestRoundTrip:
    @given(values)
    def test_whatever_is_written_is_der(self, data):
        strict.check(data)

    @given(st.lists(values, max_size=6))
    def test_the_members_of_a_sequence_come_back_in_order(self, parts):
        reader = whole(writer.sequence(*parts))

        assert [reader.raw() for _ in parts] == parts
        assert reader.at_end

    @given(st.binary(max_size=70_000))
    def test_octets_come_back(self, content):
        assert Reader(writer.octets(content)).octets() == content
