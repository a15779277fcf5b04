"""What a client of the second generation signs, and how (esia.md 3.3, 3.5).

Raw RSA with SHA-256 is the documented extra of the stand; on the real wire the signature is GOST.
"""

import base64
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from gosuslugi_auth.wire import params


def timestamp(now: datetime) -> str:
    """Return `2026.11.20 09:00:00 +0000`."""
    return now.strftime(params.TIMESTAMP_FORMAT)


def authorization_string(*, client_id: str, scope: str, timestamp: str, state: str, redirect_uri: str, scope_org: str = "") -> str:
    """Return the string signed for v2/ac: the parts in the fixed order, without separators."""
    return f"{client_id}{scope}{scope_org}{timestamp}{state}{redirect_uri}"


def token_string(*, client_id: str, scope: str, timestamp: str, state: str, redirect_uri: str, code: str, scope_org: str = "") -> str:
    """Return the string signed for v3/te: the one of ac with the code at the end."""
    return f"{client_id}{scope}{scope_org}{timestamp}{state}{redirect_uri}{code}"


def client_secret(key: rsa.RSAPrivateKey, text: str) -> str:
    """Return the raw signature of `text` (UTF-8) as base64url without padding."""
    signature = key.sign(text.encode("utf-8"), padding.PKCS1v15(), hashes.SHA256())
    return base64.urlsafe_b64encode(signature).rstrip(b"=").decode("ascii")


def certificate_hash(certificate: x509.Certificate) -> str:
    """Return SHA-256 of the DER certificate, 64 uppercase hexadecimal digits."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(certificate.public_bytes(Encoding.DER))
    return digest.finalize().hex().upper()
