"""The judgement about one certificate: which of the objects decides, and what follows.

Rules (signatures.md 10.1): the freshest acceptable object that covers the control time decides. A revocation for good
cannot be undone, so any acceptable object that tells of one counts, even a stale one. Objects that cannot be believed
never make a certificate good: without an acceptable one the answer is «не удалось проверить».
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from signatures.core.certificates.names import person
from signatures.core.certificates.values import Certificate
from signatures.core.path import is_authority, same_name
from signatures.core.reasons import reason
from signatures.core.revocation.control import Control
from signatures.core.revocation.crl import Pair, crl_statement
from signatures.core.revocation.evidence import Readings, Rejected, Source
from signatures.core.revocation.ocsp import IsRevoked, ocsp_statement
from signatures.core.revocation.values import State, Statement, Status
from signatures.core.revocation_data import RevocationReason
from signatures.core.verdict import Reason

_ORDER: Final = tuple(Source)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What all objects say about one certificate."""

    statements: tuple[Statement, ...]
    rejected: tuple[Rejected, ...]


def revocation_status(pair: Pair, readings: Readings, control: Control) -> Status:
    """Judge whether a certificate was revoked at the control time.

    Args:
        pair: the certificate and its issuer, which is already part of a path.
        readings: every object at hand.
        control: time and rules.
    """
    heard = _listen(pair, readings, control)
    remarks = tuple(f"{one.kind} from {one.source}: {one.cause} {one.detail}".strip() for one in heard.rejected)
    revoked = _permanent_revocation(heard.statements)
    if revoked is not None and _counts(revoked, control):
        return Status(State.REVOKED, revoked, (_revoked_reason(pair.certificate, revoked),), remarks)
    basis = _deciding(heard.statements, pair.certificate, control)
    if basis is None:
        return Status(State.UNKNOWN, None, _unknown_reasons(heard, readings, pair, control), remarks)
    return replace(_by_basis(basis, control, remarks), later=revoked)


def _listen(pair: Pair, readings: Readings, control: Control) -> _Heard:
    answers: list[Statement | Rejected | None] = [crl_statement(read, pair, control) for read in readings.lists]
    is_revoked = _asked_by_crl(readings, control)
    answers += [ocsp_statement(read, pair, control, is_revoked) for read in readings.responses]
    statements = tuple(one for one in answers if isinstance(one, Statement))
    return _Heard(statements, (*readings.rejected, *(one for one in answers if isinstance(one, Rejected))))


def _asked_by_crl(readings: Readings, control: Control) -> IsRevoked:
    """Judge the certificate of a responder by CRLs alone: an OCSP answer about the answerer would prove nothing."""

    def is_revoked(responder: Certificate, issuer: Certificate) -> bool:
        found = [crl_statement(read, Pair(responder, issuer), control) for read in readings.lists]
        statements = [one for one in found if isinstance(one, Statement)]
        basis = _deciding(statements, responder, control)
        return _permanent_revocation(statements) is not None or basis is None or basis.state is not State.GOOD

    return is_revoked


def _permanent_revocation(statements: Iterable[Statement]) -> Statement | None:
    revoked = [one for one in statements if one.state is State.REVOKED and one.revoked_at is not None]
    return min(revoked, key=lambda one: one.revoked_at or one.issued_at, default=None)


def _counts(revoked: Statement, control: Control) -> bool:
    """Return whether a revocation touches the control time."""
    return revoked.revoked_at is not None and revoked.revoked_at <= control.moment.at


def _deciding(statements: Sequence[Statement], certificate: Certificate, control: Control) -> Statement | None:
    """Return the freshest usable statement; among equally fresh ones the source closest to the signature wins."""
    usable = [one for one in statements if one.state is not State.UNKNOWN and _is_usable(one, certificate, control)]
    return max(usable, key=lambda one: (one.issued_at, one.number or 0, -_ORDER.index(one.source)), default=None)


