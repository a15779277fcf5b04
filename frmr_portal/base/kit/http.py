"""Small helpers of views: safe ways back and refusals that have their own page."""

import functools
import math
import unicodedata
from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

HOME = "/"


class TooManyRequests(Exception):
    """The visitor must wait; the middleware answers 429 with `Retry-After`."""

    def __init__(self, retry_after: timedelta) -> None:
        """Remember how long to wait."""
        super().__init__(f"retry after {retry_after}")
        self.retry_after_seconds = whole_seconds(retry_after)


class ServiceUnavailable(Exception):
    """Something that the page needs is away; the middleware answers 503 with `Retry-After`."""

    def __init__(self, retry_after: timedelta = timedelta(seconds=30)) -> None:
        """Remember when a new attempt makes sense."""
        super().__init__(f"retry after {retry_after}")
        self.retry_after_seconds = whole_seconds(retry_after)


def whole_seconds(delta: timedelta) -> int:
    """Return a positive number of seconds, rounded up: an early retry would be refused again."""
    return max(1, math.ceil(delta.total_seconds()))


def local_address(candidate: str) -> str:
    """Return `candidate` if it is a path of this very site, else the home page (SE-07).

    Stricter than a check of the host: no scheme, no host, no backslash and no invisible character at
    all, so that no browser may read the address in another way than we do.
    """
    is_path = candidate.startswith("/") and not candidate.startswith("//")
    is_plain = "\\" not in candidate and not any(unicodedata.category(char)[0] in "CZ" for char in candidate)
    if is_path and is_plain and url_has_allowed_host_and_scheme(candidate, allowed_hosts=None):
        return candidate
    return HOME


def reads_raw_parameters[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark a view that judges the encoding of its parameters itself and answers in its protocol's own words."""

    @functools.wraps(view)
    def marked(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(*args, **kwargs)

    marked.reads_raw_parameters = True  # type: ignore[attr-defined]  # read by EncodingMiddleware
    return marked
