"""XCV: the path of a certificate with its revocation, judged at a control time (EN 319 102-1 5.2.6)."""

from dataclasses import dataclass
from typing import Final

from signatures.core.acceptance import Moment
from signatures.core.certificates.values import Certificate
from signatures.core.context import Context
from signatures.core.path import Chain, Purpose, Question, check_alone, check_chain, find_chains
from signatures.core.policy.values import Demand
from signatures.core.reasons import reason
from signatures.core.revocation import Control, Pair, Readings, State, Status, revocation_status
from signatures.core.revocation_data import RevocationReason
from signatures.core.verdict import INDETERMINATE_ORDER, Reason, SubIndication

# Reasons of a revocation that leave the older tokens of a time-stamping authority alone.
_HARMLESS: Final = frozenset({RevocationReason.AFFILIATION_CHANGED, RevocationReason.SUPERSEDED, RevocationReason.CESSATION_OF_OPERATION})


@dataclass(frozen=True, slots=True)
class PathJudgement:
    """The best path and everything that is wrong with it.

    Attributes:
        chain: None when no path leads to an anchor.
        statuses: revocation of each certificate below the anchor, from the signer up.
        reasons: empty when the path holds.
        moment: the control time.
    """

    chain: Chain | None
    statuses: tuple[Status, ...]
    reasons: tuple[Reason, ...]
    moment: Moment


def judge_path(certificate: Certificate, readings: Readings, purpose: Purpose, moment: Moment, context: Context) -> PathJudgement:
    """Find the paths of a certificate and return the best one with its faults.

    Args:
        certificate: of the signer, of a time-stamping authority, ….
        readings: certificates and revocation data at hand.
        purpose: what the certificate was used for.
        moment: the control time: the best proven one, else the validation time.
        context: policy and trust.
    """
    found = find_chains(certificate, readings.certificates, context)
    if not found.chains:
        alone = check_alone(certificate, moment, context)
        return PathJudgement(None, (), found.reasons + alone, moment)
    judged = (_judge_chain(Question(chain, purpose, moment, context), readings) for chain in found.chains)
    return min(judged, key=_badness)


def _badness(path: PathJudgement) -> tuple[int, int]:
    """Return a pair that grows with how bad a path is; the first of equal paths is kept."""
    places = [_place(one.sub_indication) for one in path.reasons]
    return (0, 0) if not places else (1, len(INDETERMINATE_ORDER) - min(places))


def _place(sub: SubIndication | None) -> int:
    return INDETERMINATE_ORDER.index(sub) if sub in INDETERMINATE_ORDER else 0


def _judge_chain(question: Question, readings: Readings) -> PathJudgement:
    reasons = check_chain(question)
    if question.context.policy.revocation is Demand.OFF:
        return PathJudgement(question.chain, (), reasons, question.moment)
    control = Control(question.moment, question.context)
    statuses = tuple(revocation_status(Pair(*link), readings, control) for link in question.chain.links)
    found = _with_terms(reasons, question.chain, statuses) + tuple(one for status in statuses for one in status.reasons)
    if question.purpose is Purpose.TIME_STAMPING:
        found += _tainted(statuses)
    return PathJudgement(question.chain, statuses, tuple(dict.fromkeys(found)), question.moment)


def _with_terms(reasons: tuple[Reason, ...], chain: Chain, statuses: tuple[Status, ...]) -> tuple[Reason, ...]:
    """Soften «истёк» where revocation data made within the term still say that the certificate was good."""
    if not statuses or not _was_good_to_its_end(chain.signer, statuses[0]):
        return reasons
    return tuple(reason("XCV_OUT_OF_BOUNDS", detail=one.detail) if one.id == "XCV_EXPIRED" and one.params == _date(chain) else one for one in reasons)


def _date(chain: Chain) -> tuple[tuple[str, object], ...]:
    return (("date", chain.signer.not_after),)


def _was_good_to_its_end(signer: Certificate, status: Status) -> bool:
    return status.state is State.GOOD and status.basis is not None and status.basis.issued_at <= signer.not_after


def _tainted(statuses: tuple[Status, ...]) -> tuple[Reason, ...]:
    """Refuse every token of an authority whose key was lost, also those that claim to be older (RFC 3161 4, point 2)."""
    later = [status.later for status in statuses if status.later and status.later.reason not in _HARMLESS]
    return tuple(reason("XCV_REVOKED_NO_POE", date=one.revoked_at or one.issued_at, detail=str(one.reason)) for one in later)
