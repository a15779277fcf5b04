"""What a policy thinks of digests and keys at a moment: allow-lists with windows (signatures.md 8.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from signatures.core.asn1 import oids
from signatures.core.certificates.values import KeyKind, PublicKeyInfo
from signatures.core.policy.values import Policy
from signatures.core.reasons import reason
from signatures.core.verdict import Reason, SubIndication

_FORBIDDEN = SubIndication.CRYPTO_CONSTRAINTS_FAILURE
_TOO_LATE = SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE


@dataclass(frozen=True, slots=True)
class Moment:
    """The time that an object is judged at; `proven` when a time-stamp vouches for it."""

    at: datetime
    proven: bool


def digest_reasons(policy: Policy, oid: str, moment: Moment, detail: str = "") -> tuple[Reason, ...]:
    """Return why a policy refuses a digest; nothing when it does not.

    Args:
        policy: the allow-list.
        oid: of the digest; empty means that the algorithm is unknown.
        moment: when the signature existed.
        detail: whose digest it is.
    """
    rule = policy.digests.get(oid)
    if rule is None or not _in_window(rule.until, moment):
        sub = _FORBIDDEN if rule is None else _TOO_LATE
        if oid == oids.GOST_94:
            return (reason("SAV_OLD_GOST", sub_indication=sub, detail=detail),)
        return (reason("SAV_WEAK_DIGEST", sub_indication=sub, detail=detail, algorithm=oid or "unknown"),)
    return ()


def key_reasons(policy: Policy, key: PublicKeyInfo, moment: Moment, detail: str = "") -> tuple[Reason, ...]:
    """Return why a policy refuses a key; nothing when it does not."""
    if key.curve in policy.test_curves:
        return (reason("SAV_TEST_PARAMSET", detail=f"{detail} {key.curve}".strip()),)
    rule = policy.keys.get(key.kind)
    make = _key_reason(key, detail)
    if rule is None or key.bits < rule.min_bits or (rule.curves and key.curve not in rule.curves):
        return (make(_FORBIDDEN),)
    return () if _in_window(rule.until, moment) else (make(_TOO_LATE),)


def _key_reason(key: PublicKeyInfo, detail: str) -> Callable[[SubIndication], Reason]:
    remark = f"{detail} {key.kind} {key.curve}".strip()
    if key.kind is KeyKind.GOST_2001:
        return lambda sub: reason("SAV_OLD_GOST", sub_indication=sub, detail=remark)
    return lambda sub: reason("SAV_WEAK_KEY", sub_indication=sub, detail=remark, bits=key.bits)


def _in_window(until: datetime | None, moment: Moment) -> bool:
    """Return whether an old algorithm still counts: it was used in its time, and that is proved."""
    return until is None or (moment.proven and moment.at <= until)
