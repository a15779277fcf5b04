"""Request ids, the headers that every page of the stand carries, and refusals before any view."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from frmr_portal.base.kit import errors
from frmr_portal.base.kit.http import ServiceUnavailable, TooManyRequests

GetResponse = Callable[[HttpRequest], HttpResponse]
_REPLACED = "\ufffd"


class RequestIdMiddleware:
    """Give every request a short id that people can read out to support; a client's own id is not trusted."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request with `request.request_id` set."""
        request.request_id = secrets.token_hex(6)  # type: ignore[attr-defined]  # typed in CabinetRequest
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class StandHeadersMiddleware:
    """EM-11: no search engine keeps a page of the stand; nothing personal stays in a cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request and add the headers."""
        response = self.get_response(request)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class EncodingMiddleware:
    """WEB-05: text that is not UTF-8 is refused at the door.

    Django replaces broken bytes silently, so a name or a redirect address would be changed on its way
    in. A NUL byte is refused too: PostgreSQL cannot store one and would answer with an error.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the path and the headers."""
        # Django has decoded the path and written each broken byte back as a percent sequence
        _refuse_broken(unquote_to_bytes(request.path_info.encode()))
        environ: Mapping[str, Any] = request.META
        for name, value in environ.items():
            if name.startswith("HTTP_"):
                # PEP 3333: each character of a header is one byte of the wire
                _refuse_broken(str(value).encode("latin-1", "replace"))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_arguments: Any) -> None:
        """Check the query and a form; a body that is not a form belongs to its view."""
        if getattr(view, "reads_raw_parameters", False):
            return
        _refuse_broken(unquote_to_bytes(str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace")))
        if request.content_type == "application/x-www-form-urlencoded" and request.method == "POST":
            _refuse_broken(unquote_to_bytes(request.body))
        elif request.content_type == "multipart/form-data" and request.method == "POST":
            # the parts were decoded on their way in; a broken byte has left its mark
            names = [file.name or "" for files in request.FILES.lists() for file in files[1]]
            texts = [text for key, found in request.POST.lists() for text in (key, *found)]
            if any(_REPLACED in text or "\0" in text for text in [*names, *map(str, texts)]):
                raise BadRequest("text is not UTF-8")


def _refuse_broken(raw: bytes) -> None:
    try:
        raw.decode()
    except UnicodeDecodeError:
        raise BadRequest("text is not UTF-8") from None
    if b"\0" in raw:
        raise BadRequest("text holds a NUL byte")


class RefusalMiddleware:
    """Turn the named refusals of views into their pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request; a bare 405 gets its page, an answer that has a body is left alone."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.not_allowed(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 429 or 503; other exceptions are not ours."""
        if isinstance(exception, TooManyRequests):
            return errors.too_many_requests(request, exception)
        if isinstance(exception, ServiceUnavailable):
            return errors.service_unavailable(request, exception)
        return None
