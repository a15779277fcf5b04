"""Names: strings of every type, equality, and texts that are safe to show (CM-21)."""

import pytest

from signatures.core.asn1 import oids, writer
from signatures.core.asn1.reader import Reader
from signatures.core.certificates.names import comparable, person, read_general_name, read_name, shown
from signatures.core.certificates.values import GeneralNameKind, Name
from signatures.core.text import safe
from tests.factories.refusals import refusal


def name(*attributes: tuple[str, bytes]) -> Name:
    return read_name(Reader(writer.sequence(*(writer.set_of(writer.sequence(writer.oid(oid), value)) for oid, value in attributes))))


def common_name(text: str) -> Name:
    return name((oids.COMMON_NAME, writer.utf8(text)))


class TestStrings:
    @pytest.mark.parametrize(
        ("tag", "content", "expected"),
        [
            (0x0C, "Тест".encode(), "Тест"),
            (0x12, b"12 34", "12 34"),
            (0x13, b"Test", "Test"),
            (0x14, b"caf\xe9", "café"),
            (0x16, b"a@b", "a@b"),
            (0x1A, b"Test", "Test"),
            (0x1C, "Ы".encode("utf-32-be"), "Ы"),
            (0x1E, "Тест".encode("utf-16-be"), "Тест"),
        ],
    )
    def test_every_type_is_decoded(self, tag, content, expected):
        found = name((oids.COMMON_NAME, writer.tlv(tag, content)))

        assert found.first(oids.COMMON_NAME) == expected
        assert found.rdns[0][0].tag == tag

    @pytest.mark.parametrize(
        ("tag", "content"),
        [(0x0C, b"\xff"), (0x0C, b"\xed\xa0\x80"), (0x12, b"\xd0"), (0x13, b"\xff"), (0x16, b"\x80"), (0x1E, b"\x04"), (0x1E, b"\xd8\x00"), (0x1C, b"\0\0\0")],
    )
    def test_a_string_outside_of_its_alphabet_is_refused(self, tag, content):
        data = writer.sequence(writer.set_of(writer.sequence(writer.oid(oids.COMMON_NAME), writer.tlv(tag, content))))

        assert refusal(read_name, Reader(data)) == "FC_ENCODING"

    def test_another_type_is_kept_as_hexadecimal(self):
        assert name(("1.2.3", writer.integer(5))).first("1.2.3") == "#020105"

    @pytest.mark.parametrize("data", [writer.sequence(writer.set_of()), writer.sequence(writer.sequence()), writer.sequence(writer.set_of(writer.sequence()))])
    def test_a_name_of_a_wrong_shape_is_refused(self, data):
        assert refusal(read_name, Reader(data)) == "FC_ENCODING"

    def test_an_empty_name_is_a_name(self):
        assert name().rdns == ()
        assert shown(name()) == person(name()) == ""


class TestEquality:
    def test_equal_bytes_are_equal_names(self):
        assert common_name("УЦ") == common_name("УЦ")
        assert common_name("УЦ") != common_name("уц")

    def test_case_spaces_and_string_types_do_not_count_in_a_comparison(self):
        other = name((oids.COMMON_NAME, writer.printable("test  ca ")))

        assert comparable(name((oids.COMMON_NAME, writer.utf8("Test CA")))) == comparable(other)
        assert comparable(common_name("Test CA")) != comparable(common_name("Test  C A"))

    def test_order_counts(self):
        first = name((oids.COUNTRY, writer.printable("RU")), (oids.COMMON_NAME, writer.utf8("УЦ")))
        second = name((oids.COMMON_NAME, writer.utf8("УЦ")), (oids.COUNTRY, writer.printable("RU")))

        assert comparable(first) != comparable(second)


class TestShown:
    def test_the_most_specific_part_comes_first(self):
        found = name((oids.COUNTRY, writer.printable("RU")), (oids.ORGANIZATION, writer.utf8("ООО")), (oids.OGRN, writer.numeric("0000000000000")))

        assert shown(found) == "ОГРН=0000000000000, O=ООО, C=RU"

    def test_an_unknown_attribute_is_named_by_its_oid(self):
        assert shown(name(("1.2.3.4", writer.utf8("x")))) == "1.2.3.4=x"

    def test_CM_21_nothing_is_hidden_in_a_name(self):
        evil = common_name("Ivan\0ov\u202egpj.exe\u200b\n\u2028\ue000" + "Я" * 10_000)

        text = shown(evil)

        assert "\\u0000" in text
        assert "\\u202e" in text
        assert not set(text) & set("\0\u202e\u200b\n\u2028\ue000")
        assert len(text) < 300
        assert text.endswith("…")
        assert person(evil) == text.removeprefix("CN=")


class TestSafe:
    @pytest.mark.parametrize("text", ["", "Тестов Тест", "<b>", "a" * 200, "é́"])
    def test_an_ordinary_text_stays_as_it_is(self, text):
        assert safe(text) == text

    @pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x85", "\u00ad", "\u061c", "\u200d", "\u2066", "\u2029", "\ufeff", "\U000e0001", "\ud800"])
    def test_an_invisible_character_becomes_visible(self, character):
        assert safe(f"a{character}b") == f"a\\u{ord(character):04x}b"

    def test_a_long_text_is_cut(self):
        assert safe("я" * 201) == "я" * 200 + "…"
        assert safe("abc", limit=2) == "ab…"


class TestGeneralNames:
    def test_the_forms_are_told_apart_by_their_tags(self):
        assert read_general_name(Reader(writer.tlv(0x86, b"http://a/"))).kind is GeneralNameKind.URI
        assert read_general_name(Reader(writer.tlv(0x86, b"http://\xd0\xb0/"))).text == "http://\\xd0\\xb0/"
        directory = read_general_name(Reader(writer.context(4, common_name("УЦ").der)))
        assert (directory.kind, directory.value) == (GeneralNameKind.DIRECTORY, common_name("УЦ").der)

    @pytest.mark.parametrize("data", [b"\x05\x00", b"\x89\x00", b"\x46\x00", b"", b"\xa4\x00", b"\xa4\x02\x05\x00"])
    def test_what_is_no_name_is_refused(self, data):
        assert refusal(read_general_name, Reader(data)) == "FC_ENCODING"
