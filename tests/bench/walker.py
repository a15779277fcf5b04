"""A person at a browser: signs in through both processes by their real pages and forms."""

import re
import time
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

CALLBACK_PATH: Final = "/login/esia/callback/"
PATIENCE_SECONDS: Final = 20.0
MOST_HOPS: Final = 12

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CODE = re.compile(r'class="box__code[^"]*">\s*(\d{6})')
_SCOPE = re.compile(r'name="scope" value="([^"]+)"')


class WalkFailed(Exception):
    """A page was not the one that the walk leads to; the text names the page."""


@dataclass(frozen=True)
class SignedIn:
    """A finished sign-in.

    Attributes:
        body: the page that the person ended on.
        opened_at: monotonic seconds at which the portal answered the callback, so the session was open.
    """

    body: str
    opened_at: float


@dataclass
class Walker:
    """One browser of one test person.

    Attributes:
        portal: address of the portal without a slash at the end.
        number: number of the persona; login and password follow from it.
        browser: keeps the cookies of both sides.
        back_channel: calls of a system about this person; a browser's cookies do not travel there.
    """

    portal: str
    number: int
    browser: requests.Session = field(default_factory=requests.Session)
    back_channel: requests.Session = field(default_factory=requests.Session)

    @property
    def oid(self) -> int:
        """Number of the person at the provider."""
        return 1_000_900_000 + self.number

    def cookies_for(self, address: str) -> str:
        """Return the Cookie header that this browser sends to an address."""
        prepared = self.browser.prepare_request(requests.Request("GET", address))
        return prepared.headers.get("Cookie", "")

    def sign_in(self) -> SignedIn:
        """Walk from the door of the portal to its home page.

        A browser that still has a session at the provider is neither asked for a password nor for a code.

        Raises:
            WalkFailed: some page on the way was not the right one.
        """
        door = self._get(f"{self.portal}/login/")
        page = self._follow(self._submit(door, f"{self.portal}/login/esia/", next="/"))
        if page.at.endswith("/login/"):
            page = self._prove(page)
        if page.at.endswith("/consent/"):
            page = self._follow(self._submit(page.response, page.response.url, scope=_SCOPE.findall(page.response.text)))
        if page.response.url != f"{self.portal}/" or page.opened_at is None:
            raise WalkFailed(f"the sign-in ended at {page.at}")
        return SignedIn(page.response.text, page.opened_at)

    def ask_for_authorization(self) -> dict[str, str]:
        """Return the parameters of the signed request that the portal sends a visitor to the provider with."""
        door = self._get(f"{self.portal}/login/")
        answer = self._submit(door, f"{self.portal}/login/esia/", next="/")
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))

    def sign_out_of_portal(self) -> None:
        """Forget the session of the portal; the provider's session stays."""
        host = urlsplit(self.portal).hostname or ""
        self.browser.cookies.clear(domain=host)

    def _prove(self, page: "_Stop") -> "_Stop":
        password = self._submit(page.response, page.response.url, login=f"000-000-600 {self.number:02d}", password=f"Stand-{self.number:02d}")
        asked = self._follow(password)
        found = _CODE.search(asked.response.text)
        if not asked.at.endswith("/login/code/") or found is None:
            raise WalkFailed(f"no code is asked for or shown at {asked.at}")
        return self._follow(self._submit(asked.response, asked.response.url, code=found[1]))

    def _get(self, address: str) -> requests.Response:
        return self.browser.get(address, allow_redirects=False, timeout=PATIENCE_SECONDS)

    def _submit(self, page: requests.Response, address: str, **given: str | list[str]) -> requests.Response:
        token = _CSRF.search(page.text)
        if token is None:
            raise WalkFailed(f"no form at {page.url}, status {page.status_code}")
        form = {"csrfmiddlewaretoken": token[1], **given}
        return self.browser.post(address, form, allow_redirects=False, timeout=PATIENCE_SECONDS)

    def _follow(self, response: requests.Response) -> "_Stop":
        opened_at = None
        for _hop in range(MOST_HOPS):
            if urlsplit(response.url).path == CALLBACK_PATH:
                opened_at = time.monotonic()
            if not response.is_redirect:
                break
            response = self._get(urljoin(response.url, response.headers["Location"]))
        if response.status_code != requests.codes.ok:
            raise WalkFailed(f"{response.url.partition('?')[0]} answered {response.status_code}")
        return _Stop(response, opened_at)


@dataclass(frozen=True)
class _Stop:
    """Where a chain of redirects ended."""

    response: requests.Response
    opened_at: float | None

    @property
    def at(self) -> str:
        """Address without its query."""
        return self.response.url.partition("?")[0]
