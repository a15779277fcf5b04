"""Reading the box."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from frmr_portal.base.mailbox.models import Message

_BOX_MESSAGES = 5


@dataclass(frozen=True)
class Item:
    """A message as the tester sees it at a given moment.

    Attributes:
        message: the row.
        minutes_left: how long its code is still taken, rounded up; 0 if it is not.
        has_expired: whether it had a code whose time is over.
    """

    message: Message
    minutes_left: int
    has_expired: bool


def messages_of(owner: str) -> QuerySet[Message]:
    """Return the messages of one person, newest first."""
    return Message.objects.filter(owner=owner).order_by("-created_at", "-id")


def newest(limit: int) -> QuerySet[Message]:
    """Return the newest messages of everybody."""
    return all_messages()[:limit]


def all_messages() -> QuerySet[Message]:
    """Return the messages of everybody, newest first."""
    return Message.objects.order_by("-created_at", "-id")


def owners() -> list[str]:
    """Return the oids of all persons who got something."""
    return list(Message.objects.exclude(owner="").values_list("owner", flat=True).distinct().order_by("owner"))


def item(message: Message, *, now: datetime) -> Item:
    """Return a message together with what is left of its code."""
    if message.valid_until is None:
        return Item(message, 0, has_expired=False)
    seconds = (message.valid_until - now).total_seconds()
    return Item(message, max(math.ceil(seconds / 60), 0), has_expired=seconds <= 0)


def box(owner: str, *, now: datetime, limit: int = _BOX_MESSAGES) -> list[Item]:
    """Return the newest messages of one person for `mailbox/box.html`."""
    return [item(message, now=now) for message in messages_of(owner)[:limit]]
