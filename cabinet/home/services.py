"""What a person may do on the home page."""

from datetime import datetime

from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Event
from frmr_portal.base.kit.values import Actor, PortalSession


def show_snils(*, portal: PortalSession, request_id: str, now: datetime) -> Event:
    """Record that a person opened their own СНИЛС; the number itself never gets into the journal.

    Args:
        portal: who looks, and at whose number: only one's own is shown.
        request_id: id of the request, for the journal.
        now: stand time, timezone-aware.
    """
    actor = Actor("account", str(portal.account_id), portal.role_name)
    return audit.record("snils.shown", actor=actor, now=now, target=f"account:{portal.account_id}", request_id=request_id)
