"""Error pages: what happened, what is safe, what to do, and what to tell support."""

from django.http import HttpRequest, HttpResponse


def bad_request(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return HttpResponse(str(exception), status=400)


def forbidden(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return HttpResponse(str(exception), status=403)


def not_found(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return HttpResponse(str(exception), status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return HttpResponse(status=500)


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without the right token."""
    return HttpResponse(reason, status=403)
