"""Browser profiles in the middle of something: made once, then copied for every look at a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.browser.places import Place
from tests.browser.walk import Visit, Visitor

# the name of the stand's cookie on each side
VIEW_COOKIES: Final = {"127.0.0.1": "frmr_view", "localhost": "esia_stand_view"}


@dataclass(frozen=True)
class State:
    """Cookies of a browser, and the page that it was left at."""

    storage: Any
    url: str


class Rooms:
    """Browser profiles by state and view, each made when the first test asks for it."""

    def __init__(self, new_visitor: Visit, origins: Mapping[str, str]) -> None:
        """Remember how visitors are made and where the sides are."""
        self._new_visitor = new_visitor
        self._origins = origins
        self._states: dict[str, State] = {}
        self._visitors: dict[tuple[str, str], Visitor] = {}

    def show(self, place: Place, view: str = "") -> Visitor:
        """Open a place; return the visitor in front of it.

        Args:
            place: page and state.
            view: cookie of «версия для слабовидящих»; empty is the ordinary view.
        """
        visitor = self.visitor(place.state, view)
        visitor.watch.take()
        visitor.page.goto(self._address(place))
        if place.press:
            _press(visitor.page, place.press)
        return visitor

    def _address(self, place: Place) -> str:
        return self._origins[place.side] + place.path if place.path else self._state(place.state).url

    def close(self) -> None:
        """End all profiles."""
        for visitor in self._visitors.values():
            visitor.page.context.close()

    def visitor(self, state: str, view: str = "") -> Visitor:
        """Return the visitor of a state; a new one copies its cookies."""
        if (state, view) not in self._visitors:
            visitor = self._new_visitor(origins=tuple(self._origins.values()), storage_state=self._state(state).storage)
            if view:
                cookies = [{"name": name, "value": view, "domain": host, "path": "/"} for host, name in VIEW_COOKIES.items()]
                visitor.page.context.add_cookies(cookies)
            self._visitors[state, view] = visitor
        return self._visitors[state, view]

    def _state(self, name: str) -> State:
        if name not in self._states:
            visitor = self._new_visitor()
            _WALKS[name](visitor)
            self._states[name] = State(visitor.page.context.storage_state(), visitor.page.url)
            visitor.page.context.close()
        return self._states[name]


def _press(page: Page, selector: str) -> None:
    target = page.locator(selector).first
    if target.evaluate("element => element.localName") == "summary":
        target.click()
        return
    with page.expect_navigation():
        target.click()


def _stay(_visitor: Visitor) -> None:
    """Nobody has done anything yet."""


def _sign_in(visitor: Visitor) -> None:
    visitor.sign_in("mismatch")
    visitor.reload_until(visitor.page.get_by_role("link", name="Вход выполнен", exact=True))


def _stop_at_code(visitor: Visitor) -> None:
    visitor.go_to_provider()
    visitor.submit_password("simple")
    expect(visitor.by_id("code")).to_be_visible()


def _stop_at_consent(visitor: Visitor) -> None:
    visitor.reach_consent("admin")


def _deny(visitor: Visitor) -> None:
    visitor.reach_consent("renamed")
    visitor.by_id("deny").click()
    expect(visitor.heading).to_have_text("Вы отменили вход")


_WALKS: Final[Mapping[str, Callable[[Visitor], None]]] = {
    "anonymous": _stay,
    "doctor": _sign_in,
    "at_code": _stop_at_code,
    "at_consent": _stop_at_consent,
    "denied": _deny,
}
