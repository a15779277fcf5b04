"""Reading and moving the stand's time."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from frmr_portal.base.clock.models import ClockSetting

# how long a process may lag behind a shift made by another process, seconds
_REMEMBER_SECONDS = 1.0


@dataclass
class _Memory:
    offset_seconds: int = 0
    read_at: float = float("-inf")


_memory = _Memory()


def wall() -> datetime:
    """Return the real time, timezone-aware, in UTC."""
    return datetime.now(UTC)


def offset() -> timedelta:
    """Return how far the stand's time is ahead of the wall time; the row is read once a second."""
    if time.monotonic() - _memory.read_at > _REMEMBER_SECONDS:
        found = ClockSetting.objects.values_list("offset_seconds", flat=True).first()
        _memory.offset_seconds, _memory.read_at = found or 0, time.monotonic()
    return timedelta(seconds=_memory.offset_seconds)


def now() -> datetime:
    """Return the stand's time, timezone-aware, in UTC."""
    return wall() + offset()


def travel(delta: timedelta) -> timedelta:
    """Move the stand's time by `delta` for every process; return the whole offset."""
    total = offset() + delta
    ClockSetting.objects.update_or_create(id=1, defaults={"offset_seconds": int(total.total_seconds())})
    _memory.read_at = float("-inf")
    return total


def back_to_now() -> None:
    """Return the stand to wall time."""
    ClockSetting.objects.all().delete()
    _memory.read_at = float("-inf")
