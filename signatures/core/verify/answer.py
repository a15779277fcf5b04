"""From findings to the values of a verdict: separate checks, chain, signer, tree of constraints."""

from typing import Final

from signatures.core.asn1 import oids
from signatures.core.cades import Level, level_of
from signatures.core.certificates.names import person
from signatures.core.certificates.values import Certificate, PublicKeyInfo
from signatures.core.policy.values import Demand
from signatures.core.profile795 import is_legal_entity
from signatures.core.revocation import Status
from signatures.core.text import safe
from signatures.core.timestamp import TimeStampToken
from signatures.core.trust import Anchor
from signatures.core.verdict import (
    FAILED_ORDER,
    INDETERMINATE_ORDER,
    Block,
    ChainLink,
    Check,
    CheckKey,
    CheckState,
    Constraint,
    ConstraintStatus,
    Qualification,
    Reason,
    ReasonKind,
    SignatureVerdict,
    Signer,
    Times,
    conclude,
)
from signatures.core.verify.scene import Findings, Scene

_KINDS: Final = tuple(ReasonKind)
_CHAIN: Final = frozenset(
    {
        "XCV_NO_CHAIN",
        "XCV_CHAIN_SIGNATURE",
        "XCV_SELF_SIGNED",
        "XCV_ANCHOR_AT_TIME",
        "XCV_ISSUER_NOT_CA",
        "XCV_PATHLEN",
        "XCV_KEY_USAGE",
        "XCV_CRITICAL_EXTENSION",
        "XCV_NAME_CONSTRAINTS",
        "XCV_CHAIN_LIMIT",
    }
)
_TERM: Final = frozenset({"XCV_EXPIRED", "XCV_NOT_YET_VALID", "XCV_OUT_OF_BOUNDS", "XCV_KEY_PERIOD", "SAV_TIME_OUTSIDE"})
_BROKEN: Final = frozenset({"CV_HASH_MISMATCH", "CV_SIGNATURE_BAD", "CV_SIGNATURE_RANGE", "CV_KEY_INVALID"})
_STATUS: Final = {
    ReasonKind.FAILED: ConstraintStatus.NOT_OK,
    ReasonKind.INDETERMINATE: ConstraintStatus.NOT_OK,
    ReasonKind.WARNING: ConstraintStatus.WARNING,
}


def signature_verdict(scene: Scene, findings: Findings, countersignatures: tuple[SignatureVerdict, ...]) -> SignatureVerdict:
    """Put the verdict about one signature together."""
    reasons = sorted_reasons(findings.reasons)
    indication, sub_indication = conclude(reasons)
    level = Level.NONE if scene.is_countersignature and scene.signer.signing_certificate is None else level_of(scene.signed, scene.signer)
    worth = findings.worth
    return SignatureVerdict(
        format="CMS" if level is Level.NONE else "CAdES",
        format_level=level.value,
        indication=indication,
        sub_indication=sub_indication,
        signer=signer_of(findings.identified.certificate),
        times=Times(scene.signer.signing_time, findings.best or scene.context.at),
        checks=_checks(scene, findings),
        reasons=reasons,
        chain=_links(findings),
        qualification=worth.qualification if worth else Qualification.UNDEFINED,
        level=worth.level if worth else Qualification.UNDEFINED,
        constraints=_constraints(findings, reasons),
        countersignatures=countersignatures,
    )


def sorted_reasons(reasons: list[Reason]) -> tuple[Reason, ...]:
    """Return the reasons without repetition, the most important first: the order of 8.1, then warnings."""
    return tuple(sorted(dict.fromkeys(reasons), key=_importance))


def _importance(one: Reason) -> tuple[int, int]:
    order = FAILED_ORDER if one.kind is ReasonKind.FAILED else INDETERMINATE_ORDER
    return _KINDS.index(one.kind), order.index(one.sub_indication) if one.sub_indication in order else len(order)


def signer_of(certificate: Certificate | None) -> Signer:
    """Return who signed, safe to show."""
    if certificate is None:
        return Signer()
    subject = certificate.subject
    return Signer(
        name=person(subject),
        snils=safe(subject.first(oids.SNILS)),
        inn=safe(subject.first(oids.INN)),
        organization=safe(subject.first(oids.ORGANIZATION)) if is_legal_entity(certificate) else "",
        ogrn=safe(subject.first(oids.OGRN)),
        issuer=safe(certificate.issuer.first(oids.COMMON_NAME)),
        serial_number=f"{certificate.serial_number:X}",
        certificate_sha256=certificate.sha256,
    )


def _checks(scene: Scene, findings: Findings) -> tuple[Check, ...]:
    ids = {one.id for one in findings.reasons}
    chain = findings.path.chain if findings.path else None
    states = {
        CheckKey.INTEGRITY: _integrity(findings, ids),
        CheckKey.VALIDITY: _answer(findings.identified.certificate is not None, not ids & _TERM),
        CheckKey.REVOCATION: _revocation(scene, findings),
        CheckKey.CHAIN: _answer(findings.path is not None, chain is not None and not ids & _CHAIN),
        CheckKey.TIMESTAMP: _answer(bool(findings.stamps), findings.best is not None, otherwise=CheckState.NOT_APPLICABLE),
        CheckKey.PROFILE_795: _profile(scene, findings),
        CheckKey.AUTHORITY: CheckState.NOT_CHECKED,
    }
    return tuple(Check(key, state) for key, state in states.items())


