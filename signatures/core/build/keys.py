"""Signing keys of every family behind one small face."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.gost.curves import curve_of
from signatures.core.gost.interfaces import GostBackend, KeyPair

_HASHES: Final = MappingProxyType({oids.SHA_256: hashes.SHA256(), oids.SHA_384: hashes.SHA384(), oids.SHA_512: hashes.SHA512()})
_RSA: Final = MappingProxyType({oids.SHA_256: 11, oids.SHA_384: 12, oids.SHA_512: 13})
_ECDSA: Final = MappingProxyType({oids.SHA_256: 2, oids.SHA_384: 3, oids.SHA_512: 4})
_MGF1: Final = "1.2.840.113549.1.1.8"
_GOST_BITS: Final = 256


class SigningKey(Protocol):
    """A private key.

    Attributes:
        spki: SubjectPublicKeyInfo, DER.
        digest_oid: digest of everything that it signs.
        object_algorithm: AlgorithmIdentifier of certificates, CRLs, OCSP responses, DER.
        cms_algorithm: AlgorithmIdentifier of a SignerInfo, DER.
    """

    @property
    def spki(self) -> bytes: ...  # noqa: D102  # see the class
    @property
    def digest_oid(self) -> str: ...  # noqa: D102
    @property
    def object_algorithm(self) -> bytes: ...  # noqa: D102
    @property
    def cms_algorithm(self) -> bytes: ...  # noqa: D102

    def sign(self, message: bytes) -> bytes:
        """Return the signature value over a message."""


@dataclass(frozen=True, slots=True)
class GostKey:
    """A key of GOST R 34.10-2012 (RFC 9215 for the encodings)."""

    pair: KeyPair = field(repr=False)
    backend: GostBackend = field(repr=False)

    @property
    def _is_short(self) -> bool:
        return curve_of(self.pair.curve_oid).bits == _GOST_BITS

    @property
    def digest_oid(self) -> str:
        """Streebog of the length of the key."""
        return oids.STREEBOG_256 if self._is_short else oids.STREEBOG_512

    @property
    def _key_oid(self) -> str:
        return oids.GOST_2012_256 if self._is_short else oids.GOST_2012_512

    @property
    def spki(self) -> bytes:
        """The digest stands beside the sets of CryptoPro only (RFC 9215 4)."""
        curve = self.pair.curve_oid
        digest = w.oid(self.digest_oid) if curve.startswith("1.2.643.2.2.") else b""
        return w.sequence(w.sequence(w.oid(self._key_oid), w.sequence(w.oid(curve), digest)), w.bits(w.octets(self.pair.public)))

    @property
    def object_algorithm(self) -> bytes:
        """Signature with digest, without parameters."""
        return w.sequence(w.oid(oids.GOST_2012_256_WITH_DIGEST if self._is_short else oids.GOST_2012_512_WITH_DIGEST))

    @property
    def cms_algorithm(self) -> bytes:
        """The OID of the key, as OpenSSL and CryptoPro write it (signatures.md 5.1)."""
        return w.sequence(w.oid(self._key_oid))

    def sign(self, message: bytes) -> bytes:
        """Return s ‖ r."""
        return self.backend.sign(self.pair.curve_oid, self.pair.private, algorithms.digest(self.digest_oid, message, self.backend))


@dataclass(frozen=True, slots=True)
class RsaKey:
    """An RSA key with PKCS#1 v1.5, or with PSS in signatures of documents."""

    private: rsa.RSAPrivateKey = field(repr=False)
    digest_oid: str = oids.SHA_256
    is_pss: bool = False

    @property
    def spki(self) -> bytes:
        """The public key, always as rsaEncryption."""
        return _spki(self.private.public_key())

    @property
    def object_algorithm(self) -> bytes:
        """The algorithm with its digest."""
        if self.is_pss:
            return self.cms_algorithm
        return w.sequence(w.oid(f"1.2.840.113549.1.1.{_RSA[self.digest_oid]}"), w.null())

    @property
    def cms_algorithm(self) -> bytes:
        """rsaEncryption, or RSASSA-PSS with all parameters."""
        return self._pss_algorithm() if self.is_pss else w.sequence(w.oid(oids.RSA), w.null())

    def _pss_algorithm(self) -> bytes:
        digest = w.sequence(w.oid(self.digest_oid), w.null())
        mask = w.sequence(w.oid(_MGF1), digest)
        parameters = w.sequence(w.context(0, digest), w.context(1, mask), w.context(2, w.integer(oids.DIGEST_BYTES[self.digest_oid])))
        return w.sequence(w.oid(oids.RSA_PSS), parameters)

    def sign(self, message: bytes) -> bytes:
        """Return the signature value."""
        chosen = _HASHES[self.digest_oid]
        if self.is_pss:
            return self.private.sign(message, padding.PSS(padding.MGF1(chosen), oids.DIGEST_BYTES[self.digest_oid]), chosen)
        return self.private.sign(message, padding.PKCS1v15(), chosen)


@dataclass(frozen=True, slots=True)
class EcKey:
    """An ECDSA key."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)
    digest_oid: str = oids.SHA_256

    @property
    def spki(self) -> bytes:
        """The public key."""
        return _spki(self.private.public_key())

    @property
    def object_algorithm(self) -> bytes:
        """ECDSA with its digest, without parameters."""
        return w.sequence(w.oid(f"1.2.840.10045.4.3.{_ECDSA[self.digest_oid]}"))

    @property
    def cms_algorithm(self) -> bytes:
        """The same."""
        return self.object_algorithm

    def sign(self, message: bytes) -> bytes:
        """Return the DER of r and s."""
        return self.private.sign(message, ec.ECDSA(_HASHES[self.digest_oid]))


@dataclass(frozen=True, slots=True)
class Ed25519Key:
    """An Ed25519 key; its digest is SHA-512 everywhere (RFC 8419 3)."""

    private: ed25519.Ed25519PrivateKey = field(repr=False)
    digest_oid: str = oids.SHA_512

    @property
    def spki(self) -> bytes:
        """The public key."""
        return _spki(self.private.public_key())

    @property
    def object_algorithm(self) -> bytes:
        """Ed25519, without parameters."""
        return w.sequence(w.oid(oids.ED25519))

    @property
    def cms_algorithm(self) -> bytes:
        """The same."""
        return self.object_algorithm

    def sign(self, message: bytes) -> bytes:
        """Return the signature value."""
        return self.private.sign(message)


def _spki(public: rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
