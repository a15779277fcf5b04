"""Policies: versioned files that say what a signature must fulfil."""

from signatures.core.policy.load import SHIPPED, PolicyBroken, PolicyUnknown, load_policy, read_policy
from signatures.core.policy.values import Demand, DigestRule, KeyRule, Policy

__all__ = ["SHIPPED", "Demand", "DigestRule", "KeyRule", "Policy", "PolicyBroken", "PolicyUnknown", "load_policy", "read_policy"]
