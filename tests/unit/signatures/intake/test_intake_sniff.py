"""Files are recognised by content, never by name."""

import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from signatures.core.asn1 import oids, writer
from signatures.core.cms import Encoding, parse_signed_data
from signatures.core.intake import FileKind, Wrapping, container_bytes, recognise, recognise_bundle
from tests.factories import asn1_tree, rsa
from tests.factories.containers import VECTORS, Container, vector, vector_der
from tests.factories.properties import fuzz
from tests.factories.refusals import outcome, refusal

SIGNATURE = vector("demo/doc.sig")
KINDS = {
    ".sig": FileKind.CMS,
    ".txt": FileKind.OTHER,
    ".crl": FileKind.REVOCATION_LIST,
    ".cert.der": FileKind.CERTIFICATE,
    ".csr.der": FileKind.REQUEST,
    ".crl.der": FileKind.REVOCATION_LIST,
    "cert.pem": FileKind.CERTIFICATE,
    "root.pem": FileKind.CERTIFICATE,
    "iss.pem": FileKind.CERTIFICATE,
    "ee.pem": FileKind.CERTIFICATE,
    "a111.pem": FileKind.CMS,
    "flipped.der": FileKind.CMS,
}
FILES = sorted(VECTORS.glob("*/*"))


def pem(data: bytes, label: str = "CMS", newline: str = "\n", width: int = 64) -> bytes:
    text = base64.b64encode(data).decode()
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return newline.join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode()


def streamed(data: bytes) -> bytes:
    tree = asn1_tree.parse(data)
    tree.form = "indefinite"
    return tree.encode()


WRAPPED = {
    "DER": (SIGNATURE, Wrapping.NONE),
    "BER": (streamed(SIGNATURE), Wrapping.NONE),
    "PEM": (pem(SIGNATURE), Wrapping.PEM),
    "PEM of PKCS7": (pem(SIGNATURE, "PKCS7"), Wrapping.PEM),
    "PEM with CRLF": (pem(SIGNATURE, newline="\r\n"), Wrapping.PEM),
    "PEM in one line": (pem(SIGNATURE, width=10_000), Wrapping.PEM),
    "PEM with a byte order mark": (b"\xef\xbb\xbf" + pem(SIGNATURE), Wrapping.PEM),
    "PEM in UTF-16": (pem(SIGNATURE).decode().encode("utf-16"), Wrapping.PEM),
    "PEM between empty lines": (b"\r\n\n" + pem(SIGNATURE) + b"\n \t\n", Wrapping.PEM),
    "PEM without the last line break": (pem(SIGNATURE).rstrip(), Wrapping.PEM),
    "base64": (base64.b64encode(SIGNATURE), Wrapping.BASE64),
    "base64 with line breaks": (base64.encodebytes(SIGNATURE), Wrapping.BASE64),
    "base64 with CRLF": (base64.encodebytes(SIGNATURE).replace(b"\n", b"\r\n"), Wrapping.BASE64),
    "base64 with a byte order mark": (b"\xef\xbb\xbf" + base64.b64encode(SIGNATURE), Wrapping.BASE64),
    "base64 in UTF-16": (base64.b64encode(SIGNATURE).decode().encode("utf-16"), Wrapping.BASE64),
    "base64 of BER": (base64.b64encode(streamed(SIGNATURE)), Wrapping.BASE64),
}


class TestVectors:
    @pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(VECTORS)) for path in FILES])
    def test_every_file_is_what_it_is(self, path):
        expected = max((ending for ending in KINDS if path.name.endswith(ending)), key=len)

        assert recognise(path.read_bytes()).kind is KINDS[expected]


class TestWrapping:
    @pytest.mark.parametrize(("data", "wrapping"), WRAPPED.values(), ids=WRAPPED)
    def test_every_form_of_a_signature_gives_the_same_signature(self, data, wrapping):
        found = recognise(data)

        assert (found.kind, found.wrapping) == (FileKind.CMS, wrapping)
        assert parse_signed_data(container_bytes(data)).der == SIGNATURE

    def test_ber_inside_of_a_text_is_noticed(self):
        assert parse_signed_data(container_bytes(base64.b64encode(streamed(SIGNATURE)))).encoding is Encoding.BER

    @pytest.mark.parametrize(
        ("what", "data"),
        [
            ("text before", b"Hello\n" + pem(SIGNATURE)),
            ("text after", pem(SIGNATURE) + b"Bye\n"),
            ("a zero after", pem(SIGNATURE) + b"\0"),
            ("two blocks", pem(SIGNATURE) * 2),
            ("a signature and a certificate", pem(SIGNATURE) + pem(vector_der("demo/ee.pem"), "CERTIFICATE")),
            ("another label at the end", pem(SIGNATURE).replace(b"END CMS", b"END PKCS7")),
            ("no end", pem(SIGNATURE)[:-30]),
            ("headers inside", pem(SIGNATURE).replace(b"CMS-----\n", b"CMS-----\nProc-Type: 4,ENCRYPTED\n", 1)),
            ("text inside", pem(SIGNATURE).replace(b"\nM", b"\n#M", 1)),
            ("no line break", pem(SIGNATURE).replace(b"-----\n", b"-----", 1)),
            ("a small label", pem(SIGNATURE, "cms")),
        ],
    )
    def test_a_block_with_anything_around_or_inside_is_refused(self, what, data):
        assert refusal(recognise, data) == "FC_PEM_NOISE", what

    def test_broken_base64_inside_of_a_block_is_refused(self):
        assert refusal(recognise, b"-----BEGIN CMS-----\nMII\n-----END CMS-----\n") == "FC_ENCODING"
        assert refusal(recognise, b"-----BEGIN CMS-----\nMI==II==\n-----END CMS-----\n") == "FC_ENCODING"

    def test_a_block_of_50_megabytes_is_refused(self):
        assert refusal(recognise, b"-----BEGIN CMS-----\n" + b"A" * (49 << 20)) == "FC_LIMITS"


