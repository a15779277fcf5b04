"""Reading notifications."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest

from cabinet.notifications.models import Notification
from frmr_portal.base.kit.values import CabinetRequest


def notifications_of(account_id: UUID) -> QuerySet[Notification]:
    """Return what a person was told, newest event first."""
    return Notification.objects.filter(recipient_id=account_id).order_by("-event_id")


def recent(account_id: UUID, limit: int) -> list[Notification]:
    """Return the newest notifications for the home page; one query."""
    return list(notifications_of(account_id)[:limit])


def unread_count(account_id: UUID) -> int:
    """Return how many notifications are new; one query on a partial index."""
    return Notification.objects.filter(recipient_id=account_id, read_at=None).count()


def bell_count(request: HttpRequest) -> int | None:
    """Return the number on the bell; nothing is shown when everything is read."""
    return unread_count(cast("CabinetRequest", request).portal.account_id) or None
