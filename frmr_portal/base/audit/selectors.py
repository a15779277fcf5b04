"""Reading the journal."""

from uuid import UUID

from django.db.models import QuerySet

from frmr_portal.base.audit.models import Event


def events_of(account_id: UUID) -> QuerySet[Event]:
    """Return what one person did and was refused on the portal, newest first."""
    return Event.objects.filter(actor_kind="account", actor_key=str(account_id)).order_by("-seq")
