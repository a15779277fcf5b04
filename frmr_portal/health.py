"""Answers for whoever watches a process: is it alive, can it serve."""

import logging
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer as long as the process serves requests at all."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when pages can be served: a page needs the database and nothing else.

    The broker is no part of it: a web process writes background work to the outbox and never talks
    to the broker, so its loss delays work and takes no page out of service.
    """
    is_well = _database_answers()
    return JsonResponse({"database": "ok" if is_well else "unavailable"}, status=HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.exception("the database does not answer")
        return False
    return True
