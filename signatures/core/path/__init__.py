"""Paths of certificates: search by keys and signatures, then the checks of RFC 5280."""

from signatures.core.path.build import Chain, Found, find_chains, may_issue, same_name
from signatures.core.path.check import Purpose, Question, check_alone, check_chain, is_authority

__all__ = ["Chain", "Found", "Purpose", "Question", "check_alone", "check_chain", "find_chains", "is_authority", "may_issue", "same_name"]
