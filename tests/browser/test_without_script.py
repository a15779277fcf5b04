"""Everything works without JavaScript (WEB-09): comfort may be missing, functions may not."""

import pytest
from playwright.sync_api import expect

from tests.browser.walk import PERSONAS, Visit, Visitor


@pytest.fixture
def plain(visit: Visit) -> Visitor:
    """Somebody whose browser runs no script."""
    return visit(java_script_enabled=False)


class TestWithoutScript:
    def test_the_whole_way_from_signing_in_to_signing_out(self, plain: Visitor) -> None:
        plain.sign_in("nurse")
        page, main = plain.page, plain.page.locator("main")
        expect(main).to_contain_text("Совместова Нина Петровна")
        page.get_by_role("button", name="Показать СНИЛС целиком").click()
        expect(main).to_contain_text(PERSONAS["nurse"].snils)
        plain.open()
        plain.reload_until(page.get_by_role("link", name="Вход выполнен", exact=True))
        plain.open("/notifications/")
        page.get_by_role("button", name="Отметить прочитанным").click()
        expect(plain.heading).to_have_text("Новых уведомлений нет")
        page.locator(".menu > summary").click()
        page.get_by_role("button", name="Выйти").click()
        expect(page).to_have_url(f"{plain.portal_url}/signed-out/")

    def test_a_wrong_code_is_explained(self, plain: Visitor) -> None:
        plain.go_to_provider()
        plain.submit_password("child")
        plain.submit_code("000000" if plain.read_code() != "000000" else "111111")
        expect(plain.page.get_by_role("alert")).to_contain_text("Осталось попыток: 2")

    def test_the_view_for_weak_eyes_can_be_switched(self, plain: Visitor) -> None:
        plain.open()
        html = plain.page.locator("html")
        plain.page.get_by_role("button", name="Версия для слабовидящих").click()
        expect(html).to_have_attribute("data-view", "contrast")
        plain.page.get_by_role("button", name="Белым по чёрному").click()
        expect(html).to_have_attribute("data-scheme", "wb")
        plain.page.get_by_role("button", name="Обычная версия").click()
        expect(html).not_to_have_attribute("data-view", "contrast")

    def test_the_box_of_the_stand_can_be_narrowed_to_one_person(self, plain: Visitor) -> None:
        plain.open_esia("/login/")
        plain.submit_password("simple")
        expect(plain.heading).to_have_text("Введите код из SMS")
        plain.open_esia("/outbox/")
        plain.page.get_by_label("Кому").select_option(str(PERSONAS["simple"].oid))
        plain.page.get_by_role("button", name="Показать").click()
        rows = plain.page.locator("main .list > li")
        expect(rows.first).to_be_visible()
        expect(rows.filter(has_not_text="Простова")).to_have_count(0)
