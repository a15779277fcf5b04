"""Digests and signatures by OID: which hash, which mathematics, and why a value was refused.

GOST goes to the back-end that is handed in, the rest to `cryptography`. What a policy thinks of an algorithm is
decided in `acceptance`; here is only what can be computed at all: broken digests cannot.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import load_der_public_key

from signatures.core.asn1 import oids, tags
from signatures.core.asn1.reader import whole
from signatures.core.certificates.values import KeyKind, PublicKeyInfo
from signatures.core.cms.signers import signature_digest
from signatures.core.cms.values import AlgorithmIdentifier
from signatures.core.errors import SignatureFormatError
from signatures.core.gost import errors as gost_errors
from signatures.core.gost.interfaces import GostBackend, Hasher

ECDSA: Final = frozenset({oids.EC_KEY, *(f"1.2.840.10045.4.3.{number}" for number in (2, 3, 4))})
RSA_PKCS1: Final = frozenset({oids.RSA, *(f"1.2.840.113549.1.1.{number}" for number in (11, 12, 13))})

_STREEBOG: Final = MappingProxyType({oids.STREEBOG_256: 256, oids.STREEBOG_512: 512})
_SHA: Final = MappingProxyType({oids.SHA_256: "sha256", oids.SHA_384: "sha384", oids.SHA_512: "sha512"})
_HASHES: Final[Mapping[str, hashes.HashAlgorithm]] = MappingProxyType(
    {oids.SHA_256: hashes.SHA256(), oids.SHA_384: hashes.SHA384(), oids.SHA_512: hashes.SHA512()}
)
_FAMILIES: Final[Mapping[KeyKind, frozenset[str]]] = MappingProxyType(
    {
        KeyKind.GOST_2012_256: frozenset({oids.GOST_2012_256, oids.GOST_2012_256_WITH_DIGEST}),
        KeyKind.GOST_2012_512: frozenset({oids.GOST_2012_512, oids.GOST_2012_512_WITH_DIGEST}),
        KeyKind.RSA: RSA_PKCS1 | {oids.RSA_PSS},
        KeyKind.EC: ECDSA,
        KeyKind.ED25519: frozenset({oids.ED25519}),
    }
)
_GOST_KINDS: Final = frozenset({KeyKind.GOST_2012_256, KeyKind.GOST_2012_512})
# RFC 4055 3.1: defaults of the parameters.
_DEFAULT_SALT_BYTES: Final = 20
_MGF1: Final = "1.2.840.113549.1.1.8"


class DigestUnavailable(Exception):
    """The digest is broken, withdrawn or unknown, and is not computed here; the text is its OID."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a key made a signature.

    Attributes:
        reason_id: empty when it did, else `CV_SIGNATURE_BAD`, `CV_SIGNATURE_RANGE`, `CV_KEY_INVALID`,
            `FC_ALGORITHM_MISMATCH` or `SAV_WEAK_DIGEST` (not computed).
        detail: what exactly, in English; may name a known mistake of the signing program.
    """

    reason_id: str = ""
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the key made the signature."""
        return not self.reason_id


GOOD: Final = Proof()
BAD: Final = Proof("CV_SIGNATURE_BAD")


def hasher(oid: str, backend: GostBackend) -> Hasher:
    """Return a running digest.

    Raises:
        DigestUnavailable: it is not one of Streebog and SHA-2.
    """
    if oid in _STREEBOG:
        return backend.hasher(_STREEBOG[oid])
    if oid in _SHA:
        return hashlib.new(_SHA[oid])
    raise DigestUnavailable(oid)


def digest(oid: str, data: bytes, backend: GostBackend) -> bytes:
    """Return the digest of a value.

    Raises:
        DigestUnavailable: it is not one of Streebog and SHA-2.
    """
    running = hasher(oid, backend)
    running.update(data)
    return running.digest()


def is_available(oid: str) -> bool:
    """Return whether a digest can be computed here."""
    return oid in _STREEBOG or oid in _SHA


def prove(key: PublicKeyInfo, algorithm: AlgorithmIdentifier, digest_oid: str, message: bytes, signature: bytes, backend: GostBackend) -> Proof:
    """Check a signature over a message that is at hand.

    Args:
        key: of the signer.
        algorithm: of the signature; a key OID and a with-digest OID are both accepted.
        digest_oid: named beside the signature; empty when the algorithm alone fixes it (certificates, CRLs, OCSP).
        message: the signed bytes.
        signature: the signature value.
        backend: does the GOST arithmetic.
    """
    if key.kind is KeyKind.ED25519 and algorithm.oid == oids.ED25519 and algorithm.is_plain:
        return _ed25519(key, message, signature)
    chosen = digest_oid or signature_digest(algorithm)
    try:
        return prove_digest(key, algorithm, chosen, digest(chosen, message, backend), signature, backend)
    except DigestUnavailable as unavailable:
        return Proof("SAV_WEAK_DIGEST", str(unavailable))


