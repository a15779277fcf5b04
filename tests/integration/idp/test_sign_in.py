"""Password, code and their refusals on the provider's pages."""

from datetime import timedelta

import pytest
from django.db import connection

from frmr_portal.base.audit.models import Event
from frmr_portal.base.mailbox.models import Message
from gosuslugi_auth.idp.models import Contact, EsiaSession, OneTimeCode, Person
from gosuslugi_auth.idp.services import preparing, refusals, sign_in
from tests.plugins.provider import ProviderBrowser

pytestmark = pytest.mark.django_db

DOCTOR = "000-000-600 01"


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def refused_rows() -> int:
    return Event.objects.filter(action="esia.sign_in", outcome="refused").count()


@pytest.fixture(autouse=True)
def ready(provider):
    """Every test here stands at the provider."""


class TestSignIn:
    @pytest.mark.parametrize("login", [DOCTOR, "00000060001", "000-000-600-01", " 000-000-600 01 ", "doctor@example.test", "+7 000 000-06-01", "8(000)0000601"])
    def test_D9_D17_A7_a_person_signs_in_by_any_of_three_logins(self, browser: ProviderBrowser, login: str):
        browser.log_in(login, "Stand-01")
        response = browser.submit_code(1)

        assert response["Location"] == "/"
        assert EsiaSession.objects.get().person.slug == "doctor"
        assert "Вы вошли: Тестова Анна Сергеевна" in text_of(browser.client.get("/"))

    def test_D18_the_code_has_six_digits_and_lives_300_seconds(self, browser: ProviderBrowser, now):
        browser.log_in(DOCTOR, "Stand-01")

        message = Message.objects.get(purpose="sign_in")
        assert len(message.code) == 6
        assert message.valid_until == now + timedelta(seconds=300)
        assert message.code not in str(OneTimeCode.objects.values().get())

    def test_D11_the_page_of_the_code_shows_the_box_with_the_sms(self, browser: ProviderBrowser):
        browser.log_in(DOCTOR, "Stand-01")

        page = text_of(browser.client.get("/login/code/"))

        code = Message.objects.get().code
        assert code in page.replace(" ", "")
        assert "+7 000 ***-**-01" in page

    def test_D9_a_picked_persona_comes_with_login_and_password(self, browser: ProviderBrowser):
        response = browser.client.post("/login/", {"persona": "hr"})
        page = text_of(browser.client.get(response["Location"]))

        assert response.status_code == 303
        assert 'value="000-000-600 03"' in page
        assert 'value="Stand-03"' in page

    def test_an_unknown_persona_gives_an_empty_form(self, browser: ProviderBrowser):
        assert 'data-testid="password"' in text_of(browser.client.get("/login/?persona=nobody"))

    def test_SE_01_the_cookie_changes_with_the_sign_in(self, browser: ProviderBrowser):
        browser.log_in(DOCTOR, "Stand-01")
        before = browser.client.cookies["esia_stand_session"].value
        browser.submit_code(1)

        assert browser.client.cookies["esia_stand_session"].value != before

    def test_SE_12_the_code_page_leads_back_without_a_password(self, browser: ProviderBrowser):
        assert browser.client.get("/login/code/")["Location"] == "/login/"
        assert browser.client.post("/login/code/", {"code": "123456"})["Location"] == "/login/"

    def test_SE_04_the_session_ends_after_fifteen_minutes_of_silence(self, browser: ProviderBrowser, clock):
        browser.sign_in(1)
        clock.advance(minutes=14, seconds=59)
        alive = text_of(browser.client.get("/"))
        clock.advance(minutes=15, seconds=1)
        gone = text_of(browser.client.get("/"))

        assert "Вы вошли" in alive
        assert "Вы вошли" not in gone

    def test_SE_05_the_session_ends_after_twelve_hours_of_work(self, browser: ProviderBrowser, clock):
        browser.sign_in(1)
        for _ in range(12 * 6 - 1):
            clock.advance(minutes=10)
            assert "Вы вошли" in text_of(browser.client.get("/"))
        clock.advance(minutes=10, seconds=1)

        assert "Вы вошли" not in text_of(browser.client.get("/"))

    def test_SE_06_the_sign_out_is_a_post(self, browser: ProviderBrowser):
        browser.sign_in(1)

        assert browser.client.get("/logout/").status_code == 405
        browser.client.post("/logout/")

        assert EsiaSession.objects.get().ended_at is not None
        assert "Вы вошли" not in text_of(browser.client.get("/"))

    def test_SE_09_a_blocked_person_is_out_at_once(self, browser: ProviderBrowser):
        browser.sign_in(1)
        Person.objects.filter(slug="doctor").update(state=Person.State.LOCKED)

        assert "Вы вошли" not in text_of(browser.client.get("/"))


