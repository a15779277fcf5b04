"""The time that revocation is judged at."""

from dataclasses import dataclass
from datetime import datetime

from signatures.core.acceptance import Moment
from signatures.core.context import Context


@dataclass(frozen=True, slots=True)
class Control:
    """Control time and rules.

    Attributes:
        moment: the best proven time of the signature, else the validation time.
        context: policy, validation time and memory.
    """

    moment: Moment
    context: Context

    @property
    def latest(self) -> datetime:
        """No honest object is newer than this: the validation time and the tolerance of clocks."""
        return self.context.at + self.context.policy.clock_tolerance

    def is_covered(self, issued_at: datetime, valid_until: datetime) -> bool:
        """Return whether the control time lies within the term of an object; bounds are inclusive."""
        return issued_at - self.context.policy.clock_tolerance <= self.moment.at <= valid_until
