"""The outbox: background work that is written down together with the change that asks for it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Life of a job: queued → sent → running → done, or back to queued, or parked."""

    QUEUED = "queued", _("В очереди")
    SENT = "sent", _("Передано исполнителю")
    RUNNING = "running", _("Выполняется")
    DONE = "done", _("Выполнено")
    PARKED = "parked", _("Отложено после ошибок")


_WAITING = models.Q(state="queued", next_at__isnull=False, lease_until__isnull=True)
_HELD = models.Q(state__in=["sent", "running"], next_at__isnull=True, lease_until__isnull=False)
_OVER = models.Q(state__in=["done", "parked"], next_at__isnull=True, lease_until__isnull=True)


class Job(models.Model):
    """One piece of background work; the broker only ever carries its id.

    `next_at` says when a queued job is due, `lease_until` when somebody who holds the job (the broker
    or a worker) counts as gone; each is set in its own states only, which keeps the two indexes of
    the relay as small as the work that is still open.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    # identifiers only, never personal data: the payload travels through no mask
    payload = models.JSONField()
    key = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    # how often a worker has begun; also the fence that keeps a late worker from finishing
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    # class of the exception only: its text may quote data of a person
    last_error = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_WAITING | _HELD | _OVER, name="job_moments_fit_its_state"),
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False) | (~models.Q(state="done") & models.Q(done_at__isnull=True)),
                name="job_done_at_only_when_done",
            ),
        ]
        indexes = [
            models.Index("next_at", condition=models.Q(next_at__isnull=False), name="job_due"),
            models.Index("lease_until", condition=models.Q(lease_until__isnull=False), name="job_lease"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"
