"""Certificates and requests: bytes in, frozen values or a `SignatureFormatError` out. Source: RFC 5280 4.1, RFC 2986."""

from functools import lru_cache
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, whole
from signatures.core.certificates.extensions import read_extensions
from signatures.core.certificates.keys import read_public_key
from signatures.core.certificates.names import read_name
from signatures.core.certificates.values import Certificate, CertificationRequest, Extensions
from signatures.core.cms.attributes import algorithm_identifier, attribute_set
from signatures.core.cms.values import AlgorithmIdentifier
from signatures.core.errors import SignatureFormatError, encoding, limit

MAX_CERTIFICATE_BYTES: Final = 64 * 1024

_CACHED: Final = 256
_V2: Final = 2
_V3: Final = 3
_0: Final = tags.context(0)
_3: Final = tags.context(3)
_UNIQUE_IDS: Final = (tags.context(1, constructed=False), tags.context(2, constructed=False))


@lru_cache(maxsize=_CACHED)
def parse_certificate(der: bytes) -> Certificate:
    """Read an X.509 certificate. The value depends on the bytes alone, so it is remembered.

    Args:
        der: the whole certificate, 64 KiB at most.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_TRAILING_BYTES, FC_LIMITS; FC_ALGORITHM_MISMATCH when the
            algorithm inside of the signed part is not the one outside.
    """
    _refuse_size(der)
    strict.check_once(der)
    reader = whole(der)
    tbs_reader, tbs = _signed_part(reader)
    algorithm = algorithm_identifier(reader.enter())
    signature = reader.bits()
    reader.finish()
    return _certificate(tbs_reader, der, tbs, algorithm, signature)


def _certificate(reader: Reader, der: bytes, tbs: bytes, algorithm: AlgorithmIdentifier, signature: bytes) -> Certificate:
    version = _version(reader)
    serial_number = reader.integer()
    if algorithm_identifier(reader.enter()) != algorithm:
        raise SignatureFormatError("FC_ALGORITHM_MISMATCH", "a certificate names two signature algorithms")
    issuer = read_name(reader)
    validity = reader.enter()
    not_before, not_after = validity.time(), validity.time()
    validity.finish()
    subject = read_name(reader)
    public_key = read_public_key(reader)
    extensions = _extensions(reader, version)
    reader.finish()
    return Certificate(der, tbs, version, serial_number, algorithm, signature, issuer, subject, not_before, not_after, public_key, extensions)


def _refuse_size(der: bytes) -> None:
    if len(der) > MAX_CERTIFICATE_BYTES:
        raise limit("limit.certificate", f"a certificate of {len(der)} bytes")


def _signed_part(reader: Reader) -> tuple[Reader, bytes]:
    """Take the signed part: a cursor over it and its bytes."""
    start = reader.pos
    inner = reader.enter()
    return inner, reader.data[start : reader.pos]


def _version(reader: Reader) -> int:
    inner = reader.optional(_0)
    if inner is None:
        return 1
    version = inner.small() + 1
    inner.finish()
    if version not in {_V2, _V3}:
        raise encoding(f"a certificate of version {version}")
    return version


def _extensions(reader: Reader, version: int) -> Extensions:
    """Take the unique identifiers, which nothing uses, and the extensions; version 1 has neither."""
    for tag in _UNIQUE_IDS:
        if version >= _V2 and reader.next_is(tag):
            reader.content(tag)
    outer = reader.optional(_3) if version == _V3 else None
    if outer is None:
        return Extensions()
    extensions = read_extensions(outer.enter())
    outer.finish()
    return extensions


def parse_request(der: bytes) -> CertificationRequest:
    """Read a PKCS#10 request.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_TRAILING_BYTES, FC_LIMITS.
    """
    _refuse_size(der)
    strict.check(der)
    reader = whole(der)
    inner, info = _signed_part(reader)
    algorithm = algorithm_identifier(reader.enter())
    signature = reader.bits()
    reader.finish()
    if inner.small() != 0:
        raise encoding("a request of an unknown version")
    subject, public_key = read_name(inner), read_public_key(inner)
    attributes = inner.optional(_0)
    inner.finish()
    return CertificationRequest(der, info, subject, public_key, _requested(attributes), algorithm, signature)


def _requested(reader: Reader | None) -> Extensions:
    """Return the extensions that a request asks for."""
    values = [one.values for one in attribute_set(reader) if one.oid == oids.EXTENSION_REQUEST] if reader else []
    if not values:
        return Extensions()
    if len(values) > 1 or len(values[0]) > 1:
        raise SignatureFormatError("FC_ATTR_DUPLICATED", "a request asks for extensions twice")
    return read_extensions(whole(values[0][0]))
