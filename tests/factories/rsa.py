"""Signatures and certificates of an independent encoder: the `cryptography` library, RSA, made in memory."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

NOT_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "ТЕСТОВЫЙ подписант")])


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def builder(*, subject: x509.Name = NAME, public_key: CertificatePublicKeyTypes | None = None) -> x509.CertificateBuilder:
    """A certificate of one issuer to which a test adds what it is about."""
    moments = x509.CertificateBuilder().not_valid_before(NOT_BEFORE).not_valid_after(NOT_BEFORE + timedelta(days=365))
    return moments.subject_name(subject).issuer_name(NAME).public_key(public_key or key().public_key()).serial_number(4711)


@cache
def certificate() -> x509.Certificate:
    key_id = x509.SubjectKeyIdentifier.from_public_key(key().public_key())
    return builder().add_extension(key_id, critical=False).sign(key(), hashes.SHA256())


def der(found: x509.Certificate | x509.CertificateRevocationList | x509.CertificateSigningRequest) -> bytes:
    return found.public_bytes(serialization.Encoding.DER)


def signed(document: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    """Return a CMS with signed attributes, DER, SHA-256."""
    made = pkcs7.PKCS7SignatureBuilder().set_data(document).add_signer(certificate(), key(), hashes.SHA256())
    return made.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])
