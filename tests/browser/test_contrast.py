"""«Версия для слабовидящих»: an ordinary form, kept by each side in a cookie of its own (matrix C6, A10)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import Visitor

ON = "Версия для слабовидящих"


def style(page: Page, selector: str, name: str) -> str:
    """Return a computed property of the first such element."""
    found: str = page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element).getPropertyValue(name)", name)
    return found


class TestContrast:
    def test_changes_colours_size_and_spacing_until_it_is_switched_off(self, visitor: Visitor) -> None:
        visitor.open("/about/")
        page, html = visitor.page, visitor.page.locator("html")
        usual = style(page, "body", "font-size")
        page.get_by_role("button", name=ON).click()
        expect(html).to_have_attribute("data-view", "contrast")
        assert (style(page, "body", "color"), style(page, "body", "background-color")) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
        page.get_by_role("button", name="Белым по чёрному").click()
        expect(page.get_by_role("button", name="Белым по чёрному")).to_have_attribute("aria-pressed", "true")
        assert style(page, "body", "background-color") == "rgb(0, 0, 0)"
        page.get_by_role("button", name="Очень крупный").click()
        expect(page.get_by_role("button", name="Очень крупный")).to_have_attribute("aria-pressed", "true")
        assert float(style(page, "body", "font-size").removesuffix("px")) == 2 * float(usual.removesuffix("px"))
        page.get_by_role("button", name="Большие").click()
        expect(html).to_have_attribute("data-spacing", "wide")
        assert style(page, "main p", "letter-spacing") != "normal"
        page.get_by_role("button", name="Обычная версия").click()
        expect(html).not_to_have_attribute("data-view", "contrast")
        expect(page).to_have_url(f"{visitor.portal_url}/about/")
        assert style(page, "body", "font-size") == usual

    @pytest.mark.parametrize("side", ["portal", "esia"])
    def test_survives_navigation_on_each_side(self, visitor: Visitor, side: str) -> None:
        origin = visitor.portal_url if side == "portal" else visitor.esia_url
        page, html = visitor.page, visitor.page.locator("html")
        page.goto(f"{origin}/")
        page.get_by_role("button", name=ON).click()
        page.get_by_role("button", name="Синим по голубому").click()
        expect(html).to_have_attribute("data-scheme", "blue")
        page.get_by_role("link", name="Доступность").click()
        expect(page).to_have_url(f"{origin}/accessibility/")
        expect(html).to_have_attribute("data-scheme", "blue")
        page.goto(f"{origin}/login/")
        expect(html).to_have_attribute("data-scheme", "blue")

    def test_survives_signing_out(self, visitor: Visitor) -> None:
        """Clear-Site-Data of the sign-out spares cookies: whoever needs large letters needs them after it too."""
        visitor.sign_in("support")
        visitor.page.get_by_role("button", name=ON).click()
        visitor.page.locator(".menu > summary").click()
        visitor.page.get_by_role("button", name="Выйти").click()
        expect(visitor.page).to_have_url(f"{visitor.portal_url}/signed-out/")
        expect(visitor.page.locator("html")).to_have_attribute("data-view", "contrast")

    def test_a_typed_login_does_not_reach_the_address(self, visitor: Visitor) -> None:
        """WEB-09: the switch is a form beside the form; it carries nothing of it."""
        visitor.go_to_provider()
        visitor.by_id("login").fill("000-000-600 01")
        before = visitor.page.url
        visitor.page.get_by_role("button", name=ON).click()
        expect(visitor.page.locator("html")).to_have_attribute("data-view", "contrast")
        assert visitor.page.url == before
