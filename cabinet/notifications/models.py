"""What a person is told about events that concern them."""

import uuid

from django.conf import settings
from django.db import models

from cabinet.notifications import kinds
from frmr_portal.base.audit.models import Event


class Notification(models.Model):
    """One event told to one person; the texts are kept as they were told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # the constraint below is the index of both: newest first is the same index read backwards
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    url_name = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # an event that is delivered twice is told once
            models.UniqueConstraint(fields=["recipient", "event"], name="notification_once_per_event"),
        ]
        indexes = [
            models.Index("recipient", condition=models.Q(read_at__isnull=True), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d}"

    @property
    def icon(self) -> str:
        """Name of the icon of the kind."""
        return kinds.icon_of(self.kind)

    @property
    def is_new(self) -> bool:
        """Whether the person has not marked it as read."""
        return self.read_at is None
