"""Certificates, requests and revocation lists of the standards: they fix every byte order (RFC 9215)."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

import pytest

from signatures.core.asn1.reader import whole
from signatures.core.certificates.parse import parse_certificate
from signatures.core.certificates.values import PublicKeyInfo
from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import curve_of
from signatures.core.gost.errors import GostError

DATA: Final = Path(__file__).resolve().parents[3] / "data" / "signatures"
# what is signed, and the certificate with the key
SIGNED: Final = (
    ("rfc9215/256_test_paramset.cert.der", "rfc9215/256_test_paramset.cert.der"),
    ("rfc9215/256_test_paramset.csr.der", "rfc9215/256_test_paramset.cert.der"),
    ("rfc9215/256_test_paramset.crl.der", "rfc9215/256_test_paramset.cert.der"),
    ("rfc9215/256a_paramset.cert.der", "rfc9215/256a_paramset.cert.der"),
    ("rfc9215/256a_paramset.csr.der", "rfc9215/256a_paramset.cert.der"),
    ("rfc9215/256a_paramset.crl.der", "rfc9215/256a_paramset.cert.der"),
    ("rfc9215/512_test_paramset.cert.der", "rfc9215/512_test_paramset.cert.der"),
    ("rfc9215/512_test_paramset.csr.der", "rfc9215/512_test_paramset.cert.der"),
    ("rfc9215/512_test_paramset.crl.der", "rfc9215/512_test_paramset.cert.der"),
    ("rfc9215/tk26iok_256.cert.der", "rfc9215/tk26iok_256.cert.der"),
    ("rfc9215/tk26iok_512.cert.der", "rfc9215/tk26iok_512.cert.der"),
    ("tc26_cms/root256_cert.pem", "tc26_cms/root256_cert.pem"),
    ("tc26_cms/sender512_cert.pem", "tc26_cms/root256_cert.pem"),
    ("demo/root.pem", "demo/root.pem"),
    ("demo/iss.pem", "demo/root.pem"),
    ("demo/ee.pem", "demo/iss.pem"),
    ("demo/root.crl", "demo/root.pem"),
    ("demo/iss.crl", "demo/iss.pem"),
)


def read(name: str) -> bytes:
    """DER of a file that is DER or one PEM block."""
    data = (DATA / name).read_bytes()
    block = re.fullmatch(rb"\s*-----BEGIN [A-Z0-9 ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z0-9 ]+-----\s*", data)
    return base64.b64decode(block[1]) if block else data


def key_of(name: str) -> PublicKeyInfo:
    return parse_certificate(read(name)).public_key


def is_signed_by(gost: Gost, der: bytes, key: PublicKeyInfo) -> bool:
    """Check SEQUENCE { signed part, algorithm, BIT STRING }, which certificates, requests and lists have in common."""
    outer = whole(der)
    body, _algorithm, signature = outer.raw(), outer.raw(), outer.bits()
    running = gost.hasher(curve_of(key.curve).bits)
    running.update(body)
    return gost.verify(key.curve, key.point, running.digest(), signature)


class TestVectors:
    @pytest.mark.parametrize(("name", "issuer"), SIGNED, ids=[name for name, _ in SIGNED])
    def test_have_good_signatures(self, gost: Gost, name: str, issuer: str) -> None:
        assert is_signed_by(gost, read(name), key_of(issuer))

    @pytest.mark.parametrize(("name", "issuer"), SIGNED, ids=[name for name, _ in SIGNED])
    def test_have_none_after_a_change(self, gost: Gost, name: str, issuer: str) -> None:
        """The last bit is inside the signature, the bit in the middle inside what is signed."""
        der, key = read(name), key_of(issuer)
        outer = whole(der)
        body, _algorithm, signature = outer.raw(), outer.raw(), outer.bits()
        changed_body = body[:-1] + bytes([body[-1] ^ 1])
        changed_signature = signature[:-1] + bytes([signature[-1] ^ 1])

        assert not good(gost, key, changed_body, signature)
        assert not good(gost, key, body, changed_signature)

    def test_name_the_wrong_issuer(self, gost: Gost) -> None:
        assert not is_signed_by(gost, read("demo/ee.pem"), key_of("rfc9215/256a_paramset.cert.der"))

    def test_are_the_files_that_were_described(self) -> None:
        text = (DATA / "README.md").read_text(encoding="utf-8")
        listed = dict(reversed(line.split("  ")) for line in text.splitlines() if re.match(r"[0-9a-f]{64}  ", line))
        found = {
            str(path.relative_to(DATA)): hashlib.sha256(path.read_bytes()).hexdigest()
            for folder in ("demo", "rfc9215", "tc26_cms")
            for path in (DATA / folder).iterdir()
        }

        assert found == listed


def good(gost: Gost, key: PublicKeyInfo, body: bytes, signature: bytes) -> bool:
    running = gost.hasher(curve_of(key.curve).bits)
    running.update(body)
    try:
        return gost.verify(key.curve, key.point, running.digest(), signature)
    except GostError:
        return False
