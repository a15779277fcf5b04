"""Signing: CAdES-BES and CAdES-T, detached or attached.

It serves the stand's own reports, the headless token and the tests. The private key stays behind `SigningKey`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.build import cms
from signatures.core.build.cms import Container, Signatory
from signatures.core.gost.interfaces import GostBackend

type Stamper = Callable[[bytes], bytes]
"""Takes the signature value, returns a time-stamp token over it."""


@dataclass(frozen=True, slots=True)
class SigningOptions:
    """How to sign.

    Attributes:
        signing_time: the claimed time; None leaves it out.
        chain: DER of the certificates that go along beside the signer's own.
        is_attached: put the document inside.
        stamp: asks for a time-stamp: the result is CAdES-T.
        signed_attributes: more signed attributes, DER.
        unsigned_attributes: more unsigned attributes, DER.
    """

    signing_time: datetime | None = None
    chain: tuple[bytes, ...] = ()
    is_attached: bool = False
    stamp: Stamper | None = None
    signed_attributes: tuple[bytes, ...] = ()
    unsigned_attributes: tuple[bytes, ...] = ()


NO_OPTIONS = SigningOptions()


def sign(document: bytes, who: Signatory, backend: GostBackend, options: SigningOptions = NO_OPTIONS) -> bytes:
    """Return a container with one signature over a document, DER.

    Args:
        document: the signed bytes.
        who: key and certificate.
        backend: computes Streebog.
        options: how to sign.
    """
    return cosign(document, [who], backend, options)


def cosign(document: bytes, signatories: Iterable[Signatory], backend: GostBackend, options: SigningOptions = NO_OPTIONS) -> bytes:
    """Return a container with a signature of each signatory over the same document, DER."""
    people = tuple(signatories)
    infos = [_signer_info(algorithms.digest(who.key.digest_oid, document, backend), who, backend, options) for who in people]
    return cms.signed_data(_container(people, options, document if options.is_attached else None), infos)


def sign_digest(value: bytes, who: Signatory, backend: GostBackend, options: SigningOptions = NO_OPTIONS) -> bytes:
    """Return a detached container over a document that is known by its digest: the digest of the signer's key."""
    return cms.signed_data(_container((who,), options, None), [_signer_info(value, who, backend, options)])


def countersignature(signature: bytes, who: Signatory, backend: GostBackend, signing_time: datetime | None = None) -> bytes:
    """Return the unsigned attribute countersignature over a signature value."""
    value = algorithms.digest(who.key.digest_oid, signature, backend)
    attributes = cms.signed_attributes(who, value, backend, content_type=None, signing_time=signing_time)
    return cms.attribute(oids.COUNTERSIGNATURE, cms.signer_info(who, attributes, who.key.sign(attributes)))


def _container(people: tuple[Signatory, ...], options: SigningOptions, content: bytes | None) -> Container:
    certificates = dict.fromkeys((*(who.certificate.der for who in people), *options.chain))
    return Container(tuple(who.key.digest_oid for who in people), content, certificates=tuple(certificates))


def _signer_info(value: bytes, who: Signatory, backend: GostBackend, options: SigningOptions) -> bytes:
    attributes = cms.signed_attributes(who, value, backend, signing_time=options.signing_time, more=options.signed_attributes)
    signature = who.key.sign(attributes)
    stamps = (cms.attribute(oids.SIGNATURE_TIME_STAMP, options.stamp(signature)),) if options.stamp else ()
    return cms.signer_info(who, attributes, signature, (*stamps, *options.unsigned_attributes))
