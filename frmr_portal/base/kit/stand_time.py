"""The stand's time for the frame of a page: it must not fail when the database does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error as DatabaseFailure

from frmr_portal.base.clock import services as clock


@dataclass(frozen=True)
class StandTime:
    """The moment of a page.

    Attributes:
        now: stand time, UTC.
        is_shifted: whether a tester moved the clock away from the wall time.
    """

    now: datetime
    is_shifted: bool


def stand_time() -> StandTime:
    """Return the stand's time; while the database is away, the wall time."""
    try:
        shift = clock.offset()
    except DatabaseFailure:
        shift = timedelta()
    return StandTime(clock.wall() + shift, bool(shift))
