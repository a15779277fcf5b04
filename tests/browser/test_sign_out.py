"""The end of a session, seen by the next person at the same computer."""

from playwright.sync_api import expect

from tests.browser.walk import Visitor


def sign_out(visitor: Visitor) -> None:
    """Leave through the menu in the header."""
    visitor.page.locator(".menu > summary").click()
    visitor.page.get_by_role("button", name="Выйти").click()
    expect(visitor.page).to_have_url(f"{visitor.portal_url}/signed-out/")


class TestSignOut:
    def test_ends_both_sessions(self, visitor: Visitor) -> None:
        """A16: the next sign-in asks for a password again."""
        visitor.sign_in("expert")
        sign_out(visitor)
        visitor.open("/notifications/")
        expect(visitor.heading).to_have_text("Вы ещё не вошли")
        visitor.by_id("sign-in").click()
        expect(visitor.by_id("password")).to_be_visible()
        visitor.open_esia()
        expect(visitor.page.locator("main")).not_to_contain_text("Экспертов")

    def test_SE_06_the_back_button_shows_nothing(self, visitor: Visitor) -> None:
        visitor.sign_in("mismatch")
        visitor.open("/audit/me/")
        expect(visitor.heading).to_contain_text("о вас")
        sign_out(visitor)
        visitor.page.go_back()
        expect(visitor.heading).to_have_text("Вы ещё не вошли")
        expect(visitor.page.locator("body")).not_to_contain_text("Живов")

    def test_SE_06_opening_the_address_signs_nobody_out(self, visitor: Visitor) -> None:
        visitor.sign_in("org-admin")
        visitor.open("/logout/")
        expect(visitor.heading).to_have_text("Этот адрес открывают иначе")
        visitor.open()
        expect(visitor.heading).to_contain_text("Вход выполнен")

    def test_on_the_side_of_the_provider_asks_for_a_password_again(self, visitor: Visitor) -> None:
        visitor.open_esia("/login/")
        visitor.submit_password("auditor")
        visitor.submit_code()
        expect(visitor.heading).to_contain_text("Проверкин")
        visitor.page.get_by_role("button", name="Выйти").click()
        expect(visitor.heading).to_have_text("Вы вышли")
        visitor.open_esia("/login/")
        expect(visitor.by_id("password")).to_be_visible()
