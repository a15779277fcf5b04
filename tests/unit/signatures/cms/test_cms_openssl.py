"""Containers of the program that most people use."""

import subprocess

import pytest
from cryptography.hazmat.primitives import serialization

from signatures.core.cms import STRICT_DER, Encoding, parse_signed_data
from tests.factories import rsa
from tests.factories.refusals import refusal


@pytest.mark.compat
class TestOpenssl:
    @pytest.fixture
    def sign(self, tmp_path):
        (tmp_path / "cert.pem").write_bytes(rsa.certificate().public_bytes(serialization.Encoding.PEM))
        key = rsa.key().private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        (tmp_path / "key.pem").write_bytes(key)
        (tmp_path / "doc").write_bytes(b"hello \xd0\xb4\n" * 1000)

        def run(*options: str) -> bytes:
            words = [
                "openssl",
                "cms",
                "-sign",
                "-binary",
                "-in",
                "doc",
                "-signer",
                "cert.pem",
                "-inkey",
                "key.pem",
                "-md",
                "sha256",
                "-outform",
                "DER",
                *options,
            ]
            return subprocess.run(words, cwd=tmp_path, check=True, capture_output=True).stdout

        return run

    def test_a_stream_with_indefinite_lengths_is_canonicalised(self, sign):
        streamed = sign("-stream", "-nodetach", "-cades")

        signed = parse_signed_data(streamed)

        assert streamed[1] == 0x80
        assert signed.encoding is Encoding.BER
        assert signed.content == b"hello \xd0\xb4\n" * 1000
        assert parse_signed_data(signed.der).encoding is Encoding.DER
        assert refusal(parse_signed_data, streamed, STRICT_DER) == "FC_ENCODING"

    @pytest.mark.parametrize("options", [["-cades"], ["-nodetach"], ["-keyid"], ["-noattr"], ["-nocerts"], ["-nosmimecap"]])
    def test_its_other_forms_are_read_as_der(self, sign, options):
        assert parse_signed_data(sign(*options)).encoding is Encoding.DER
