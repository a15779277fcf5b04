"""Keys and certificates that an installation of the stand makes for itself at first start."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from frmr_portal.env import made_once

RSA_BITS: Final = 2048
# EM-10: nobody may take a certificate of the stand for one of a real authority
TEST_MARK: Final = "ТЕСТ"
_VALID_FOR: Final = timedelta(days=5 * 365)
# two machines never agree on the time to the second
_SKEW: Final = timedelta(days=1)


class CertificateNotMarked(ValueError):
    """A certificate of the stand must say in its name that it is a test one."""


class KeyNotUsable(Exception):
    """A key or certificate file is absent, or does not hold what it should."""


def make_key_pair(key_file: Path, certificate_file: Path, *, common_name: str, now: datetime) -> None:
    """Make an RSA key and its self-signed certificate unless the files exist.

    Safe to call from several processes at once: each file is made by exactly one of them, and the
    certificate is always made for the key that won.

    Args:
        key_file: private key, PEM, PKCS#8, readable by its owner only.
        certificate_file: certificate, PEM.
        common_name: subject and issuer; contains «ТЕСТ».
        now: start of the validity, timezone-aware.

    Raises:
        CertificateNotMarked: the name lacks «ТЕСТ».
    """
    if TEST_MARK not in common_name:
        raise CertificateNotMarked(common_name)
    made_once(key_file, _new_key)
    key = read_private_key(key_file)
    made_once(certificate_file, lambda: _self_signed(key, common_name, now))


def _new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode("ascii")


def _self_signed(key: rsa.RSAPrivateKey, common_name: str, now: datetime) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + _VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _signing_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def read_private_key(path: Path) -> rsa.RSAPrivateKey:
    """Return the RSA key of a PEM file; a file is parsed again only after it has changed.

    Raises:
        KeyNotUsable: the file is absent or holds something else.
    """
    return _private_key(path, _version(path))


def read_certificate(path: Path) -> x509.Certificate:
    """Return the certificate of a PEM file; a file is parsed again only after it has changed.

    Raises:
        KeyNotUsable: the file is absent or holds something else.
    """
    return _certificate(path, _version(path))


def _version(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise KeyNotUsable(str(path)) from error
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=16)
def _private_key(path: Path, _as_of: tuple[int, int]) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyNotUsable(str(path)) from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise KeyNotUsable(str(path))
    return key


@lru_cache(maxsize=16)
def _certificate(path: Path, _as_of: tuple[int, int]) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise KeyNotUsable(str(path)) from error
