"""Containers of signatures, written in DER: the pieces that `sign` and the time-stamping authority join (RFC 5652)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from signatures.core import algorithms
from signatures.core.asn1 import oids, tags
from signatures.core.asn1 import writer as w
from signatures.core.build.keys import SigningKey
from signatures.core.certificates.values import Certificate
from signatures.core.gost.interfaces import GostBackend

_BY_ISSUER: Final = 1
_VERSION_1: Final = 1
_VERSION_3: Final = 3


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: a key and the certificate of it."""

    key: SigningKey
    certificate: Certificate


def attribute(oid: str, *values: bytes) -> bytes:
    """Return one attribute."""
    return w.sequence(w.oid(oid), w.set_of(*values))


def signing_certificate_v2(certificate: Certificate, digest_oid: str, backend: GostBackend) -> bytes:
    """Return the attribute signingCertificateV2 with issuer and serial number (RFC 5035 3)."""
    # SHA-256 is the default of the field, and DER leaves defaults out.
    algorithm = b"" if digest_oid == oids.SHA_256 else w.sequence(w.oid(digest_oid))
    value = w.octets(algorithms.digest(digest_oid, certificate.der, backend))
    issuer_serial = w.sequence(w.sequence(w.context(4, certificate.issuer.der)), w.integer(certificate.serial_number))
    return attribute(oids.SIGNING_CERTIFICATE_V2, w.sequence(w.sequence(w.sequence(algorithm, value, issuer_serial))))


def signed_attributes(
    who: Signatory,
    message_digest: bytes,
    backend: GostBackend,
    *,
    content_type: str | None = oids.DATA,
    signing_time: datetime | None = None,
    more: Iterable[bytes] = (),
) -> bytes:
    """Return the signed attributes as they are signed, with the tag of a SET.

    Args:
        who: whose certificate they fix.
        message_digest: of the content.
        backend: computes Streebog.
        content_type: None for a countersignature, which has none.
        signing_time: the claimed time; None leaves it out.
        more: further attributes, for example a time-stamp over the content.
    """
    found = [attribute(oids.MESSAGE_DIGEST, w.octets(message_digest)), signing_certificate_v2(who.certificate, who.key.digest_oid, backend), *more]
    if content_type is not None:
        found.append(attribute(oids.CONTENT_TYPE, w.oid(content_type)))
    if signing_time is not None:
        found.append(attribute(oids.SIGNING_TIME, w.time(signing_time)))
    return w.set_of(*found)


def signer_info(who: Signatory, attributes: bytes | None, signature: bytes, unsigned: Iterable[bytes] = ()) -> bytes:
    """Return a SignerInfo that names its certificate by issuer and serial number.

    Args:
        who: the signer.
        attributes: signed attributes with the tag of a SET, None for a signature without them.
        signature: the signature value.
        unsigned: unsigned attributes.
    """
    unsigned = tuple(unsigned)
    return w.sequence(
        w.integer(_BY_ISSUER),
        w.sequence(who.certificate.issuer.der, w.integer(who.certificate.serial_number)),
        w.sequence(w.oid(who.key.digest_oid)),
        bytes((tags.context(0),)) + attributes[1:] if attributes is not None else b"",
        who.key.cms_algorithm,
        w.octets(signature),
        w.context_set(1, *unsigned) if unsigned else b"",
    )


@dataclass(frozen=True, slots=True)
class Container:
    """What a SignedData holds beside its signers.

    Attributes:
        digest_oids: digests of all signers.
        content: None for a detached signature.
        certificates: DER of each.
        crls: DER of each.
    """

    digest_oids: tuple[str, ...]
    content: bytes | None = None
    content_type: str = oids.DATA
    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


def signed_data(container: Container, signer_infos: Iterable[bytes]) -> bytes:
    """Return the whole ContentInfo."""
    inside = w.sequence(w.oid(container.content_type), w.context(0, w.octets(container.content)) if container.content is not None else b"")
    body = w.sequence(
        w.integer(_VERSION_1 if container.content_type == oids.DATA else _VERSION_3),
        w.set_of(*(w.sequence(w.oid(one)) for one in dict.fromkeys(container.digest_oids))),
        inside,
        w.context_set(0, *container.certificates) if container.certificates else b"",
        w.context_set(1, *container.crls) if container.crls else b"",
        w.set_of(*signer_infos),
    )
    return w.sequence(w.oid(oids.SIGNED_DATA), w.context(0, body))
