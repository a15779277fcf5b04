"""QUAL: what a signature is worth (signatures.md 8.2)."""

from dataclasses import dataclass
from typing import Final

from signatures.core.asn1 import oids
from signatures.core.certificates.values import Certificate
from signatures.core.path import Chain
from signatures.core.policy.values import Demand, Policy
from signatures.core.reasons import reason
from signatures.core.trust import Standing
from signatures.core.verdict import Qualification, Reason, ReasonKind

# Classes of the signer's tool: an authority may write them into qualified certificates only (signatures.md 6.2).
QUALIFIED_MARKS: Final = frozenset(oid for oid in oids.TOOL_CLASSES if oid.startswith("1.2.643.100.113."))


@dataclass(frozen=True, slots=True)
class Worth:
    """What a signature is worth under its anchor, and what the same certificate would be under a real one."""

    qualification: Qualification
    level: Qualification
    reasons: tuple[Reason, ...]


def qualify(certificate: Certificate, chain: Chain | None, policy: Policy) -> Worth:
    """Say what a signature is worth; whether it is valid is another question.

    Args:
        certificate: of the signer.
        chain: its path, None when there is none: then nothing is known.
        policy: whether it insists on qualified marks.
    """
    if chain is None:
        return Worth(Qualification.UNDEFINED, Qualification.UNDEFINED, ())
    standing = chain.anchor.standing
    level = Qualification.QUALIFIED if _is_marked(certificate) and standing is not Standing.LISTED else Qualification.ADVANCED
    reasons = _mark_reasons(level, policy)
    if standing is Standing.TEST:
        return Worth(Qualification.TEST, level, (*reasons, reason("QUAL_TEST")))
    return Worth(Qualification.UNDEFINED if standing is Standing.GIVEN else level, level, reasons)


def _is_marked(certificate: Certificate) -> bool:
    return not QUALIFIED_MARKS.isdisjoint(certificate.extensions.policies)


def _mark_reasons(level: Qualification, policy: Policy) -> tuple[Reason, ...]:
    if level is Qualification.QUALIFIED or policy.qualified_marks is Demand.OFF:
        return ()
    kind = ReasonKind.INDETERMINATE if policy.qualified_marks is Demand.REQUIRED else ReasonKind.WARNING
    return (reason("QUAL_NOT_QUALIFIED", kind=kind),)
