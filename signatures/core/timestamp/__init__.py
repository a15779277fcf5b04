"""Time-stamps of RFC 3161: reading and judging."""

from signatures.core.timestamp.judge import Stamp, StampKind, Surroundings, judge_stamp
from signatures.core.timestamp.token import TimeStampToken, read_token

__all__ = ["Stamp", "StampKind", "Surroundings", "TimeStampToken", "judge_stamp", "read_token"]
