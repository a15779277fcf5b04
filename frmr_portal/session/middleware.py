"""Life of a session and the typed `request.portal`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PortalSessionMiddleware:
    """Put the signed-in person on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request."""
        return self.get_response(request)
