"""Rows of the journal and the head of its chain."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# what the first row points to
GENESIS: Final = "0" * 64


class Outcome(models.TextChoices):
    """How an action ended."""

    DONE = "done", _("Выполнено")
    REFUSED = "refused", _("Отказано")


class Event(models.Model):
    """One line of the journal; written once, never changed.

    `seq` comes from the head row and not from an identity column: an identity is given out before
    the lock, so under several writers it does not follow the order of the chain (rule M10).
    """

    seq = models.BigIntegerField(primary_key=True)
    # an integer has one canonical form on every database, a timestamp has not
    at_microseconds = models.BigIntegerField()
    action = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    actor_kind = models.CharField(max_length=16)
    actor_key = models.CharField(max_length=64, blank=True)
    actor_role = models.CharField(max_length=64, blank=True)
    target = models.CharField(max_length=128, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    data = models.JSONField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gt=0), name="audit_event_seq_is_positive"),
            models.CheckConstraint(condition=models.Q(outcome__in=["done", "refused"]), name="audit_event_outcome_is_known"),
        ]
        indexes = [models.Index("actor_kind", "actor_key", models.F("seq").desc(), name="audit_event_of_an_actor")]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.outcome}"

    @property
    def at(self) -> datetime:
        """Moment of the event by the stand's clock, UTC."""
        return EPOCH + timedelta(microseconds=self.at_microseconds)

    @property
    def title(self) -> str:
        """What people read in «Журнал»."""
        return actions.title_of(self.action)

    @property
    def is_refusal(self) -> bool:
        """Whether the action was refused."""
        return self.outcome == Outcome.REFUSED


class Head(models.Model):
    """Where the chain ends: the one row that every writer locks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
