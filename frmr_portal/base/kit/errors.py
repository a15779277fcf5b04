"""Error handlers of both sides.

They use no session, no room and no context processor: the page about a failure must not fail for the
same reason. The text of an exception is never shown (WEB-10).
"""

import logging
from typing import Final

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from frmr_portal.base.kit import error_pages
from frmr_portal.base.kit.context import frame
from frmr_portal.base.kit.error_pages import ErrorPage
from frmr_portal.base.kit.http import ServiceUnavailable, TooManyRequests

logger = logging.getLogger(__name__)

# shown when even the template of the error page cannot be drawn; it carries the mark of the stand (EM-04)
_LAST_RESORT: Final = (
    '<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="robots" content="noindex, nofollow">'
    "<title>Ошибка на нашей стороне · Учебный стенд</title></head><body>"
    "<p><strong>Учебный стенд. Не вводите настоящие данные</strong></p>"
    "<h1>Ошибка на нашей стороне</h1><p>Повторите действие через минуту. Код E-500.</p></body></html>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the request was too big."""
    if isinstance(exception, (RequestDataTooBig, TooManyFilesSent)):
        return answer(request, error_pages.TOO_LARGE)
    return answer(request, error_pages.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return answer(request, error_pages.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return answer(request, error_pages.NOT_FOUND)


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """Answer 405 and name the allowed methods in the header."""
    response = answer(request, error_pages.NOT_ALLOWED)
    response["Allow"] = allow
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    try:
        return answer(request, error_pages.SERVER_ERROR)
    except Exception:  # behind this page there is no other one
        logger.exception("the error page failed")
        return HttpResponse(_LAST_RESORT, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without the right token."""
    return answer(request, error_pages.FORM_EXPIRED)


def too_many_requests(request: HttpRequest, refusal: TooManyRequests) -> HttpResponse:
    """Answer 429 and say when to come back."""
    return answer(request, error_pages.TOO_MANY, retry_after_seconds=refusal.retry_after_seconds)


def service_unavailable(request: HttpRequest, refusal: ServiceUnavailable) -> HttpResponse:
    """Answer 503 and say when to come back."""
    return answer(request, error_pages.UNAVAILABLE, retry_after_seconds=refusal.retry_after_seconds)


def answer(request: HttpRequest, page: ErrorPage, retry_after_seconds: int = 0) -> HttpResponse:
    """Draw an error page; it needs neither the session nor the database."""
    context = {**frame(request), "me": None, "page": page, "retry_after_seconds": retry_after_seconds, "csrf_token": get_token(request)}
    response = HttpResponse(render_to_string("kit/error.html", context), status=page.status)
    if retry_after_seconds:
        response["Retry-After"] = str(retry_after_seconds)
    return response
