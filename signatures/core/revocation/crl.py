"""CRLs: which list speaks about which certificate, and what it says (RFC 5280 6.3, signatures.md 10.1)."""

from dataclasses import dataclass
from datetime import datetime

from signatures.core.acceptance import digest_reasons
from signatures.core.certificates.values import Certificate, GeneralNameKind, KeyUsage
from signatures.core.cms.signers import signature_digest
from signatures.core.errors import SignatureFormatError
from signatures.core.path import is_authority, same_name
from signatures.core.revocation.control import Control
from signatures.core.revocation.evidence import ReadList, Rejected
from signatures.core.revocation.values import State, Statement
from signatures.core.revocation_data import RevocationList, RevocationReason, RevokedEntry, find_revoked

_WRONG_ISSUER = "crl.wrong-issuer"


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and the one that issued it."""

    certificate: Certificate
    issuer: Certificate


def crl_statement(read: ReadList, pair: Pair, control: Control) -> Statement | Rejected | None:
    """Return what a CRL says about a certificate.

    Returns:
        None when the list is of another authority and says nothing here; Rejected when it should speak but must not
        be believed.
    """
    if not same_name(read.crl.issuer, pair.certificate.issuer):
        return None
    cause = _refusal(read.crl, pair, control)
    if cause:
        return Rejected("crl", read.source, cause)
    try:
        entry = find_revoked(read.crl, pair.certificate.serial_number)
    except SignatureFormatError as error:
        return Rejected("crl", read.source, "revocation.unreadable", str(error))
    if entry and entry.unknown_critical:
        return Rejected("crl", read.source, "revocation.critical-extension", ", ".join(entry.unknown_critical))
    return _statement(read, entry, control)


def _refusal(crl: RevocationList, pair: Pair, control: Control) -> str:
    """Return why a list must not be believed, empty when it may."""
    if crl.is_delta:
        return "crl.delta"
    if crl.unknown_critical:
        return "revocation.critical-extension"
    if not _covers(crl, pair.certificate):
        return "crl.scope"
    if not _may_sign(crl, pair.issuer) or not _is_signed_by(crl, pair.issuer, control):
        return _WRONG_ISSUER
    if digest_reasons(control.context.policy, signature_digest(crl.signature_algorithm), control.moment):
        return "revocation.weak-digest"
    return "revocation.future" if crl.this_update > control.latest else ""


def _may_sign(crl: RevocationList, issuer: Certificate) -> bool:
    usage, wanted, offered = issuer.extensions.key_usage, crl.authority_key_id, issuer.extensions.subject_key_id
    if usage is not None and KeyUsage.CRL_SIGN not in usage:
        return False
    return not (wanted and wanted.key_id is not None and offered is not None and wanted.key_id != offered)


def _is_signed_by(crl: RevocationList, issuer: Certificate, control: Control) -> bool:
    proof = control.context.prove_object("crl-signature", crl.der, crl.tbs, crl.signature_algorithm, crl.signature, issuer.public_key)
    return proof.holds


def _covers(crl: RevocationList, certificate: Certificate) -> bool:
    """Return whether the list is about certificates like this one; indirect lists and parts by reason are not read."""
    scope = crl.scope
    if scope is None:
        return True
    if scope.is_indirect or scope.only_attributes or scope.only_some_reasons:
        return False
    if (scope.only_authorities and not is_authority(certificate)) or (scope.only_user and is_authority(certificate)):
        return False
    addresses = {one.text for one in scope.names if one.kind is GeneralNameKind.URI}
    return not scope.names or not addresses.isdisjoint(certificate.extensions.crl_addresses)


def _statement(read: ReadList, entry: RevokedEntry | None, control: Control) -> Statement:
    crl = read.crl
    until = crl.next_update or crl.this_update
    state = _state(entry)
    return Statement(
        kind="crl",
        source=read.source,
        state=state,
        issued_at=crl.this_update,
        valid_until=until,
        revoked_at=revocation_moment(entry.revoked_at, entry.invalid_since, entry.reason) if entry and state is not State.GOOD else None,
        reason=entry.reason if entry else None,
        covers=control.is_covered(crl.this_update, until),
        number=crl.number,
    )


def _state(entry: RevokedEntry | None) -> State:
    if entry is None or entry.reason is RevocationReason.REMOVE_FROM_CRL:
        return State.GOOD
    return State.HOLD if entry.reason is RevocationReason.CERTIFICATE_HOLD else State.REVOKED


def revocation_moment(revoked_at: datetime, invalid_since: datetime | None, reason: RevocationReason) -> datetime:
    """Return since when signatures do not count: a stolen key was stolen before its loss was noticed (invalidityDate)."""
    if invalid_since is not None and reason is RevocationReason.KEY_COMPROMISE:
        return min(revoked_at, invalid_since)
    return revoked_at
