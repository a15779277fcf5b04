"""CRLs and OCSP responses, written in DER (RFC 5280 5, RFC 6960 4.2)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from signatures.core import algorithms
from signatures.core.asn1 import oids, tags
from signatures.core.asn1 import writer as w
from signatures.core.build.certificates import signed
from signatures.core.build.extensions import authority_key_id, extension, key_id
from signatures.core.build.keys import SigningKey
from signatures.core.certificates.values import Certificate
from signatures.core.gost.interfaces import GostBackend
from signatures.core.revocation_data import CertificateStatus, RevocationReason

_V2: Final = 1
# CRLReason has no code 7.
_CODES: Final = {one: code for code, one in zip((0, 1, 2, 3, 4, 5, 6, 8, 9, 10), RevocationReason, strict=True)}
_SUCCESSFUL: Final = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A revoked or suspended certificate."""

    serial_number: int
    revoked_at: datetime
    reason: RevocationReason = RevocationReason.UNSPECIFIED
    invalid_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What a CRL says.

    Attributes:
        issuer: DER of the name of the authority.
        next_update: None for a list that names no term.
        extensions: more extensions, DER.
    """

    issuer: bytes
    number: int
    this_update: datetime
    next_update: datetime | None
    lines: tuple[Line, ...] = ()
    extensions: tuple[bytes, ...] = ()


def revocation_list(spec: ListSpec, key: SigningKey) -> bytes:
    """Return a signed CRL."""
    lines = w.sequence(*(_line(one) for one in spec.lines)) if spec.lines else b""
    extensions = (authority_key_id(key.spki), extension(oids.CRL_NUMBER, w.integer(spec.number)), *spec.extensions)
    tbs = w.sequence(
        w.integer(_V2),
        key.object_algorithm,
        spec.issuer,
        w.time(spec.this_update),
        w.time(spec.next_update) if spec.next_update else b"",
        lines,
        w.context(0, w.sequence(*extensions)),
    )
    return signed(tbs, key)


def _line(line: Line) -> bytes:
    extensions = []
    if line.reason is not RevocationReason.UNSPECIFIED:
        extensions.append(extension(oids.CRL_REASON, w.enumerated(_CODES[line.reason])))
    if line.invalid_since is not None:
        extensions.append(extension(oids.INVALIDITY_DATE, w.generalized_time(line.invalid_since)))
    return w.sequence(w.integer(line.serial_number), w.time(line.revoked_at), w.sequence(*extensions) if extensions else b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a responder says about one certificate.

    Attributes:
        certificate_id: DER of CertID, see `certificate_id`.
        revoked_at: for REVOKED only.
        reason: for REVOKED only; None leaves it out.
    """

    certificate_id: bytes
    status: CertificateStatus
    this_update: datetime
    next_update: datetime | None
    revoked_at: datetime | None = None
    reason: RevocationReason | None = None


@dataclass(frozen=True, slots=True)
class Responder:
    """Who answers: a key with the certificates that go along.

    Attributes:
        name: DER of its name; None names it by the hash of its key.
    """

    key: SigningKey
    certificates: tuple[bytes, ...] = ()
    name: bytes | None = None


def certificate_id(certificate: Certificate, issuer: Certificate, backend: GostBackend, digest_oid: str = oids.SHA_1) -> bytes:
    """Return CertID; SHA-1 is what every client expects and only identifies."""
    values = (_id_digest(digest_oid, one, backend) for one in (issuer.subject.der, issuer.public_key.key))
    return w.sequence(w.sequence(w.oid(digest_oid), w.null()), *(w.octets(one) for one in values), w.integer(certificate.serial_number))


def _id_digest(oid: str, value: bytes, backend: GostBackend) -> bytes:
    if oid == oids.SHA_1:
        return hashlib.sha1(value, usedforsecurity=False).digest()
    return algorithms.digest(oid, value, backend)


def ocsp_response(answers: Iterable[Answer], responder: Responder, produced_at: datetime, nonce: bytes | None = None) -> bytes:
    """Return a successful OCSPResponse."""
    basic = w.sequence(w.oid(oids.OCSP_BASIC), w.octets(basic_response(answers, responder, produced_at, nonce)))
    return w.sequence(w.enumerated(_SUCCESSFUL), w.context(0, basic))


def ocsp_error(code: int) -> bytes:
    """Return an OCSPResponse without an answer: 1 malformedRequest, 2 internalError, 3 tryLater, 6 unauthorized."""
    return w.sequence(w.enumerated(code))


def basic_response(answers: Iterable[Answer], responder: Responder, produced_at: datetime, nonce: bytes | None = None) -> bytes:
    """Return BasicOCSPResponse, the form that stands inside of signatures."""
    key = responder.key
    who = w.context(1, responder.name) if responder.name is not None else w.context(2, w.octets(key_id(key.spki)))
    extensions = w.context(1, w.sequence(extension(oids.OCSP_NONCE, w.octets(nonce)))) if nonce is not None else b""
    tbs = w.sequence(who, w.generalized_time(produced_at), w.sequence(*(_answer(one) for one in answers)), extensions)
    certificates = w.context(0, w.sequence(*responder.certificates)) if responder.certificates else b""
    return w.sequence(tbs, key.object_algorithm, w.bits(key.sign(tbs)), certificates)


def _answer(one: Answer) -> bytes:
    until = w.context(0, w.generalized_time(one.next_update)) if one.next_update else b""
    return w.sequence(one.certificate_id, _status(one), w.generalized_time(one.this_update), until)


def _status(one: Answer) -> bytes:
    if one.status is CertificateStatus.REVOKED and one.revoked_at is not None:
        cause = w.context(0, w.enumerated(_CODES[one.reason])) if one.reason else b""
        return w.tlv(tags.context(1), w.generalized_time(one.revoked_at) + cause)
    return w.context_primitive(0 if one.status is CertificateStatus.GOOD else 2, b"")