def _is_usable(statement: Statement, certificate: Certificate, control: Control) -> bool:
    """Return whether a statement speaks about the control time.

    It covers it; or the control time is a proven one in the past, and the statement is newer but was made before the
    certificate ran out: after that an authority may drop a certificate from its list.
    """
    if statement.covers:
        return True
    return control.moment.proven and control.moment.at < statement.issued_at <= certificate.not_after


def _by_basis(basis: Statement, control: Control, remarks: tuple[str, ...]) -> Status:
    if basis.state is State.HOLD and basis.revoked_at is not None and basis.revoked_at <= control.moment.at:
        return Status(State.HOLD, basis, (reason("XCV_ON_HOLD"),), remarks)
    if not basis.is_signer_valid and not control.moment.proven:
        return Status(State.UNKNOWN, basis, (reason("XCV_REVOCATION_SIGNER"),), remarks)
    return Status(State.GOOD, basis, (), remarks)


def _revoked_reason(certificate: Certificate, revoked: Statement) -> Reason:
    date = revoked.revoked_at or revoked.issued_at
    detail = f"{revoked.kind} from {revoked.source}: {revoked.reason or RevocationReason.UNSPECIFIED}"
    if is_authority(certificate):
        return reason("XCV_CA_REVOKED", name=person(certificate.subject), detail=detail)
    return reason("XCV_REVOKED_NO_POE", date=date, detail=detail)


def _unknown_reasons(heard: _Heard, readings: Readings, pair: Pair, control: Control) -> tuple[Reason, ...]:
    """Say why nothing is known, the most telling reasons first; at least one is always given."""
    detail = person(pair.certificate.subject)
    found = [_stale_reason(one, detail) for one in heard.statements if one.state is not State.UNKNOWN][-1:]
    found += [reason("XCV_OCSP_UNKNOWN", detail=detail) for one in heard.statements if one.state is State.UNKNOWN][-1:]
    found += [_rejected_reason(one, control) for one in heard.rejected]
    if not found and any(one.certificate_id.serial_number == pair.certificate.serial_number for read in readings.responses for one in read.basic.answers):
        found.append(reason("XCV_OCSP_REJECTED", cause="ocsp.other-certificate", detail=detail))
    if not found and _only_foreign_lists(readings, pair):
        found.append(reason("XCV_CRL_WRONG_ISSUER", detail=detail))
    return tuple(dict.fromkeys(found)) or (reason("XCV_NO_REVOCATION_DATA", time=control.moment.at, detail=detail),)


def _stale_reason(statement: Statement, detail: str) -> Reason:
    if statement.kind == "crl":
        return reason("XCV_CRL_STALE", date=statement.valid_until, detail=detail)
    return reason("XCV_OCSP_REJECTED", cause="ocsp.stale", detail=detail)


def _rejected_reason(rejected: Rejected, control: Control) -> Reason:
    detail = f"{rejected.source}: {rejected.cause} {rejected.detail}".strip()
    if rejected.kind == "ocsp":
        is_expired = rejected.cause == "ocsp.responder-expired"
        return reason("XCV_REVOCATION_SIGNER", detail=detail) if is_expired else reason("XCV_OCSP_REJECTED", cause=rejected.cause, detail=detail)
    if rejected.cause == "crl.wrong-issuer":
        return reason("XCV_CRL_WRONG_ISSUER", detail=detail)
    return reason("XCV_NO_REVOCATION_DATA", time=control.moment.at, detail=detail)


def _only_foreign_lists(readings: Readings, pair: Pair) -> bool:
    """Return whether the caller gave lists, but of other authorities than those of this path."""
    given = [read.crl for read in readings.lists if read.source is Source.GIVEN]
    own = (pair.certificate.issuer, pair.issuer.issuer)
    return bool(given) and not any(same_name(crl.issuer, name) for crl in given for name in own)