class TestWrongPassword:
    def test_D20_a_wrong_password_has_its_own_code_and_hint(self, browser: ProviderBrowser):
        response = browser.log_in(DOCTOR, "stand-01")

        page = text_of(response)
        assert "Неправильный логин/пароль" in page
        assert "E-AUTH-01" in page
        assert "Большие и маленькие буквы" in page
        assert f'value="{DOCTOR}"' in page
        assert "stand-01" not in page
        assert refused_rows() == 1

    def test_D17_a_space_in_the_password_counts(self, browser: ProviderBrowser):
        assert "Неправильный логин/пароль" in text_of(browser.log_in(DOCTOR, "Stand-01 "))

    def test_D17_a_space_at_the_end_of_the_password_is_said_aloud(self, browser: ProviderBrowser):
        assert "пробел в начале или в конце" in text_of(browser.log_in(DOCTOR, "Stand-01 "))

    def test_RL_08_an_unknown_login_of_the_stand_gets_the_same_answer(self, browser: ProviderBrowser):
        known = browser.log_in(DOCTOR, "wrong")
        unknown = browser.log_in("000-000-600 77", "wrong")

        assert unknown.status_code == known.status_code
        assert "Неправильный логин/пароль" in text_of(unknown)

    def test_RL_01_D20_five_wrong_passwords_lock_the_account(self, browser: ProviderBrowser, clock):
        for _ in range(4):
            assert "E-AUTH-01" in text_of(browser.log_in(DOCTOR, "wrong"))
        fifth = text_of(browser.log_in(DOCTOR, "wrong"))
        right = text_of(browser.log_in(DOCTOR, "Stand-01"))

        assert "Учётная запись заблокирована до 20.11.2026 12:15" in fifth
        assert "E-AUTH-04" in right
        clock.advance(minutes=15)
        assert browser.log_in(DOCTOR, "Stand-01")["Location"] == "/login/code/"

    def test_RL_03_every_lock_is_twice_as_long_up_to_a_day(self, browser: ProviderBrowser, clock, now):
        terms = []
        for _ in range(9):
            for _ in range(5):
                browser.log_in(DOCTOR, "wrong")
            until = Person.objects.get(slug="doctor").locked_until
            terms.append((until - clock()).total_seconds() / 60)
            clock.now = until

        assert terms == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]

    def test_RL_04_success_of_one_person_clears_nothing_of_another(self, browser: ProviderBrowser):
        for _ in range(4):
            browser.log_in(DOCTOR, "wrong")
        ProviderBrowser().sign_in(2)

        assert "E-AUTH-04" in text_of(browser.log_in(DOCTOR, "wrong"))

    @pytest.mark.parametrize("data", [{}, {"login": DOCTOR}, {"login": "", "password": "x"}, {"login": "x" * 200, "password": "y" * 500}])
    def test_an_incomplete_form_is_shown_again_with_its_errors(self, browser: ProviderBrowser, data: dict):
        response = browser.client.post("/login/", data)

        assert response.status_code == 200
        assert "Ошибка: " in text_of(response)
        assert not Message.objects.exists()


class TestForeignLogins:
    @pytest.mark.parametrize("login", ["112-233-445 95", "user@mail.example", "+7 900 123-45-67", "ivanov", "8 (495) 000-00-00"])
    def test_EM_06_a_login_that_is_not_of_the_stand_is_refused_before_the_password_is_read(self, browser: ProviderBrowser, login: str, monkeypatch):
        monkeypatch.setattr(sign_in, "check_password", pytest.fail)
        monkeypatch.setattr(sign_in, "make_password", pytest.fail)

        page = text_of(browser.log_in(login, "canary-password"))

        assert "Этот логин не учебный" in page
        assert refused_rows() == 1

    def test_EM_06_nothing_typed_for_an_unknown_person_is_stored(self, browser: ProviderBrowser, caplog):
        browser.log_in("canary.login@example.test", "canary-password")
        browser.log_in("canary.login@real.example", "canary-password")

        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            dump = ""
            for table in tables:
                cursor.execute(f'SELECT * FROM "{table}"')
                dump += str(cursor.fetchall())
        assert "canary" not in dump
        assert "canary" not in caplog.text

    def test_EM_07_the_form_asks_not_to_enter_real_data_and_offers_the_personas(self, browser: ProviderBrowser):
        page = text_of(browser.client.get("/login/"))

        assert "Не вводите настоящие данные" in page
        assert 'autocomplete="off"' in page
        assert 'data-testid="persona-doctor"' in page


