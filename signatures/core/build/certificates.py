"""Certificates and requests, written in DER (RFC 5280 4.1, RFC 2986)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.asn1.reader import whole
from signatures.core.build.keys import SigningKey

_V3: Final = 2
_NUMERIC: Final = frozenset({oids.OGRN, oids.SNILS, oids.INN_LE, oids.OGRNIP, oids.INN})


@dataclass(frozen=True, slots=True)
class CertificateSpec:
    """What a certificate says.

    Attributes:
        subject: DER of the name.
        spki: DER of the public key.
        extensions: DER of each extension, see `build.extensions`; none gives a certificate of version 1.
    """

    subject: bytes
    spki: bytes = field(repr=False)
    serial_number: int
    not_before: datetime
    not_after: datetime
    extensions: tuple[bytes, ...] = ()


def name(*attributes: tuple[str, str]) -> bytes:
    """Return a distinguished name of (OID, text) pairs, from the root down, each in the string type of its kind."""
    return w.sequence(*(w.set_of(w.sequence(w.oid(oid), _text(oid, text))) for oid, text in attributes))


def _text(oid: str, text: str) -> bytes:
    if oid in _NUMERIC:
        return w.numeric(text)
    if oid == oids.COUNTRY:
        return w.printable(text)
    return w.ia5(text) if oid == oids.EMAIL else w.utf8(text)


def certificate(spec: CertificateSpec, *, issuer: bytes, issuer_key: SigningKey) -> bytes:
    """Return a signed certificate.

    Args:
        spec: what it says.
        issuer: DER of the name of the authority.
        issuer_key: signs it.
    """
    extended = bool(spec.extensions)
    tbs = w.sequence(
        w.context(0, w.integer(_V3)) if extended else b"",
        w.integer(spec.serial_number),
        issuer_key.object_algorithm,
        issuer,
        w.sequence(w.time(spec.not_before), w.time(spec.not_after)),
        spec.subject,
        spec.spki,
        w.context(3, w.sequence(*spec.extensions)) if extended else b"",
    )
    return signed(tbs, issuer_key)


def request(subject: bytes, key: SigningKey, extensions: tuple[bytes, ...] = ()) -> bytes:
    """Return a PKCS#10 request that asks for extensions."""
    wanted = w.sequence(w.oid(oids.EXTENSION_REQUEST), w.set_of(w.sequence(*extensions))) if extensions else b""
    return signed(w.sequence(w.integer(0), subject, key.spki, w.context(0, wanted)), key)


def signed(tbs: bytes, key: SigningKey) -> bytes:
    """Return SEQUENCE { tbs, algorithm, signature }: the common form of certificates, CRLs and requests."""
    return w.sequence(tbs, key.object_algorithm, w.bits(key.sign(tbs)))


def public_key_bits(spki: bytes) -> bytes:
    """Return the content of the BIT STRING of a SubjectPublicKeyInfo: what key identifiers hash."""
    reader = whole(spki)
    reader.raw()
    return reader.bits()
