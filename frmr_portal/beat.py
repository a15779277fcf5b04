"""The scheduler of background work."""

from typing import Any

from celery.beat import PersistentScheduler

from frmr_portal.base.kit import marks


class MarkedScheduler(PersistentScheduler):
    """Celery's own scheduler that also shows that it is at work: it has no port to ask."""

    def tick(self, *arguments: Any, **options: Any) -> float:
        """Send what is due; return how long nothing will be, seconds."""
        marks.leave("beat")
        seconds: float = super().tick(*arguments, **options)  # type: ignore[no-untyped-call]
        return seconds
