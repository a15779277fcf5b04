"""Hands on the keyboard only: every stop is seen, every function is reached (WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11)."""

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import Visitor

# more stops than any page of the stand has
MOST_STOPS: Final = 80
# where the focus is: what it is, whether its ring is drawn, whether the sticky banner hides it
STOP: Final = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const box = stop.getBoundingClientRect(), style = getComputedStyle(stop);
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
  return {
    name: `${stop.localName} ${stop.id || stop.name || stop.className} ${(stop.textContent || "").trim().slice(0, 40)}`,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    clear: !!middle && (stop.contains(middle) || middle.contains(stop) || [...(stop.labels || [])].some((label) => label.contains(middle))),
    count: [...document.querySelectorAll("*")].indexOf(stop),
  };
}"""


def walk_by_tab(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top of the page until the focus leaves it; return the stops."""
    stops: list[dict[str, Any]] = []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (stops and stop["count"] == stops[0]["count"]):
            break
        stops.append(stop)
    return stops


def tab_to(page: Page, test_id: str) -> None:
    """Press Tab until an element has the focus."""
    wanted = page.get_by_test_id(test_id)
    expect(wanted).to_be_visible()
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    expect(wanted).to_be_focused()


class TestKeyboard:
    def test_a_person_signs_in_with_tab_and_enter_alone(self, visitor: Visitor) -> None:
        visitor.open()
        page = visitor.page
        for test_id in ("to-sign-in", "sign-in", "persona-hr", "submit"):
            tab_to(page, test_id)
            page.keyboard.press("Enter")
        tab_to(page, "code")
        page.keyboard.type(visitor.read_code())
        page.keyboard.press("Enter")
        tab_to(page, "allow")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{visitor.portal_url}/")
        expect(page.locator("main")).to_contain_text("Кадрова Ольга Павловна")

    @pytest.mark.parametrize("side", ["portal", "esia"])
    def test_the_first_stop_skips_to_the_content(self, visitor: Visitor, side: str) -> None:
        page = visitor.page
        page.goto(visitor.portal_url if side == "portal" else visitor.esia_url)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Перейти к содержанию")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")

    @pytest.mark.parametrize("width", [390, 1280])
    @pytest.mark.parametrize("path", ["portal:/", "portal:/login/", "portal:/nowhere/", "esia:/", "esia:/login/", "esia:/outbox/"])
    def test_every_stop_is_drawn_and_nothing_covers_it(self, visitor: Visitor, path: str, width: int) -> None:
        side, _, rest = path.partition(":")
        visitor.page.set_viewport_size({"width": width, "height": 700})
        visitor.page.goto((visitor.portal_url if side == "portal" else visitor.esia_url) + rest)
        stops = walk_by_tab(visitor.page)
        assert len(stops) >= 5
        assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"] and stop["clear"])] == []

    def test_escape_closes_the_menu_and_gives_the_focus_back(self, visitor: Visitor) -> None:
        visitor.sign_in("pending-contact")
        page, summary = visitor.page, visitor.page.locator(".menu > summary")
        stops = walk_by_tab(page)
        assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"] and stop["clear"])] == []
        summary.focus()
        page.keyboard.press("Enter")
        leave = page.get_by_role("button", name="Выйти")
        expect(leave).to_be_visible()
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(leave).to_be_hidden()
        expect(summary).to_be_focused()
