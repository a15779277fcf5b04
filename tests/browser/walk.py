"""A visitor with a browser: the steps of the sign-in, and an ear for what the browser complains about."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, expect

from gosuslugi_auth.idp.personas import loading

PERSONAS: Final = {persona.slug: persona for persona in loading.read_personas()}
# the worker has 20 s to write a notification; each look takes at most half a second
LOOKS: Final = 40
LOOK_MS: Final = 500


def password_of(persona: loading.Persona) -> str:
    """Return the password that is printed on the card."""
    return f"Stand-{persona.number:02d}"


@dataclass
class Watch:
    """What a browser complained about: console, scripts, requests that failed or left the stand.

    Attributes:
        origins: addresses that pages may ask.
        urls: everything that was asked for.
    """

    origins: tuple[str, ...]
    urls: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _refused_documents: set[str] = field(default_factory=set)
    _messages: list[tuple[str, str]] = field(default_factory=list)

    def listen_to(self, context: BrowserContext) -> None:
        """Begin to listen; CSP violations come as messages of the console."""
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self._on_request)
        context.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._messages.append((message.location.get("url", ""), message.text))

    def _on_request(self, request: Request) -> None:
        self.urls.append(request.url)
        if not request.url.startswith((*(f"{origin}/" for origin in self.origins), "data:")):
            self.complaints.append(f"foreign address: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            self._refused_documents.add(response.url)

    def take(self) -> list[str]:
        """Return the complaints so far and forget them.

        Chromium writes a line for a page that was answered with 4xx; the page was asked for, so that is no complaint.
        """
        said = [f"{text} ({url})" for url, text in self._messages if not (url in self._refused_documents and text.startswith("Failed to load resource"))]
        found = [*self.complaints, *said]
        self.complaints, self._messages = [], []
        return found


@dataclass(frozen=True)
class Visitor:
    """Somebody in front of the stand, in a browser of their own.

    Attributes:
        page: the tab.
        portal_url: origin of the cabinet.
        esia_url: origin of the mock provider.
        watch: what the browser complains about.
    """

    page: Page
    portal_url: str
    esia_url: str
    watch: Watch

    def open(self, path: str = "/") -> None:
        """Open a page of the cabinet."""
        self.page.goto(self.portal_url + path)

    def open_esia(self, path: str = "/") -> None:
        """Open a page of the provider."""
        self.page.goto(self.esia_url + path)

    def by_id(self, name: str) -> Locator:
        """Find an element by the name that templates keep for tests."""
        return self.page.get_by_test_id(name)

    @property
    def heading(self) -> Locator:
        """The one heading of the page."""
        return self.page.locator("h1")

    def go_to_provider(self) -> None:
        """Walk from the public start page of the cabinet to the provider."""
        self.open()
        self.by_id("to-sign-in").click()
        self.by_id("sign-in").click()
        expect(self.page).to_have_url(re.compile(f"^{re.escape(self.esia_url)}/"))

    def submit_password(self, slug: str, password: str = "") -> None:
        """Type the login and the password of a persona, or a wrong password."""
        persona = PERSONAS[slug]
        self.by_id("login").fill(persona.snils)
        self.by_id("password").fill(password or password_of(persona))
        self.by_id("submit").click()

    def read_code(self) -> str:
        """Read the newest code from the box beside the form."""
        return "".join(filter(str.isdigit, self.page.locator(".box__code").first.inner_text()))

    def submit_code(self, code: str = "") -> None:
        """Type a code, by default the right one."""
        self.by_id("code").fill(code or self.read_code())
        self.by_id("submit").click()

    def reach_consent(self, slug: str) -> None:
        """Walk as a persona from the start page to the question about data."""
        self.go_to_provider()
        self.submit_password(slug)
        self.submit_code()
        expect(self.by_id("allow")).to_be_visible()

    def sign_in(self, slug: str) -> None:
        """Walk the whole sign-in."""
        self.go_to_provider()
        self.submit_password(slug)
        self.submit_code()
        self.allow_if_asked()

    def allow_if_asked(self) -> None:
        """End the sign-in: the question about data is asked only once a year."""
        expect(self.page).to_have_url(re.compile(f"^({re.escape(self.portal_url)}/|{re.escape(self.esia_url)}/consent/.*)$"))
        if self.by_id("allow").is_visible():
            self.by_id("allow").click()
        expect(self.page).to_have_url(f"{self.portal_url}/")

    def reload_until(self, wanted: Locator) -> None:
        """Reload the page until something that the worker makes is on it."""
        for _look in range(LOOKS):
            try:
                expect(wanted.first).to_be_visible(timeout=LOOK_MS)
            except AssertionError:
                self.page.reload()
            else:
                return
        expect(wanted.first).to_be_visible()


Visit = Callable[..., Visitor]
