"""One line for each request."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class AccessLogMiddleware(RequestMiddleware):
    """Log method, path, status and the id that the error pages show.

    The query string is left out: the sign-in carries codes, states and signed strings in it (OA-30).
    """

    def prepare(self, request: HttpRequest) -> None:
        """Give the lines of this request the id that the visitor sees."""
        super().prepare(request)
        structlog.contextvars.bind_contextvars(request_id=getattr(request, "request_id", ""))

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Return the method and the path."""
        return f"{request.method} {request.path}"
