"""Certificate policies along a path (RFC 5280 6.1.3 (d)-(f)), without mapping: a critical mapping is refused as unknown."""

from typing import Final

from signatures.core.asn1 import oids
from signatures.core.certificates.values import Certificate
from signatures.core.path.build import same_name

_ANY: Final = "2.5.29.32.0"


def broken_constraint(certificates: tuple[Certificate, ...]) -> str:
    """Return the OID of policyConstraints when a path needs a valid policy and has none, else nothing.

    Args:
        certificates: from the signer up to the anchor.
    """
    valid: frozenset[str] | None = None  # None: any policy
    explicit_in = inhibited_in = len(certificates) + 1
    for place in range(len(certificates) - 1, -1, -1):
        certificate, is_signer = certificates[place], place == 0
        counts = not same_name(certificate.issuer, certificate.subject)
        if place < len(certificates) - 1:
            valid = _narrowed(valid, certificate, allows_any=inhibited_in > 0 or (not counts and not is_signer))
        explicit_in = _next(explicit_in, _explicit(certificate), counts=counts)
        inhibited_in = _next(inhibited_in, certificate.extensions.inhibit_any_policy, counts=counts)
    return oids.POLICY_CONSTRAINTS if explicit_in <= 0 and valid == frozenset() else ""


def _narrowed(valid: frozenset[str] | None, certificate: Certificate, *, allows_any: bool) -> frozenset[str] | None:
    named = frozenset(certificate.extensions.policies)
    if _ANY in named and allows_any:
        return valid
    named -= {_ANY}
    return named if valid is None else named & valid


def _explicit(certificate: Certificate) -> int | None:
    constraints = certificate.extensions.policy_constraints
    return constraints.require_explicit_policy if constraints else None


def _next(left: int, bound: int | None, *, counts: bool) -> int:
    """Return how many more certificates may come before the rule holds."""
    left = max(left - 1, 0) if counts else left
    return left if bound is None else min(left, bound)
