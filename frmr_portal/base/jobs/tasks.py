"""How a function of a room becomes background work."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from celery import shared_task
from django.db import transaction

from frmr_portal.base.clock import services as clock
from frmr_portal.base.jobs import services

logger = logging.getLogger(__name__)


class Handler(Protocol):
    """What a room writes: the work itself, on identifiers, at a given time."""

    def __call__(self, payload: Mapping[str, Any], *, now: datetime) -> None:
        """Do the work; effects belong to the current transaction."""


def background(name: str, *, lease: timedelta = services.RUN_LEASE) -> Callable[[Handler], Callable[[str], None]]:
    """Turn a handler into the Celery task `name`, which takes the id of a job.

    The effects of the handler and the mark «done» are one transaction, so a job that is delivered
    twice, or again after a crash, has its effects once.

    Args:
        name: the name that `enqueue` is called with.
        lease: longer than the handler ever takes; afterwards another worker may take the job over.
    """

    def decorate(handler: Handler) -> Callable[[str], None]:
        @shared_task(name=name)  # type: ignore[untyped-decorator]  # Celery has no types
        def task(job_id: str) -> None:
            _run(handler, UUID(job_id), lease)

        return task  # type: ignore[no-any-return]

    return decorate


def _run(handler: Handler, job_id: UUID, lease: timedelta) -> None:
    try:
        claimed = services.claim(job_id, now=clock.now(), lease=lease)
        _attempt(handler, claimed)
    except services.ClaimRefused:
        logger.info("job %s: nothing to do, it was delivered again", job_id)
    except services.ClaimLost:
        logger.warning("job %s: the lease passed, another worker has it", job_id)


def _attempt(handler: Handler, claimed: services.Claim) -> None:
    try:
        with transaction.atomic():
            handler(claimed.payload, now=clock.now())
            services.complete(claimed, now=clock.now())
    except services.ClaimLost:
        raise
    except Exception as error:
        # the rollback is over: the failure must stay
        logger.exception("job %s: attempt %d failed", claimed.job_id, claimed.attempt)
        services.fail(claimed, error=type(error).__name__, now=clock.now())
