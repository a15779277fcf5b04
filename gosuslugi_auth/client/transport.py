"""The portal's calls to the provider: short, bounded, and every failure typed (security.md 4.6, F-11).

Connect 2 s, read 5 s, one sign-in 6 s in all, answer at most 256 KB of JSON, no redirects; one repetition, of GET only;
after five failures in a row the provider is left alone for 30 s.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import requests

from gosuslugi_auth.client import failures

CONNECT_SECONDS: Final = 2.0
READ_SECONDS: Final = 5.0
SIGN_IN_SECONDS: Final = 6.0
LARGEST_BYTES: Final = 256 * 1024
_CHUNK_BYTES: Final = 16 * 1024
_REDIRECT: Final = 300
_CLIENT_ERROR: Final = 400
_SERVER_ERROR: Final = 500
# a provider that drips its answer byte by byte holds a thread; the people who wait are let go in time
_WAITERS: Final = ThreadPoolExecutor(max_workers=16, thread_name_prefix="esia")


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end.

    Attributes:
        status: HTTP status, below 500.
        body: the JSON object.
    """

    status: int
    body: dict[str, Any]


@dataclass
class Breaker:
    """Counts failures of one process and says when to leave the provider alone.

    Attributes:
        limit: failures in a row after which calls are refused.
        rest_seconds: how long they are refused; the first call after that decides.
        timer: monotonic clock, seconds.
    """

    limit: int = 5
    rest_seconds: float = 30.0
    timer: Callable[[], float] = time.monotonic
    failures: int = 0
    rests_until: float = float("-inf")
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        """Refuse the call while the provider rests.

        Raises:
            ProviderResting: too many failures a short while ago.
        """
        with self._lock:
            if self.timer() < self.rests_until:
                raise failures.ProviderResting
            if self.failures >= self.limit:
                # one caller tries; the others keep resting until it has an answer
                self.rests_until = self.timer() + self.rest_seconds

    def succeeded(self) -> None:
        """Close the breaker."""
        with self._lock:
            self.failures, self.rests_until = 0, float("-inf")

    def failed(self) -> None:
        """Count a failure and open the breaker at the limit."""
        with self._lock:
            self.failures += 1
            if self.failures >= self.limit:
                self.rests_until = self.timer() + self.rest_seconds


breaker: Final = Breaker()


@dataclass
class Deadline:
    """The time that one sign-in may still spend on the provider."""

    seconds: float = SIGN_IN_SECONDS
    started_at: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Return the seconds that are left, never below a hundredth."""
        return max(self.started_at + self.seconds - time.monotonic(), 0.01)


class _StraightSession(requests.Session):
    """Goes to the one address that it was given."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """See no redirect: even one that is not followed would be read to its end, however long it is."""


def new_session() -> requests.Session:
    """Return a session without redirects, proxies, netrc and cookies of earlier calls."""
    session = _StraightSession()
    session.trust_env = False
    return session


def post_form(url: str, form: Mapping[str, str], *, deadline: Deadline) -> Answer:
    """Send a form and return the JSON answer; never repeated.

    Raises:
        ProviderUnavailable: no answer, no usable answer, or the provider rests.
    """
    return _guarded(lambda: _call("POST", url, data=form), deadline)


def get_json(url: str, *, token: str, deadline: Deadline) -> Answer:
    """Fetch a JSON object with a bearer token; repeated once if there was no answer.

    Raises:
        ProviderUnavailable: no answer, no usable answer, or the provider rests.
    """
    headers = {"Authorization": f"Bearer {token}"}
    try:
        return _guarded(lambda: _call("GET", url, headers=headers), deadline)
    except (failures.ProviderResting, failures.AnswerUnusable):
        raise
    except failures.ProviderUnavailable:
        return _guarded(lambda: _call("GET", url, headers=headers), deadline)


def _guarded(call: Callable[[], Answer], deadline: Deadline) -> Answer:
    breaker.check()
    try:
        answer = _WAITERS.submit(call).result(timeout=deadline.left())
    except (requests.RequestException, TimeoutError) as error:
        breaker.failed()
        raise failures.ProviderUnavailable from error
    except failures.ProviderUnavailable:
        breaker.failed()
        raise
    breaker.succeeded()
    return answer


def _call(method: str, url: str, *, data: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    sent = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    with (
        new_session() as session,
        session.request(method, url, data=data, headers=sent, timeout=(CONNECT_SECONDS, READ_SECONDS), allow_redirects=False, stream=True) as response,
    ):
        if response.status_code >= _SERVER_ERROR:
            raise failures.ProviderUnavailable(f"status {response.status_code}")
        is_json = response.headers.get("Content-Type", "").lower().startswith("application/json")
        if _REDIRECT <= response.status_code < _CLIENT_ERROR or not is_json:
            raise failures.AnswerUnusable("not JSON")
        return Answer(response.status_code, _object(_body(response)))


def _body(response: requests.Response) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        body += chunk
        if len(body) > LARGEST_BYTES:
            raise failures.AnswerUnusable("too large")
    return bytes(body)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise failures.AnswerUnusable("not JSON") from error
    if not isinstance(found, dict):
        raise failures.AnswerUnusable("not an object")
    return found