def prove_digest(key: PublicKeyInfo, algorithm: AlgorithmIdentifier, digest_oid: str, value: bytes, signature: bytes, backend: GostBackend) -> Proof:
    """Check a signature over a message whose digest is known; the arguments are those of `prove`."""
    if algorithm.oid not in _FAMILIES.get(key.kind, frozenset()) or not _has_fitting_parameters(key, algorithm):
        return Proof("FC_ALGORITHM_MISMATCH", f"algorithm {algorithm.oid} or its parameters with a key of kind {key.kind}")
    if key.kind in _GOST_KINDS:
        return _gost(key, value, signature, backend)
    if digest_oid not in _HASHES:
        return Proof("FC_ALGORITHM_MISMATCH", f"digest {digest_oid} with algorithm {algorithm.oid}")
    if key.kind is KeyKind.ED25519:
        return Proof("FC_ALGORITHM_MISMATCH", "Ed25519 signs a whole message")
    return _with_cryptography(key, algorithm, digest_oid, value, signature)


def _has_fitting_parameters(key: PublicKeyInfo, algorithm: AlgorithmIdentifier) -> bool:
    """Return whether the parameters say nothing, or repeat those of the key; nothing that is not read may stand there."""
    return algorithm.oid == oids.RSA_PSS or algorithm.is_plain or algorithm.parameters == key.algorithm.parameters


def _gost(key: PublicKeyInfo, value: bytes, signature: bytes, backend: GostBackend) -> Proof:
    try:
        if backend.verify(key.curve, key.point, value, signature):
            return GOOD
    except (gost_errors.PublicKeyInvalid, gost_errors.UnknownCurve) as error:
        return Proof("CV_KEY_INVALID", str(error))
    except (gost_errors.SignatureOutOfRange, gost_errors.SignatureLengthWrong) as error:
        return Proof("CV_SIGNATURE_RANGE", str(error))
    except gost_errors.DigestLengthWrong as error:
        return Proof("FC_ALGORITHM_MISMATCH", str(error))
    return Proof("CV_SIGNATURE_BAD", _known_mistake(key, value, signature, backend))


def _known_mistake(key: PublicKeyInfo, value: bytes, signature: bytes, backend: GostBackend) -> str:
    """Name the mistake of the signing program, only to help its author: the answer stays negative (signatures.md 5.3)."""
    half = len(signature) // 2
    mistakes = (
        ("the halves s and r are swapped", value, signature[half:] + signature[:half]),
        ("the digest was signed with its bytes reversed", value[::-1], signature),
        ("the bytes of the signature are reversed", value, signature[::-1]),
    )
    for name, as_digest, as_signature in mistakes:
        try:
            if backend.verify(key.curve, key.point, as_digest, as_signature):
                return name
        except gost_errors.GostError:
            continue
    return ""


@lru_cache(maxsize=256)
def _loaded(spki: bytes) -> object:
    """Load a key of another family; the result depends on the bytes alone."""
    return load_der_public_key(spki)


def _ed25519(key: PublicKeyInfo, message: bytes, signature: bytes) -> Proof:
    return _attempt(key, lambda loaded: loaded.verify(signature, message) if isinstance(loaded, ed25519.Ed25519PublicKey) else _refuse())


def _with_cryptography(key: PublicKeyInfo, algorithm: AlgorithmIdentifier, digest_oid: str, value: bytes, signature: bytes) -> Proof:
    prehashed = utils.Prehashed(_HASHES[digest_oid])

    def verify(loaded: object) -> None:
        if isinstance(loaded, rsa.RSAPublicKey):
            loaded.verify(signature, value, _padding(algorithm, digest_oid), prehashed)
        elif isinstance(loaded, ec.EllipticCurvePublicKey):
            loaded.verify(signature, value, ec.ECDSA(prehashed))
        else:
            _refuse()

    return _attempt(key, verify)


def _refuse() -> None:
    raise InvalidSignature


def _attempt(key: PublicKeyInfo, verify: Callable[[object], None]) -> Proof:
    try:
        loaded = _loaded(key.der)
    except (ValueError, UnsupportedAlgorithm) as error:
        return Proof("CV_KEY_INVALID", str(error))
    try:
        verify(loaded)
    except (InvalidSignature, ValueError, SignatureFormatError) as error:
        return Proof("CV_SIGNATURE_BAD", str(error))
    return GOOD


def _padding(algorithm: AlgorithmIdentifier, digest_oid: str) -> padding.AsymmetricPadding:
    if algorithm.oid != oids.RSA_PSS:
        return padding.PKCS1v15()
    return padding.PSS(mgf=padding.MGF1(_HASHES[digest_oid]), salt_length=_pss_salt_bytes(algorithm, digest_oid))


def _pss_salt_bytes(algorithm: AlgorithmIdentifier, digest_oid: str) -> int:
    """Read the parameters of RSASSA-PSS (RFC 4055 3.1): one digest for both of its uses, the standard trailer."""
    reader = whole(algorithm.parameters or b"")
    reader.optional(tags.context(0))
    mask, salt, trailer = (reader.optional(tags.context(number)) for number in (1, 2, 3))
    reader.finish()
    function = mask.enter() if mask else None
    if function is None or function.oid() != _MGF1 or function.enter().oid() != digest_oid:
        raise InvalidSignature("RSASSA-PSS with another digest in its mask")
    if trailer and trailer.integer() != 1:
        raise InvalidSignature("RSASSA-PSS with an unknown trailer")
    return salt.small() if salt else _DEFAULT_SALT_BYTES