class TestOtherFiles:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (b"%PDF-1.7\n...", FileKind.PDF),
            (b"PK\x03\x04...", FileKind.ZIP),
            (b"PK\x05\x06" + bytes(18), FileKind.ZIP),
            (b'<?xml version="1.0"?><a/>', FileKind.XML),
            (b"\xef\xbb\xbf \n<a/>", FileKind.XML),
            ("<a/>".encode("utf-16"), FileKind.XML),
            (b"<!DOCTYPE html><html>", FileKind.OTHER),
            (b"\n<HTML>", FileKind.OTHER),
            (b"", FileKind.OTHER),
            (b"0", FileKind.OTHER),
            (b"0000000", FileKind.OTHER),
            (b"MIIB", FileKind.OTHER),
            (b"abc", FileKind.OTHER),
            (b"\xff\xfe\x00", FileKind.OTHER),
            ("привет".encode("utf-16"), FileKind.OTHER),
            (bytes(1000), FileKind.OTHER),
            (writer.sequence(writer.enumerated(6)), FileKind.OCSP),
            (writer.sequence(writer.enumerated(4)), FileKind.OTHER),
            (writer.sequence(writer.sequence(writer.integer(0)), writer.sequence(writer.oid(oids.SIGNED_DATA))), FileKind.TIME_STAMP_RESPONSE),
            (writer.sequence(writer.sequence(writer.integer(2))), FileKind.TIME_STAMP_RESPONSE),
            (writer.sequence(writer.sequence(writer.utf8("x"))), FileKind.OTHER),
            (writer.sequence(writer.integer(3), writer.sequence()), FileKind.PKCS12),
            (writer.sequence(writer.integer(7)), FileKind.OTHER),
            (writer.sequence(writer.null()), FileKind.OTHER),
            (b"\x30\xff" + bytes(200), FileKind.OTHER),
        ],
    )
    def test_are_told_apart(self, data, kind):
        assert recognise(data).kind is kind

    @pytest.mark.parametrize("form", ["PKCS8", "TraditionalOpenSSL"])
    @pytest.mark.parametrize("wrapping", ["DER", "PEM"])
    def test_a_private_key_is_noticed_in_every_form(self, form, wrapping):
        for key in (rsa.key(), ec.generate_private_key(ec.SECP256R1())):
            data = key.private_bytes(getattr(serialization.Encoding, wrapping), getattr(serialization.PrivateFormat, form), serialization.NoEncryption())

            assert recognise(data).kind is FileKind.PRIVATE_KEY
            assert refusal(container_bytes, data) == "FC_OTHER_CMS"


class TestContainerBytes:
    @pytest.mark.parametrize("name", ["demo/ee.pem", "demo/iss.crl", "rfc9215/256a_paramset.csr.der"])
    def test_a_file_of_the_same_world_is_named(self, name):
        assert refusal(container_bytes, vector(name)) == "FC_OTHER_CMS"

    @pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<a/>", b"PK\x03\x04", bytes(100)])
    def test_any_other_file_is_not_a_signature(self, data):
        assert refusal(container_bytes, data) == "FC_NOT_A_SIGNATURE"

    def test_what_follows_a_der_signature_is_left_to_the_front_parser(self):
        assert refusal(parse_signed_data, container_bytes(SIGNATURE + b"\n")) == "FC_TRAILING_BYTES"

    def test_another_container_is_left_to_the_front_parser(self):
        data = Container(outer_type=oids.DATA).der()

        assert refusal(parse_signed_data, container_bytes(data)) == "FC_OTHER_CMS"


class TestBundle:
    def test_an_operator_may_keep_many_certificates_in_one_file_with_notes(self):
        data = b"# root\n" + vector("demo/root.pem") + b"# issuing\n" + vector("demo/iss.pem") + vector("demo/iss.crl")

        found = recognise_bundle(data)

        assert [one.kind for one in found] == [FileKind.CERTIFICATE, FileKind.CERTIFICATE, FileKind.REVOCATION_LIST]
        assert found[0].content == vector_der("demo/root.pem")

    def test_one_value_is_a_bundle_of_one(self):
        assert [one.kind for one in recognise_bundle(vector_der("demo/root.pem"))] == [FileKind.CERTIFICATE]


class TestAnyBytes:
    @fuzz
    @given(st.binary(max_size=300))
    def test_noise_is_recognised_or_refused(self, data):
        outcome(recognise, data)
        outcome(container_bytes, data)

    @fuzz
    @given(st.sampled_from([data for data, _ in WRAPPED.values()]), st.integers(min_value=0), st.binary(min_size=1, max_size=4))
    def test_changed_texts_are_recognised_or_refused(self, data, place, patch):
        place %= len(data)
        changed = data[:place] + patch + data[place + len(patch) :]

        outcome(lambda: parse_signed_data(container_bytes(changed)))

    @fuzz
    @given(st.text(alphabet="-BEGINEDCMS 5\r\n=+/Aa", max_size=120))
    def test_texts_like_a_block_are_recognised_or_refused(self, text):
        outcome(recognise, b"-----BEGIN CMS-----" + text.encode())
        outcome(recognise_bundle, b"-----BEGIN CMS-----" + text.encode())