class TestClosedAccounts:
    def test_D20_E1_a_locked_account_says_so(self, browser: ProviderBrowser):
        page = text_of(browser.log_in("000-000-600 11", "Stand-11"))

        assert "заблокирована до решения службы поддержки" in page
        assert "E-AUTH-04" in page

    def test_E1_E2_a_closed_account_names_the_cause_after_the_right_password(self, browser: ProviderBrowser):
        right = text_of(browser.log_in("000-000-600 15", "Stand-15"))
        wrong = text_of(browser.log_in("000-000-600 15", "wrong"))

        assert "Недействительная учётная запись" in right
        assert "истёк срок учётных данных" in right
        assert "E-ACC" in right
        assert "E-AUTH-01" in wrong

    def test_D20_an_inactive_phone_has_its_own_code(self, browser: ProviderBrowser):
        page = text_of(browser.log_in("000-000-600 28", "Stand-28"))

        assert "Номер телефона не действует" in page
        assert "E-AUTH-03" in page
        assert not Message.objects.exists()


class TestWrongCode:
    def test_D20_esia_C51_a_wrong_code_leaves_two_attempts(self, browser: ProviderBrowser):
        browser.log_in(DOCTOR, "Stand-01")

        page = text_of(browser.submit_code(1, "000000x"))

        assert "Осталось попыток: 2" in page
        assert "E-AUTH-02" in page
        assert refused_rows() == 1

    def test_esia_C51_the_third_wrong_code_is_the_last(self, browser: ProviderBrowser):
        browser.log_in(DOCTOR, "Stand-01")
        for _ in range(3):
            page = text_of(browser.submit_code(1, "bad"))

        assert "больше не действует" in page
        assert "больше не действует" in text_of(browser.submit_code(1))

    def test_D20_RL_09_an_expired_code_is_refused(self, browser: ProviderBrowser, clock):
        browser.log_in(DOCTOR, "Stand-01")
        clock.advance(seconds=300)

        page = text_of(browser.submit_code(1))

        assert "Срок кода истёк" in page
        assert "E-AUTH-02" in page

    def test_RL_09_a_new_code_kills_the_old_one(self, browser: ProviderBrowser, clock):
        browser.log_in(DOCTOR, "Stand-01")
        old = Message.objects.get().code
        clock.advance(seconds=60)
        browser.client.post("/login/code/", {"resend": "1"})
        Message.objects.filter(code=old).update(purpose="old")

        page = text_of(browser.submit_code(1, old)) if old != Message.objects.get(purpose="sign_in").code else "Код не подошёл"

        assert "Код не подошёл" in page
        assert Message.objects.count() == 2
        assert OneTimeCode.objects.filter(closed_at=None).count() == 1

    def test_the_box_calls_a_replaced_code_out_of_date(self, browser: ProviderBrowser, clock):
        browser.log_in(DOCTOR, "Stand-01")
        clock.advance(seconds=60)
        browser.client.post("/login/code/", {"resend": "1"})

        page = text_of(browser.client.get("/login/code/"))

        assert page.count("срок вышел") == 1
        assert page.count("действует ещё") == 1

    def test_a_new_code_can_be_asked_after_a_minute(self, browser: ProviderBrowser, clock):
        browser.log_in(DOCTOR, "Stand-01")
        clock.advance(seconds=30)

        page = text_of(browser.client.post("/login/code/", {"resend": "1"}))

        assert "через 31 с" in page
        assert Message.objects.count() == 1

    def test_RL_09_a_code_works_once(self, browser: ProviderBrowser):
        browser.sign_in(1)
        code = OneTimeCode.objects.get()

        with pytest.raises(refusals.CodeExpired):
            sign_in.submit_code(code_id=code.pk, value=Message.objects.get().code, now=code.sent_at, request_id="")

    def test_RL_09_a_code_of_another_sign_in_is_refused(self, browser: ProviderBrowser):
        browser.log_in(DOCTOR, "Stand-01")
        ProviderBrowser().log_in("000-000-600 02", "Stand-02")
        foreign = Message.objects.get(owner="1000900002").code
        own = Message.objects.get(owner="1000900001").code

        response = browser.submit_code(1, foreign if foreign != own else "bad")

        assert "Код не подошёл" in text_of(response)

    @pytest.mark.parametrize("value", ["", " ", "１２３４５６", "1" * 300, "<script>"])
    def test_RL_05_odd_codes_are_refused_in_words(self, browser: ProviderBrowser, value: str):
        browser.log_in(DOCTOR, "Stand-01")

        response = browser.client.post("/login/code/", {"code": value})

        assert response.status_code == 200
        assert "Ошибка: " in text_of(response)

    def test_a_person_locked_between_password_and_code_stays_out(self, browser: ProviderBrowser):
        browser.log_in(DOCTOR, "Stand-01")
        Person.objects.filter(slug="doctor").update(state=Person.State.INACTIVE)

        assert "Недействительная учётная запись" in text_of(browser.submit_code(1))
        assert not EsiaSession.objects.exists()


