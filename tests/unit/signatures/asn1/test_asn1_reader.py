"""The bounded DER cursor."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import reader, tags, writer
from signatures.core.asn1.reader import Reader, header, oid_value, time_value, whole
from tests.factories.refusals import outcome, refusal


class TestHeader:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("3000", (0x30, 2, 2)),
            ("0401ff", (0x04, 2, 3)),
            ("048180" + "00" * 128, (0x04, 3, 131)),
            ("0482012c" + "00" * 300, (0x04, 4, 304)),
            ("5f1f00", (0x5F1F, 3, 3)),
            ("bf814800", (0xBF8148, 4, 4)),
        ],
    )
    def test_reads_identifier_and_length(self, data, expected):
        octets = bytes.fromhex(data)

        assert header(octets, 0, len(octets)) == expected

    @pytest.mark.parametrize(
        ("what", "data"),
        [
            ("nothing", ""),
            ("an identifier alone", "30"),
            ("content past the end", "0402ff"),
            ("an indefinite length", "30800000"),
            ("a long length that fits the short form", "04817f" + "00" * 127),
            ("a length with a leading zero", "04820080" + "00" * 128),
            ("a cut length", "0482ff"),
            ("a cut tag", "1f"),
            ("a cut high tag", "1f81"),
            ("a small tag number in the long form", "1f1e00"),
            ("a tag number with a leading zero", "1f801f00"),
            ("a tag without room for a length", "1f1f"),
        ],
    )
    def test_refuses_a_header_that_two_readers_could_read_in_two_ways(self, what, data):
        octets = bytes.fromhex(data)

        assert refusal(lambda: header(octets, 0, len(octets))) == "FC_ENCODING", what

    @pytest.mark.parametrize("data", ["3085ffffffffff", "30887fffffffffffffff", "30ff" + "ff" * 127, "1fffffffffff7f00"])
    def test_refuses_lengths_and_tags_that_no_signature_has(self, data):
        octets = bytes.fromhex(data)

        assert refusal(lambda: header(octets, 0, len(octets))) == "FC_LIMITS"

    def test_a_child_cannot_reach_past_its_parent(self):
        inner = whole(bytes.fromhex("3003 0402 ff".replace(" ", "")))

        assert refusal(inner.octets) == "FC_ENCODING"


class TestReader:
    def test_reads_the_values_of_a_sequence_in_order(self):
        data = writer.sequence(
            writer.integer(-5), writer.oid("1.2.643.7.1.1.2.2"), writer.boolean(value=True), writer.octets(b"x"), writer.bits(b"\x01\x02"), writer.null()
        )
        inner = whole(data)

        assert inner.integer() == -5
        assert inner.oid() == "1.2.643.7.1.1.2.2"
        assert inner.boolean() is True
        assert inner.octets() == b"x"
        assert inner.bits() == b"\x01\x02"
        assert inner.raw() == b"\x05\x00"
        assert inner.at_end
        inner.finish()

    def test_what_is_left_over_is_refused(self):
        inner = whole(writer.sequence(writer.null()))

        assert refusal(inner.finish) == "FC_ENCODING"

    def test_bytes_behind_the_value_are_refused_by_their_own_reason(self):
        assert refusal(lambda: whole(writer.sequence() + b"\0")) == "FC_TRAILING_BYTES"

    def test_another_tag_is_refused(self):
        assert refusal(lambda: whole(writer.set_of())) == "FC_ENCODING"
        assert refusal(Reader(writer.null()).integer) == "FC_ENCODING"

    def test_an_optional_value_is_taken_or_left(self):
        inner = whole(writer.sequence(writer.context(1, writer.null())))

        assert inner.optional(tags.context(0)) is None
        assert inner.optional(tags.context(1)).raw() == writer.null()
        assert inner.optional(tags.context(1)) is None

    def test_nesting_of_32_is_read_and_33_is_refused(self):
        def nested(depth: int) -> Reader:
            data = b""
            for _ in range(depth):
                data = writer.sequence(data)
            cursor = Reader(data)
            for _ in range(depth):
                cursor = cursor.enter()
            return cursor

        assert nested(32).at_end
        assert refusal(lambda: nested(33)) == "FC_LIMITS"

    @pytest.mark.parametrize("content", ["", "00", "0001", "ff", "2a"])
    def test_a_small_number_is_not_negative(self, content):
        data = bytes([2, len(content) // 2]) + bytes.fromhex(content)

        if content in {"00", "2a"}:
            assert Reader(data).small() == int(content, 16)
        else:
            assert refusal(Reader(data).small) == "FC_ENCODING"

    @pytest.mark.parametrize("data", ["020101", "0100", "010101", "01020000"])
    def test_a_boolean_is_00_or_ff(self, data):
        assert refusal(Reader(bytes.fromhex(data)).boolean) == "FC_ENCODING"

    @pytest.mark.parametrize("data", ["0300", "030108", "030101", "03020101", "0302097f"])
    def test_a_bit_string_has_a_valid_count_of_unused_zero_bits(self, data):
        assert refusal(Reader(bytes.fromhex(data)).flags) == "FC_ENCODING"

    def test_octets_are_not_taken_from_a_bit_string_with_unused_bits(self):
        assert refusal(Reader(bytes.fromhex("03020780")).bits) == "FC_ENCODING"

    def test_no_time_is_refused(self):
        assert refusal(Reader(writer.null()).time) == "FC_ENCODING"
        assert refusal(Reader(b"").time) == "FC_ENCODING"


class TestInteger:
    @pytest.mark.parametrize("content", ["", "0000", "007f", "ff80", "ffff"])
    def test_only_the_shortest_form_is_read(self, content):
        assert refusal(lambda: reader.integer_value(bytes.fromhex(content))) == "FC_ENCODING"

    def test_a_number_longer_than_any_key_is_refused(self):
        assert refusal(lambda: reader.integer_value(b"\x01" + bytes(8192))) == "FC_LIMITS"

    @given(st.integers(min_value=-(2**2100), max_value=2**2100))
    def test_what_the_writer_writes_comes_back(self, value):
        assert Reader(writer.integer(value)).integer() == value


class TestOid:
    @pytest.mark.parametrize("content", ["", "80", "2a80", "2a8001", "2a86"])
    def test_a_broken_identifier_is_refused(self, content):
        assert refusal(lambda: oid_value(bytes.fromhex(content))) == "FC_ENCODING"

    def test_an_identifier_of_64_bytes_is_read_and_65_are_refused(self):
        assert oid_value(b"\x2a" + b"\x01" * 63).startswith("1.2.1.1")
        assert refusal(lambda: oid_value(b"\x2a" + b"\x01" * 64)) == "FC_LIMITS"

    def test_an_identifier_of_a_megabyte_ends_at_once(self):
        data = b"\x06\x83\x10\x00\x00" + b"\x81" * (1 << 20)

        assert refusal(Reader(data).oid) == "FC_LIMITS"

    @given(st.integers(0, 2), st.integers(0, 39), st.lists(st.integers(0, 2**70), max_size=5))
    def test_what_the_writer_writes_comes_back(self, first, second, rest):
        dotted = ".".join(map(str, (first, second, *rest)))

        assert Reader(writer.oid(dotted)).oid() == dotted

    def test_the_second_arc_under_2_may_be_large(self):
        assert oid_value(bytes.fromhex("883703")) == "2.999.3"


class TestTime:
    @pytest.mark.parametrize(
        ("tag", "text", "expected"),
        [
            (tags.UTC_TIME, b"261122234842Z", datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC)),
            (tags.UTC_TIME, b"491231000000Z", datetime(2049, 12, 31, tzinfo=UTC)),
            (tags.UTC_TIME, b"500101000000Z", datetime(1950, 1, 1, tzinfo=UTC)),
            (tags.GENERALIZED_TIME, b"20500101000000Z", datetime(2050, 1, 1, tzinfo=UTC)),
            (tags.GENERALIZED_TIME, b"99991231235959Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ],
    )
    def test_reads_the_two_forms(self, tag, text, expected):
        assert time_value(tag, text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            b"",
            b"Z",
            b"2611222348Z",
            b"261122234842",
            b"261122234842+0300",
            b"261322234842Z",
            b"260230000000Z",
            b"261122234860Z",
            b"26112223484 Z",
            b"261122234842z",
        ],
    )
    def test_a_utc_time_of_another_form_is_refused(self, text):
        assert refusal(lambda: time_value(tags.UTC_TIME, text)) == "FC_ENCODING"

    @pytest.mark.parametrize(
        "text", [b"20261122234842", b"20261122234842.5Z", b"00000101000000Z", b"202611222348Z", b"20261122234842+0000", "２0261122234842Z".encode()]
    )
    def test_a_generalized_time_of_another_form_is_refused(self, text):
        assert refusal(lambda: time_value(tags.GENERALIZED_TIME, text)) == "FC_ENCODING"

    def test_a_time_stamp_may_have_a_fraction(self):
        assert time_value(tags.GENERALIZED_TIME, b"20261122234842.25Z", fraction=True).microsecond == 250_000

    @pytest.mark.parametrize(
        "text", [b"20261122234842.Z", b"20261122234842.50Z", b"20261122234842.5", b"20261122234842.5.5Z", b"20261122234842.1234567890123456Z"]
    )
    def test_a_fraction_of_another_form_is_refused(self, text):
        assert refusal(lambda: time_value(tags.GENERALIZED_TIME, text, fraction=True)) == "FC_ENCODING"

    @given(st.datetimes(timezones=st.just(UTC)))
    def test_what_the_writer_writes_comes_back(self, moment):
        assert Reader(writer.time(moment)).time() == moment.replace(microsecond=0)
        assert Reader(writer.generalized_time(moment)).time(fraction=True) == moment


class TestAnyBytes:
    @given(st.binary(max_size=200), st.sampled_from(["raw", "enter", "integer", "oid", "boolean", "octets", "bits", "flags", "time"]))
    def test_only_the_typed_error_leaves(self, data, method):
        assert outcome(getattr(Reader(data), method)) in {"", "FC_ENCODING", "FC_LIMITS"}
