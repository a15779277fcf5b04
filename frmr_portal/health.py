"""Answers for whoever watches a process: is it alive, can it serve."""

import logging
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

logger = logging.getLogger(__name__)

_BROKER_PATIENCE_SECONDS: Final = 0.5


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer as long as the process serves requests at all."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be served.

    Without the database nothing works. Without the broker pages still do: background work waits in
    the outbox, so a lost broker is reported and does not take the process out of service.
    """
    parts = {"database": _state(is_well=_database_answers()), "broker": _state(is_well=_broker_answers())}
    return JsonResponse(parts, status=200 if parts["database"] == _state(is_well=True) else 503)


def _state(*, is_well: bool) -> str:
    return "ok" if is_well else "unavailable"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("the database does not answer")
        return False
    return True


def _broker_answers() -> bool:
    # kombu and redis-py write the address of a unix socket differently
    address = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://")
    try:
        with Redis.from_url(address, socket_timeout=_BROKER_PATIENCE_SECONDS, socket_connect_timeout=_BROKER_PATIENCE_SECONDS) as broker:
            return bool(broker.ping())
    except RedisError:
        return False
