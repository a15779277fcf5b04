import base64
import re
import subprocess
from datetime import UTC, datetime

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from frmr_portal.base.kit import keys
from gosuslugi_auth.client import signing

PARTS = {"client_id": "FRMR_STAND", "scope": "openid fullname", "timestamp": "T", "state": "S", "redirect_uri": "R"}


class TestStrings:
    def test_the_order_of_ac(self):
        assert signing.authorization_string(**PARTS) == "FRMR_STANDopenid fullnameTSR"

    def test_scope_org_stands_after_scope(self):
        assert signing.authorization_string(**PARTS, scope_org="org_inn") == "FRMR_STANDopenid fullnameorg_innTSR"

    def test_the_code_ends_the_string_of_te(self):
        assert signing.token_string(**PARTS, code="C") == "FRMR_STANDopenid fullnameTSRC"

    def test_the_timestamp_has_the_form_of_the_wire(self):
        assert signing.timestamp(datetime(2026, 11, 20, 9, 0, 5, tzinfo=UTC)) == "2026.11.20 09:00:05 +0000"


class TestSignature:
    def test_is_a_raw_rsa_signature_in_base64url_without_padding(self, portal_keys):
        secret = signing.client_secret(keys.read_private_key(portal_keys / "portal.key"), "текст")

        assert re.fullmatch(r"[A-Za-z0-9_-]{342}", secret)
        raw = base64.urlsafe_b64decode(secret + "==")
        keys.read_certificate(portal_keys / "portal.crt").public_key().verify(raw, "текст".encode(), padding.PKCS1v15(), hashes.SHA256())

    def test_another_program_verifies_it(self, portal_keys, tmp_path):
        secret = signing.client_secret(keys.read_private_key(portal_keys / "portal.key"), "текст")
        public = keys.read_certificate(portal_keys / "portal.crt").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (tmp_path / "public.pem").write_bytes(public)
        (tmp_path / "signature").write_bytes(base64.urlsafe_b64decode(secret + "=="))
        (tmp_path / "text").write_text("текст")

        command = ["openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "text"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert done.stdout.strip() == "Verified OK"

    def test_the_hash_is_of_the_der_certificate_in_capitals(self, portal_keys):
        certificate = keys.read_certificate(portal_keys / "portal.crt")

        assert signing.certificate_hash(certificate) == certificate.fingerprint(hashes.SHA256()).hex().upper()
        assert len(signing.certificate_hash(certificate)) == 64
