"""Life of a job: written by a service, handed to the broker by the relay, claimed by a worker.

The database is the only truth. Whatever is lost on the way (a message, a worker, the whole broker)
is sent again when its lease has passed, and whatever arrives twice is refused by the claim.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Outcome
from frmr_portal.base.jobs.models import Job, State
from frmr_portal.base.kit.values import WORKER

MAX_ATTEMPTS: Final = 5
# a worker that dies is noticed after this long; a longer task declares its own lease
RUN_LEASE: Final = timedelta(seconds=30)
_BATCH_ROWS: Final = 100
_FIRST_RETRY: Final = timedelta(seconds=5)
_SENT_LEASE_MIN: Final = timedelta(seconds=60)
_SENT_LEASE_MAX: Final = timedelta(minutes=10)
# nothing here waits longer; a moment beyond it was written before the stand's clock went back
_LONGEST_WAIT: Final = timedelta(hours=1)
# an identifier holds no spaces, no @ and no Cyrillic: a name, an address or a number of a person does not fit
_IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_.:/-]{1,100}")

Publish = Callable[[str, UUID], None]


class PayloadNotIds(ValueError):
    """A payload may hold identifiers and numbers only (PR-01)."""


class ClaimRefused(Exception):
    """The job is not there to be taken: done, parked, or in the hands of another worker."""


class ClaimLost(Exception):
    """The lease passed and another worker has taken the job over: this one must not finish it."""


class BrokerUnavailable(Exception):
    """The broker did not take a message; raised by the `publish` that the relay is given."""


@dataclass(frozen=True)
class Claim:
    """A job in the hands of one worker.

    Attributes:
        job_id: primary key of the job.
        name: name of the task.
        payload: identifiers that the handler works on.
        attempt: which attempt this is, counted from 1; proves the claim when the job is finished.
    """

    job_id: UUID
    name: str
    payload: Mapping[str, Any]
    attempt: int


@transaction.atomic
def enqueue(name: str, *, key: str, payload: Mapping[str, str | int], now: datetime) -> Job:
    """Write a job down in the caller's transaction; the same key again returns the existing job.

    Args:
        name: name of the task, `cabinet.<room>.<verb_noun>`.
        key: idempotency key: what the job does to what.
        payload: identifiers and numbers.
        now: stand time, timezone-aware.

    Raises:
        PayloadNotIds: the payload holds something else than identifiers.
    """
    for value in payload.values():
        if not isinstance(value, int) and not _IDENTIFIER.fullmatch(value):
            raise PayloadNotIds(name)
    job, _created = Job.objects.get_or_create(key=key, defaults={"name": name, "payload": dict(payload), "next_at": now, "created_at": now})
    return job


def relay_once(*, now: datetime, publish: Publish) -> int:
    """Hand every job that is due to the broker and return how many were handed over.

    Rows are marked before the message leaves, and the message leaves outside the transaction: a slow
    broker never holds a lock. A crash in between costs one lease, never a job.

    Args:
        now: stand time, timezone-aware.
        publish: sends the name and the id of a job.

    Raises:
        BrokerUnavailable: the broker did not answer; what was not sent is queued again.
    """
    jobs = _taken_for_sending(now) if Job.objects.filter(_due(now)).exists() else []
    for position, job in enumerate(jobs):
        try:
            publish(job.name, job.id)
        except BrokerUnavailable:
            unsent = [job.id for job in jobs[position:]]
            Job.objects.filter(id__in=unsent, state=State.SENT).update(state=State.QUEUED, next_at=now, lease_until=None)
            raise
    return len(jobs)


def _due(now: datetime) -> Q:
    too_far = now + _LONGEST_WAIT
    return Q(next_at__lte=now) | Q(next_at__gt=too_far) | Q(lease_until__lte=now) | Q(lease_until__gt=too_far)


@transaction.atomic
def _taken_for_sending(now: datetime) -> list[Job]:
    # PostgreSQL: several relays share the work; SQLite: the IMMEDIATE transaction lets one in
    found = list(Job.objects.select_for_update(skip_locked=True).filter(_due(now)).order_by("created_at")[:_BATCH_ROWS])
    given_up = [job for job in found if job.attempts >= MAX_ATTEMPTS]
    for job in given_up:
        # its last worker died instead of failing
        _park(job.id, job.name, error="WorkerLost", now=now)
    jobs = [job for job in found if job.attempts < MAX_ATTEMPTS]
    for job in jobs:
        job.state, job.next_at, job.lease_until = State.SENT, None, now + _sent_lease(now - job.created_at)
    Job.objects.bulk_update(jobs, ["state", "next_at", "lease_until"])
    return jobs


def _sent_lease(age: timedelta) -> timedelta:
    # the older a job, the rarer it is sent again: a stopped worker finds a few copies, not thousands
    return min(max(age, _SENT_LEASE_MIN), _SENT_LEASE_MAX)


def claim(job_id: UUID, *, now: datetime, lease: timedelta = RUN_LEASE) -> Claim:
    """Take a job by one conditional UPDATE: of several workers exactly one succeeds.

    Args:
        job_id: primary key of the job.
        now: stand time, timezone-aware.
        lease: after this long the worker counts as gone.

    Raises:
        ClaimRefused: there is nothing to take.
    """
    free = Q(state=State.SENT, attempts__lt=MAX_ATTEMPTS) | Q(state=State.RUNNING, attempts__lt=MAX_ATTEMPTS, lease_until__lte=now)
    with transaction.atomic():
        taken = Job.objects.filter(free, id=job_id).update(state=State.RUNNING, attempts=F("attempts") + 1, lease_until=now + lease)
        if not taken:
            raise ClaimRefused(job_id)
        job = Job.objects.get(id=job_id)
    return Claim(job_id, job.name, job.payload, job.attempts)


def complete(claimed: Claim, *, now: datetime) -> None:
    """Mark a job done, in the transaction of its effects.

    Raises:
        ClaimLost: another worker holds the job now; the caller's transaction must not commit.
    """
    finished = _held_by(claimed).update(state=State.DONE, done_at=now, lease_until=None, last_error="")
    if not finished:
        raise ClaimLost(claimed.job_id)


@transaction.atomic
def fail(claimed: Claim, *, error: str, now: datetime) -> None:
    """Note a failed attempt: the job waits 5, 10, 20, 40 seconds, and is parked after the fifth.

    Args:
        claimed: what `claim` returned.
        error: class name of the exception.
        now: stand time, timezone-aware.

    Raises:
        ClaimLost: another worker holds the job now.
    """
    wait = _FIRST_RETRY * 2 ** (claimed.attempt - 1)
    if not _held_by(claimed).update(state=State.QUEUED, next_at=now + wait, lease_until=None, last_error=error[:100]):
        raise ClaimLost(claimed.job_id)
    if claimed.attempt >= MAX_ATTEMPTS:
        _park(claimed.job_id, claimed.name, error=error, now=now)


def _held_by(claimed: Claim) -> Any:
    return Job.objects.filter(id=claimed.job_id, state=State.RUNNING, attempts=claimed.attempt)


def _park(job_id: UUID, name: str, *, error: str, now: datetime) -> None:
    Job.objects.filter(id=job_id).update(state=State.PARKED, next_at=None, lease_until=None, last_error=error[:100])
    audit.record("job.parked", actor=WORKER, now=now, outcome=Outcome.REFUSED, target=f"job:{job_id}", reason=error, data={"task": name})