def _answer(was_asked: bool, is_good: bool, otherwise: CheckState = CheckState.NOT_CHECKED) -> CheckState:  # noqa: FBT001  # two words of one sentence
    return (CheckState.YES if is_good else CheckState.NO) if was_asked else otherwise


def _integrity(findings: Findings, ids: set[str]) -> CheckState:
    if ids & _BROKEN or any(one.kind is ReasonKind.FAILED and one.id.startswith("FC_") for one in findings.reasons):
        return CheckState.NO
    return CheckState.YES if findings.is_value_checked and findings.is_content_checked else CheckState.NOT_CHECKED


def _revocation(scene: Scene, findings: Findings) -> CheckState:
    if findings.path is None or findings.path.chain is None or scene.context.policy.revocation is Demand.OFF:
        return CheckState.NOT_CHECKED
    if not findings.path.statuses:
        return CheckState.NOT_APPLICABLE
    return CheckState.NO if any(status.reasons for status in findings.path.statuses) else CheckState.YES


def _profile(scene: Scene, findings: Findings) -> CheckState:
    if scene.context.policy.profile_795 is Demand.OFF:
        return CheckState.NOT_APPLICABLE
    return _answer(findings.profile is not None, not findings.profile)


def _links(findings: Findings) -> tuple[ChainLink, ...]:
    if findings.path is None or findings.path.chain is None:
        return ()
    chain, statuses = findings.path.chain, findings.path.statuses
    states = [*(status.state.value for status in statuses), *("" for _ in chain.certificates)]
    return tuple(_link(one, state, chain.anchor) for one, state in zip(chain.certificates, states, strict=False))


def _link(certificate: Certificate, state: str, anchor: Anchor) -> ChainLink:
    return ChainLink(
        subject=person(certificate.subject),
        issuer=person(certificate.issuer),
        serial_number=f"{certificate.serial_number:X}",
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        certificate_sha256=certificate.sha256,
        key=key_name(certificate.public_key),
        is_anchor=certificate == anchor.certificate,
        is_test=anchor.is_test,
        revocation=state,
    )


def key_name(key: PublicKeyInfo) -> str:
    """Return kind, length and parameter set of a key, as `gost2012-256 256 1.2.643.7.1.2.1.1.1`."""
    return f"{key.kind} {key.bits} {key.curve}".strip()


def _constraints(findings: Findings, reasons: tuple[Reason, ...]) -> tuple[Constraint, ...]:
    """Build the tree of the detailed report: refusals of a block, else OK, and what was measured."""
    found: list[Constraint] = []
    for block in Block:
        own = [one for one in reasons if one.id.startswith(f"{block}_")]
        found += [Constraint(block, one.id, _STATUS.get(one.kind, ConstraintStatus.INFORMATION), _data(one)) for one in own]
        if not any(one.kind in {ReasonKind.FAILED, ReasonKind.INDETERMINATE} for one in own):
            found.append(Constraint(block, block.value, ConstraintStatus.OK if _did_run(block, findings) else ConstraintStatus.IGNORED))
        found += _measured(block, findings)
    return tuple(found)


def _data(one: Reason) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in (*one.params, ("detail", one.detail)) if value != "")


def _did_run(block: Block, findings: Findings) -> bool:
    if block in {Block.XCV, Block.PSV, Block.QUAL}:
        return findings.path is not None
    if block is Block.CV:
        return findings.is_value_checked
    return block is not Block.TSV or bool(findings.stamps)


def _measured(block: Block, findings: Findings) -> list[Constraint]:
    """Return times and sources that people look for: which list, how fresh; which stamp, when."""
    if block is Block.XCV and findings.path is not None and findings.path.chain is not None:
        pairs = zip(findings.path.chain.certificates, findings.path.statuses, strict=False)
        return [Constraint(block, "revocation", ConstraintStatus.INFORMATION, _revocation_data(certificate, status)) for certificate, status in pairs]
    if block is Block.TSV:
        tokens = [stamp.token for stamp in findings.stamps if stamp.token]
        return [
            Constraint(block, "time-stamp", ConstraintStatus.INFORMATION, (("at", one.generated_at.isoformat()), ("serial", f"{one.serial_number:X}")))
            for one in tokens
        ]
    return []


def _token_data(token: TimeStampToken) -> tuple[tuple[str, str], ...]:
    return ("at", token.generated_at.isoformat()), ("serial_number", f"{token.serial_number:X}")


def _revocation_data(certificate: Certificate, status: Status) -> tuple[tuple[str, str], ...]:
    data = [("certificate", person(certificate.subject)), ("state", status.state.value)]
    if status.basis is not None:
        basis = status.basis
        data += [("source", f"{basis.kind} {basis.source}"), ("this_update", basis.issued_at.isoformat()), ("next_update", basis.valid_until.isoformat())]
    if status.later is not None and status.later.revoked_at is not None:
        data.append(("revoked_later", status.later.revoked_at.isoformat()))
    return (*data, *(("set_aside", remark) for remark in status.remarks))
