"""Background work of the room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cabinet.notifications import services
from frmr_portal.base.jobs.tasks import background


@background("cabinet.notifications.deliver_event")
def deliver_event(payload: Mapping[str, Any], *, now: datetime) -> None:
    """Tell one person about one event."""
    services.deliver(event_seq=payload["event"], recipient_id=UUID(payload["recipient"]), now=now)
