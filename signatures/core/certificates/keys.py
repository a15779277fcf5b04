"""Public keys: SubjectPublicKeyInfo of the families that signatures use."""

from types import MappingProxyType
from typing import Final

from signatures.core.asn1 import oids, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.certificates.values import KeyKind, PublicKeyInfo
from signatures.core.cms.attributes import algorithm_identifier
from signatures.core.cms.values import AlgorithmIdentifier
from signatures.core.errors import encoding, limit

MAX_RSA_BITS: Final = 16_384

_GOST: Final = MappingProxyType(
    {oids.GOST_2012_256: (KeyKind.GOST_2012_256, 256), oids.GOST_2012_512: (KeyKind.GOST_2012_512, 512), oids.GOST_2001: (KeyKind.GOST_2001, 256)}
)
# SEC 2 and RFC 5639 curves by OID: bits of the order.
_EC_BITS: Final = MappingProxyType(
    {
        "1.2.840.10045.3.1.1": 192,
        "1.3.132.0.33": 224,
        "1.2.840.10045.3.1.7": 256,
        "1.3.132.0.10": 256,
        "1.3.132.0.34": 384,
        "1.3.132.0.35": 521,
        "1.3.36.3.3.2.8.1.1.7": 256,
        "1.3.36.3.3.2.8.1.1.11": 384,
        "1.3.36.3.3.2.8.1.1.13": 512,
    }
)
_ED25519_BITS: Final = 256


def read_public_key(reader: Reader) -> PublicKeyInfo:
    """Take a SubjectPublicKeyInfo.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_LIMITS. Whether a point lies on its curve is not judged here.
    """
    start = reader.pos
    inner = reader.enter()
    algorithm = algorithm_identifier(inner.enter())
    key = inner.bits()
    inner.finish()
    der = reader.data[start : reader.pos]
    if algorithm.oid in _GOST:
        return _gost(algorithm, key, der)
    if algorithm.oid in {oids.RSA, oids.RSA_PSS}:
        return PublicKeyInfo(algorithm, KeyKind.RSA, _rsa_bits(key), "", "", key, b"", der)
    if algorithm.oid == oids.EC_KEY:
        curve = _named_curve(algorithm)
        return PublicKeyInfo(algorithm, KeyKind.EC, _EC_BITS.get(curve, 0), curve, "", key, b"", der)
    if algorithm.oid == oids.ED25519:
        return PublicKeyInfo(algorithm, KeyKind.ED25519, _ED25519_BITS, "", "", key, b"", der)
    return PublicKeyInfo(algorithm, KeyKind.OTHER, 0, "", "", key, b"", der)


def _gost(algorithm: AlgorithmIdentifier, key: bytes, der: bytes) -> PublicKeyInfo:
    """Read a GOST key: parameters with an optional digest, the point in an OCTET STRING (RFC 9215 4)."""
    kind, bits = _GOST[algorithm.oid]
    curve, digest = _gost_parameters(algorithm)
    outer = Reader(key)
    point = outer.octets()
    outer.finish()
    if len(point) != bits // 4:
        raise encoding(f"a point of {len(point)} bytes for a key of {bits} bits")
    return PublicKeyInfo(algorithm, kind, bits, curve, digest, key, point, der)


def _gost_parameters(algorithm: AlgorithmIdentifier) -> tuple[str, str]:
    if algorithm.parameters is None:
        raise encoding("a GOST key without parameters")
    reader = whole(algorithm.parameters)
    curve = reader.oid()
    digest = reader.oid() if reader.next_is(tags.OID) else ""
    # Keys of 2001 may name a set of the cipher too (RFC 4491 2.3.2).
    if reader.next_is(tags.OID):
        reader.oid()
    reader.finish()
    return curve, digest


def _rsa_bits(key: bytes) -> int:
    reader = whole(key)
    modulus, exponent = reader.integer(), reader.integer()
    reader.finish()
    if modulus <= 0 or exponent <= 0:
        raise encoding("an RSA key that is not positive")
    if modulus.bit_length() > MAX_RSA_BITS:
        raise limit("limit.key", f"an RSA key of {modulus.bit_length()} bits")
    return modulus.bit_length()


def _named_curve(algorithm: AlgorithmIdentifier) -> str:
    """Return the OID of a named curve; empty for explicit parameters, which no policy accepts."""
    if algorithm.parameters is None:
        raise encoding("an EC key without parameters")
    reader = Reader(algorithm.parameters)
    return reader.oid() if reader.next_is(tags.OID) else ""
