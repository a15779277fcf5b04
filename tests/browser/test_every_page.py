"""Every page of both sides, looked at in every way (WEB-02, EM-04, WCAG 2.2 AA)."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver

from tests.browser.inspection import HEIGHT, WIDTHS, faults, faults_in_contrast
from tests.browser.places import PLACES, TITLED, Place
from tests.browser.states import Rooms
from tests.browser.walk import Visit, Visitor

URLCONFS = {"portal": "frmr_portal.urls", "esia": "frmr_portal.idp_urls"}
# addresses that answer a browser with something else than a page, or take forms only
NOT_PAGES = {
    "portal": {
        *("health_live", "health_ready", "kit:robots", "kit:favicon", "kit:set_view", "esia_login", "esia_callback", "session:sign_out"),
        *("home:show_snils", "notifications:mark_read", "notifications:mark_all_read"),
    },
    "esia": {
        *("health_live", "health_ready", "kit:robots", "kit:favicon", "kit:set_view", "esia:sign_out", "esia:logout"),
        *("esia:token", "esia:person", "esia:contacts", "esia:contact", "esia:roles", "esia:not_emulated", "esia:certificate"),
    },
}


def each(places: tuple[Place, ...]) -> pytest.MarkDecorator:
    """Run a test for every one of the places."""
    return pytest.mark.parametrize("place", places, ids=lambda place: place.name)


class TestEveryPage:
    @each(PLACES)
    def test_WEB_02_EM_04_is_accessible_marked_and_quiet(self, rooms: Rooms, shots: Path, place: Place) -> None:
        """WCAG 2.2 AA by axe in light and dark, no overflow, the mark everywhere (EM-04), no word in the console (WEB-02)."""
        visitor = rooms.show(place)
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": HEIGHT})
            visitor.page.evaluate("scrollTo(0, 0)")
            visitor.page.screenshot(path=shots / f"{place.name}-{width}.png", full_page=True)
        assert faults(visitor.page) == []
        assert visitor.watch.take() == []

    @each(TITLED)
    def test_stays_whole_in_the_view_for_weak_eyes(self, rooms: Rooms, place: Place) -> None:
        visitor = rooms.show(place, view="contrast.wb.xl.wide")
        assert faults_in_contrast(visitor.page) == []
        assert visitor.watch.take() == []


class TestWatch:
    def test_notices_what_the_policy_forbids(self, new_visitor: Visit) -> None:
        """The silence of the other tests means something: an inline style is heard, and so is a foreign address."""
        visitor = new_visitor()
        visitor.open("/about/")
        assert visitor.watch.take() == []
        visitor.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\"><img src=\"http://192.0.2.1/x.png\">')")
        visitor.page.wait_for_load_state("networkidle")
        heard = "\n".join(visitor.watch.take())
        visitor.page.context.close()
        assert "style-src" in heard
        assert "img-src" in heard


class TestSite:
    def test_every_page_has_a_title_of_its_own(self, rooms: Rooms) -> None:
        titles = Counter(rooms.show(place).page.title() for place in TITLED)
        assert [title for title, count in titles.items() if count > 1] == []
        assert all(title.endswith("· Учебный стенд") for title in titles)

    @pytest.mark.parametrize("side", ["portal", "esia"])
    def test_every_address_is_among_the_pages_that_are_looked_at(self, side: str) -> None:
        """A new page has to be added to the list, or the checks above would pass it by."""
        resolver = get_resolver(URLCONFS[side])
        looked_at = [place.path for place in PLACES if place.side == side and place.path and not place.name.startswith("error")]
        known = {resolver.resolve(urlsplit(path).path).view_name for path in looked_at if resolves(resolver, path)}
        known |= {"kit:components", "kit:component_error", "esia:sign_in_code", "esia:consent"}
        assert {name for name in names_of(resolver) if name not in known} == NOT_PAGES[side]

    @pytest.mark.parametrize("state", ["anonymous", "doctor"])
    def test_every_link_leads_to_a_page_that_is_looked_at(self, rooms: Rooms, state: str) -> None:
        """Walk over all links from both start pages: no dead end, nothing outside the stand."""
        visitor = rooms.visitor(state)
        waiting, seen = {f"{visitor.portal_url}/", f"{visitor.esia_url}/"}, set[str]()
        while waiting:
            url = waiting.pop()
            seen.add(url)
            answer = visitor.page.goto(url)
            assert answer is not None
            assert answer.ok, url
            waiting |= links_of(visitor) - seen
        assert {urlsplit(url).path for url in seen} <= {urlsplit(place.path).path for place in PLACES} | {""}
        assert visitor.watch.take() == []


def links_of(visitor: Visitor) -> set[str]:
    """Return where the links of a page lead; each person's card of the provider is the same page."""
    found = visitor.page.locator("a[href]").evaluate_all("links => links.map((link) => link.href.split('#')[0])")
    return {url.split("?")[0] for url in found if not url.endswith(".crt")}


def resolves(resolver: URLResolver, path: str) -> bool:
    """Tell whether an address exists; some pages are shown for addresses that do not."""
    try:
        resolver.resolve(urlsplit(path).path)
    except Resolver404:
        return False
    return True


def names_of(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Yield the full names of all addresses."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}"
        else:
            yield from names_of(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
