"""The whole way of a person from the public start page to the cabinet, through every program of the stand."""

from playwright.sync_api import expect

from gosuslugi_auth.idp.personas import loading
from tests.browser.walk import PERSONAS, Visitor, password_of
from tests.plugins.stand import Stand

DOCTOR = PERSONAS["doctor"]


class TestSignIn:
    def test_a_doctor_comes_from_the_start_page_to_the_cabinet(self, visitor: Visitor) -> None:
        """D6, R3: start page, door, password, code, consent, cabinet."""
        visitor.open()
        expect(visitor.heading).to_contain_text("Кабинет медработника")
        visitor.by_id("to-sign-in").click()
        expect(visitor.heading).to_have_text("Вы ещё не вошли")
        visitor.by_id("sign-in").click()
        expect(visitor.heading).to_have_text("Войдите в учебный кабинет")
        visitor.by_id("persona-doctor").click()
        expect(visitor.by_id("login")).to_have_value(DOCTOR.snils)
        visitor.by_id("submit").click()
        expect(visitor.heading).to_have_text("Введите код из SMS")
        visitor.submit_code()
        expect(visitor.heading).to_have_text("Передать данные кабинету?")
        visitor.by_id("allow").click()
        expect(visitor.page).to_have_url(f"{visitor.portal_url}/")
        expect(visitor.heading).to_contain_text("Вход выполнен")
        expect(visitor.page.locator("main")).to_contain_text("Тестова Анна Сергеевна")

    def test_the_worker_tells_about_the_sign_in_on_the_page(self, visitor: Visitor) -> None:
        """A sign-in, its event, the outbox, the relay, the worker, the page: the whole chain."""
        visitor.sign_in("chief")
        told = visitor.page.get_by_role("link", name="Вход выполнен", exact=True)
        visitor.reload_until(told)
        visitor.open("/notifications/")
        expect(visitor.heading).to_contain_text("Новых уведомлений: 1")
        visitor.page.get_by_role("button", name="Отметить прочитанным").click()
        expect(visitor.heading).to_have_text("Новых уведомлений нет")
        expect(told).to_be_visible()

    def test_a_second_sign_in_asks_no_second_consent_and_needs_no_password(self, visitor: Visitor) -> None:
        visitor.sign_in("insurer")
        visitor.page.context.clear_cookies(domain="127.0.0.1")
        visitor.open()
        expect(visitor.heading).to_contain_text("Кабинет медработника")
        visitor.by_id("to-sign-in").click()
        visitor.by_id("sign-in").click()
        expect(visitor.page).to_have_url(f"{visitor.portal_url}/")
        expect(visitor.page.locator("main")).to_contain_text("Полисов Глеб")

    def test_a_person_who_came_for_a_page_gets_that_page(self, visitor: Visitor) -> None:
        visitor.open("/audit/me/")
        expect(visitor.heading).to_have_text("Вы ещё не вошли")
        visitor.by_id("sign-in").click()
        visitor.submit_password("expired-qes")
        visitor.submit_code()
        visitor.by_id("allow").click()
        expect(visitor.page).to_have_url(f"{visitor.portal_url}/audit/me/")

    def test_what_is_not_allowed_is_not_handed_over(self, visitor: Visitor) -> None:
        visitor.reach_consent("miac")
        visitor.page.get_by_role("checkbox", name="mail").uncheck()
        visitor.by_id("allow").click()
        row = visitor.page.locator(".facts > div", has_text="Почта")
        expect(row).to_contain_text("не передана")

    def test_opens_the_snils_for_one_look(self, visitor: Visitor) -> None:
        visitor.sign_in("registrar")
        number = PERSONAS["registrar"].snils
        expect(visitor.page.locator("main")).not_to_contain_text(number)
        visitor.page.get_by_role("button", name="Показать СНИЛС целиком").click()
        expect(visitor.page.locator("main")).to_contain_text(number)
        visitor.open()
        expect(visitor.page.locator("main")).not_to_contain_text(number)


class TestTraces:
    def test_PR_01_nothing_personal_is_left_in_addresses_logs_and_the_queue(self, visitor: Visitor, running_stand: Stand) -> None:
        """PR-01: СНИЛС, phone, mail, password and code of a person who signed in, looked at everything and left."""
        person = PERSONAS["two-hospitals"]
        visitor.go_to_provider()
        visitor.submit_password(person.slug, "wrong-canary-9137")
        visitor.submit_password(person.slug)
        code = visitor.read_code()
        visitor.submit_code()
        visitor.allow_if_asked()
        visitor.page.get_by_role("button", name="Показать СНИЛС целиком").click()
        visitor.open()
        visitor.reload_until(visitor.page.get_by_role("link", name="Вход выполнен", exact=True))
        left = "\n".join([*visitor.watch.urls, *traces(running_stand)])
        assert "/login/esia/callback/" in left
        assert "notifications.deliver_event" in left
        assert [secret for secret in secrets_of(person, code) if secret in left] == []


def secrets_of(person: loading.Persona, code: str) -> list[str]:
    """Return what must stay in the database and on the person's own pages, in every form that it may be written in."""
    digits = ["".join(filter(str.isdigit, text)) for text in (person.snils, person.mobile)]
    # six bare digits may also be the microseconds of some line
    codes = [f'"{code}"', f"'{code}'", f"code={code}"]
    return [person.snils, person.mobile, *digits, person.email, person.last_name, password_of(person), "wrong-canary-9137", *codes]


def traces(stand: Stand) -> list[str]:
    """Return what the programs wrote down: logs, the queue, the outbox and the journal."""
    folders = [stand.data_dir / name for name in ("logs", "broker", "run")]
    # the facts are the printed cards of all persons, shown at the start
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.name != "facts.json"]
    return [*(path.read_text(errors="replace") for path in files), stand.manage("dumpdata", "base_jobs", "base_audit")]
