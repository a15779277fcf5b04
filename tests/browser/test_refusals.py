"""Who is not let in, and what the pages say about it (matrix D20)."""

import re

from playwright.sync_api import expect

from tests.browser.walk import Visitor


def wrong(code: str) -> str:
    """Return six digits that are not the code."""
    return f"{(int(code) + 1) % 10**6:06d}"


class TestWrongCode:
    def test_leaves_two_attempts_and_lets_the_right_code_in(self, visitor: Visitor) -> None:
        """D20: a wrong code is counted aloud, and costs nothing but an attempt."""
        visitor.go_to_provider()
        visitor.submit_password("patient")
        code = visitor.read_code()
        visitor.submit_code(wrong(code))
        expect(visitor.page.get_by_role("alert")).to_contain_text("Код не подошёл. Осталось попыток: 2")
        expect(visitor.page).to_have_title(re.compile("^Ошибка: "))
        expect(visitor.by_id("refusal-code")).to_contain_text("E-AUTH-02")
        expect(visitor.by_id("code")).to_have_attribute("aria-invalid", "true")
        visitor.submit_code(code)
        expect(visitor.by_id("allow")).to_be_visible()

    def test_after_three_the_code_is_worth_nothing(self, visitor: Visitor) -> None:
        visitor.go_to_provider()
        visitor.submit_password("patient-doctor")
        code = visitor.read_code()
        for _attempt in range(3):
            visitor.submit_code(wrong(code))
        expect(visitor.page.get_by_role("alert")).to_contain_text("Код не подошёл три раза и больше не действует")
        visitor.submit_code(code)
        expect(visitor.heading).to_have_text("Введите код из SMS")
        expect(visitor.page.get_by_role("alert")).to_be_visible()

    def test_a_second_sms_is_sent_no_sooner_than_in_a_minute(self, visitor: Visitor) -> None:
        visitor.go_to_provider()
        visitor.submit_password("no-email")
        visitor.by_id("resend").click()
        expect(visitor.page.locator("main")).to_contain_text("Новый код можно отправить через")
        expect(visitor.by_id("code")).to_be_visible()


class TestWrongPassword:
    def test_five_in_a_row_lock_the_account(self, visitor: Visitor) -> None:
        """D20, RL-03: the fifth answer names the end of the lock; then even the right password does not open."""
        visitor.go_to_provider()
        for _attempt in range(4):
            visitor.submit_password("newcomer", "Stand-00")
            expect(visitor.page.get_by_role("alert")).to_contain_text("Неправильный логин/пароль")
            expect(visitor.by_id("password")).to_have_value("")
        visitor.submit_password("newcomer", "Stand-00")
        expect(visitor.page.get_by_role("alert")).to_contain_text("Учётная запись заблокирована до")
        visitor.submit_password("newcomer")
        expect(visitor.by_id("refusal-code")).to_contain_text("E-AUTH-04")
        expect(visitor.heading).to_have_text("Войдите в учебный кабинет")

    def test_a_login_of_a_real_person_is_not_taken(self, visitor: Visitor) -> None:
        """EM-05: refused by its form; neither field comes back."""
        visitor.go_to_provider()
        visitor.by_id("login").fill("somebody@example.com")
        visitor.by_id("password").fill("Stand-00")
        visitor.by_id("submit").click()
        expect(visitor.page.get_by_role("alert")).to_contain_text("Этот логин не учебный")
        expect(visitor.by_id("password")).to_have_value("")

    def test_an_empty_form_says_what_is_missing_and_leads_to_it(self, visitor: Visitor) -> None:
        visitor.go_to_provider()
        visitor.by_id("submit").click()
        summary = visitor.page.get_by_role("alert")
        expect(summary).to_be_focused()
        summary.get_by_role("link", name=re.compile("Введите пароль")).click()
        expect(visitor.by_id("password")).to_be_focused()


class TestAccount:
    def test_a_locked_person_learns_that_support_decides(self, visitor: Visitor) -> None:
        visitor.go_to_provider()
        visitor.submit_password("locked")
        expect(visitor.page.get_by_role("alert")).to_contain_text("заблокирована до решения службы поддержки")
        expect(visitor.by_id("refusal-code")).to_contain_text("E-AUTH-04")

    def test_an_unconfirmed_person_learns_how_to_confirm(self, visitor: Visitor) -> None:
        """C1, A17: the cabinet stays closed and its page says what to do."""
        visitor.go_to_provider()
        visitor.submit_password("standard")
        visitor.submit_code()
        expect(visitor.heading).to_have_text("Нужна подтверждённая учётная запись")
        expect(visitor.page).to_have_url(f"{visitor.portal_url}/access/need-confirmed/")
        expect(visitor.page.locator("main")).to_contain_text("ESIA-007055")
        visitor.open("/audit/me/")
        expect(visitor.heading).to_have_text("Вы ещё не вошли")


class TestConsent:
    def test_whoever_denies_it_stays_outside_and_may_begin_again(self, visitor: Visitor) -> None:
        visitor.reach_consent("regulator")
        visitor.by_id("deny").click()
        expect(visitor.heading).to_have_text("Вы отменили вход")
        visitor.open("/notifications/")
        expect(visitor.heading).to_have_text("Вы ещё не вошли")
        visitor.by_id("sign-in").click()
        # the session of the provider lives, so only the question about data comes again
        expect(visitor.by_id("allow")).to_be_visible()
