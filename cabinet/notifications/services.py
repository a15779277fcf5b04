"""Telling people about events of the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cabinet.notifications import kinds
from cabinet.notifications.models import Notification
from frmr_portal.base.audit.models import Event
from frmr_portal.base.jobs import services as jobs


class NotificationAbsent(LookupError):
    """The person has no such notification."""


def announce(event: Event, *, recipient_id: UUID, now: datetime) -> None:
    """Have an event told to a person; part of the transaction that wrote the event.

    Args:
        event: a row of the journal whose action has a kind of notification.
        recipient_id: primary key of the account.
        now: stand time, timezone-aware.

    Raises:
        UnknownKind: nobody has written a notification for this action.
    """
    kinds.of(event.action)
    payload: dict[str, str | int] = {"event": event.seq, "recipient": str(recipient_id)}
    jobs.enqueue("cabinet.notifications.deliver_event", key=f"notify:{event.seq}:{recipient_id}", payload=payload, now=now)


@transaction.atomic
def deliver(*, event_seq: int, recipient_id: UUID, now: datetime) -> Notification:
    """Write the notification of an event; a second delivery returns the first one.

    Args:
        event_seq: number of the event in the journal.
        recipient_id: primary key of the account.
        now: stand time, timezone-aware.
    """
    event = Event.objects.get(seq=event_seq)
    kind = kinds.of(event.action)
    told = {"kind": event.action, "title": str(kind.title), "text": kind.text(event), "url_name": kind.url_name, "created_at": now}
    notification, _created = Notification.objects.get_or_create(recipient_id=recipient_id, event=event, defaults=told)
    return notification


def mark_read(*, recipient_id: UUID, notification_id: UUID, now: datetime) -> None:
    """Mark one notification as read; marking it again keeps the first moment.

    Raises:
        NotificationAbsent: there is none, or it is somebody else's.
    """
    own = Notification.objects.filter(recipient_id=recipient_id, id=notification_id)
    if not own.filter(read_at=None).update(read_at=now) and not own.exists():
        raise NotificationAbsent(notification_id)


def mark_all_read(*, recipient_id: UUID, now: datetime) -> int:
    """Mark everything as read and return how many were new."""
    return Notification.objects.filter(recipient_id=recipient_id, read_at=None).update(read_at=now)