class TestStepsOfARequest:
    def test_SE_12_a_stranger_with_the_link_of_a_request_is_turned_away(self, browser: ProviderBrowser, system):
        link = browser.ask(system.authorization())["Location"]

        page = ProviderBrowser().client.get(link)

        assert page.status_code == 400
        assert "Сессия истекла" in text_of(page)

    def test_a_request_lapses_after_fifteen_minutes(self, browser: ProviderBrowser, system, clock):
        link = browser.ask(system.authorization())["Location"]
        clock.advance(minutes=15)

        page = text_of(browser.client.get(link))

        assert "Сессия истекла" in page
        assert "E-SES" in page

    def test_SE_12_consent_without_a_sign_in_leads_back(self, browser: ProviderBrowser, system):
        link = browser.ask(system.authorization())["Location"]

        assert browser.client.get(link.replace("/login/", "/consent/"))["Location"] == link

    def test_SE_13_two_tabs_sign_in_side_by_side(self, browser: ProviderBrowser, system):
        first, second = (browser.ask(system.authorization())["Location"] for _ in range(2))
        to_consent = browser.sign_in(1, first)
        done = browser.client.post(to_consent["Location"])
        other = browser.client.get(second)

        assert done.status_code == 303
        assert other["Location"].startswith("http://127.0.0.1:8000/test/callback/?code=")

    def test_an_answered_request_is_over(self, browser: ProviderBrowser, system):
        to_consent = browser.sign_in(1, browser.ask(system.authorization())["Location"])["Location"]
        browser.client.post(to_consent)

        assert "Сессия истекла" in text_of(browser.client.post(to_consent))

    def test_a_required_scope_cannot_be_unticked_and_a_foreign_one_cannot_be_added(self, browser: ProviderBrowser, system):
        """esia_T33: unticked scopes are absent."""
        to_consent = browser.sign_in(1, browser.ask(system.authorization())["Location"])["Location"]
        browser.client.post(to_consent, {"scope": ["mobile", "email"]})

        consent = Person.objects.get(slug="doctor").consents.get()
        assert consent.scopes == ["openid", "fullname", "email"]


class TestPages:
    @pytest.mark.parametrize("path", ["/", "/login/", "/personas/", "/signed-out/", "/outbox/"])
    def test_EM_04_EM_11_every_page_is_marked(self, browser: ProviderBrowser, path: str):
        response = browser.client.get(path)

        assert response.status_code == 200
        assert "Учебный стенд. Не вводите настоящие данные" in text_of(response)
        assert "noindex" in response["X-Robots-Tag"]

    def test_all_cards_are_shown(self, browser: ProviderBrowser, django_assert_num_queries):
        browser.client.get("/personas/")
        with django_assert_num_queries(1):
            page = text_of(browser.client.get("/personas/"))

        assert page.count('class="card"') == 28

    def test_the_certificate_can_be_downloaded(self, browser: ProviderBrowser):
        assert b"BEGIN CERTIFICATE" in browser.client.get("/emulator/esia.crt").content

    def test_the_sign_in_page_costs_a_fixed_number_of_queries(self, browser: ProviderBrowser, django_assert_num_queries):
        browser.client.get("/login/")
        with django_assert_num_queries(1):
            browser.client.get("/login/")


class TestReset:
    def test_reset_undoes_locks_and_sessions(self, browser: ProviderBrowser, now):
        for _ in range(5):
            browser.log_in(DOCTOR, "wrong")

        preparing.reset_personas(now=now)

        assert browser.log_in(DOCTOR, "Stand-01")["Location"] == "/login/code/"

    def test_preparing_twice_changes_nothing(self, now):
        before = list(Person.objects.values()), list(Contact.objects.values())
        preparing.prepare(now=now + timedelta(days=1))

        assert (list(Person.objects.values()), list(Contact.objects.values())) == before


class TestParallelGuesses:
    def test_RL_02_sixty_parallel_guesses_evaluate_exactly_five(self, in_threads, now, monkeypatch):
        """M9: the counter is one conditional update."""
        evaluated = []
        monkeypatch.setattr(sign_in, "check_password", lambda *_args: evaluated.append(1))

        def guess(_number: int) -> str:
            try:
                sign_in.submit_password(login=DOCTOR, password="wrong", now=now, request_id="")
            except refusals.SignInRefused as refused:
                return refused.code
            return "passed"

        answers = in_threads(60, guess)

        assert len(evaluated) == 5
        assert set(answers) == {"E-AUTH-01", "E-AUTH-04"}
        assert Person.objects.get(slug="doctor").lock_count == 1
