"""SE: sessions of the portal."""

import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.test import Client

from frmr_portal.base.audit.models import Event
from frmr_portal.session.models import Account

PAGE = "/notifications/"


def is_in(client):
    return client.get(PAGE).status_code == 200


def why_out(client):
    """Where a request for a closed page is led, as path and query."""
    address = urlsplit(client.get(PAGE)["Location"])
    return address.path, {name: values[0] for name, values in parse_qs(address.query).items()}


def closings():
    return [event.data["why"] for event in Event.objects.filter(action="session.closed")]


class TestFixation:
    def test_SE_01_the_cookie_changes_at_the_sign_in_and_the_old_one_is_nobody(self, esia, visitor):
        asked = visitor.start()
        before = visitor.cookie

        visitor.come_back(asked)

        assert visitor.cookie != before
        assert is_in(visitor.client)
        assert not is_in(visitor.with_cookie(before).client)

    def test_SE_01_the_csrf_secret_changes_too(self, esia, visitor):
        visitor.client.get("/login/")
        before = visitor.client.cookies["frmr_csrf"].value

        visitor.sign_in()
        visitor.client.get("/")

        assert visitor.client.cookies["frmr_csrf"].value != before

    def test_SE_02_a_planted_session_id_is_not_taken(self, esia, visitor):
        planted = visitor.with_cookie("plantedplantedplantedplanted1234")

        planted.sign_in()

        assert planted.cookie != "plantedplantedplantedplanted1234"
        assert not Session.objects.filter(session_key="plantedplantedplantedplanted1234").exists()

    def test_SE_02_a_stolen_anonymous_id_opens_nothing_later(self, esia, visitor):
        thief = visitor.with_cookie("")
        asked = thief.start()
        victim = visitor.with_cookie(thief.cookie)

        victim.come_back(asked)

        assert is_in(victim.client)
        assert not is_in(thief.client)


class TestCookie:
    def test_SE_03_flags_on_the_loopback_stand(self, esia, visitor):
        visitor.sign_in()

        cookie = visitor.client.cookies["frmr_session"]
        assert cookie["httponly"] is True
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert (cookie["expires"], cookie["max-age"], cookie["domain"], cookie["secure"]) == ("", "", "", "")

    def test_SE_03_D22_flags_headers_and_names_of_the_tls_profile(self, production):
        assert production("SESSION_COOKIE_NAME") == "__Host-frmr_session"
        assert production("CSRF_COOKIE_NAME") == "__Host-frmr_csrf"
        for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"):
            assert production(name) == "True"
        assert production("SESSION_COOKIE_SAMESITE") == "Lax"
        assert production("SESSION_EXPIRE_AT_BROWSER_CLOSE") == "True"

    def test_D22_the_tls_profile_leads_http_to_https_and_says_so_for_years(self, production):
        assert production("SECURE_SSL_REDIRECT") == "True"
        assert int(production("SECURE_HSTS_SECONDS")) >= 31_536_000
        assert production("SECURE_HSTS_INCLUDE_SUBDOMAINS") == "True"

    def test_D22_the_loopback_stand_sends_no_hsts_and_says_that_it_runs_without(self, client, db):
        response = client.get("/login/")

        assert "Strict-Transport-Security" not in response.headers
        assert "без HTTPS" in response.content.decode().replace("\xa0", " ")
        assert "без HTTPS" not in client.get("/login/", secure=True).content.decode().replace("\xa0", " ")


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """Settings of the production profile, read in a process of its own."""
    names = [
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "SESSION_EXPIRE_AT_BROWSER_CLOSE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    ]
    code = f"from frmr_portal import settings\nfor name in {names!r}:\n    print(name, getattr(settings, name))"
    environment = {
        "STAND_PROFILE": "production",
        "SECRET_KEY": "a-long-secret-of-this-test-only-0123456789-abcdefghij",
        "PORTAL_PUBLIC_URL": "https://portal.stand.test",
        "ESIA_PUBLIC_URL": "https://login.stand.test",
        "DATA_DIR": str(tmp_path_factory.mktemp("production")),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines()).__getitem__


class TestLife:
    def test_SE_04_14_59_of_silence_is_allowed(self, portal_client, clock):
        clock.advance(minutes=14, seconds=59)

        assert is_in(portal_client)

    def test_SE_04_15_01_of_silence_ends_the_session(self, portal_client, clock):
        clock.advance(minutes=15, seconds=1)

        assert why_out(portal_client) == ("/signed-out/", {"why": "idle", "next": PAGE})
        assert why_out(portal_client) == ("/login/", {"next": PAGE})
        assert closings() == ["idle"]
        assert not Session.objects.exists()

    def test_SE_04_every_page_starts_the_silence_anew(self, portal_client, clock):
        for _ in range(4):
            clock.advance(minutes=14)
            assert is_in(portal_client)

    def test_SE_05_twelve_hours_are_the_end_in_spite_of_activity(self, portal_client, clock):
        for _ in range(48):
            clock.advance(minutes=15)
            assert is_in(portal_client)
        clock.advance(seconds=1)

        assert why_out(portal_client) == ("/signed-out/", {"why": "total", "next": PAGE})
        assert closings() == ["total"]

    def test_the_start_page_says_that_the_session_ended(self, portal_client, clock):
        clock.advance(hours=1)

        response = portal_client.get("/", follow=True)

        assert response.redirect_chain == [("/signed-out/?why=idle", 302)]
        assert "Вы молчали 15 минут" in response.content.decode()

    def test_a_form_of_an_ended_session_is_not_carried_out(self, portal_client, clock):
        clock.advance(hours=1)

        response = portal_client.post("/account/snils/")

        assert response["Location"] == "/signed-out/?why=idle"
        assert not Event.objects.filter(action="snils.shown").exists()

    def test_a_session_without_a_life_is_nobody(self, db):
        client = Client()
        client.force_login(Account.objects.create_user(oid=1_000_900_099, last_name="Х", first_name="Х"))

        assert not is_in(client)


class TestSignOut:
    def test_SE_06_get_changes_nothing(self, portal_client):
        assert portal_client.get("/logout/").status_code == 405
        assert is_in(portal_client)

    def test_SE_06_post_without_a_csrf_token_is_refused(self, portal_client):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = portal_client.cookies

        assert strict.post("/logout/").status_code == 403
        assert is_in(portal_client)

    def test_SE_06_the_old_cookie_is_dead_and_nothing_may_be_cached(self, portal_client):
        assert portal_client.get("/")["Cache-Control"] == "no-store"
        old = portal_client.cookies["frmr_session"].value

        portal_client.post("/logout/")

        portal_client.cookies["frmr_session"] = old
        assert why_out(portal_client) == ("/login/", {"next": PAGE})
        assert not Session.objects.exists()

    def test_A17_the_end_is_in_the_journal(self, portal_client):
        portal_client.post("/logout/")

        event = Event.objects.get(action="session.closed")
        assert (event.actor_kind, event.actor_key, event.data) == ("account", str(portal_client.account.pk), {"why": "signed_out"})

    def test_both_sessions_end(self, portal_client):
        response = portal_client.post("/logout/")

        assert response["Location"] == ("http://localhost:8001/idp/ext/Logout?client_id=FRMR_STAND&redirect_url=http%3A%2F%2F127.0.0.1%3A8000%2Fsigned-out%2F")
        assert response["Clear-Site-Data"] == '"cache", "storage"'

    def test_signing_out_twice_harms_nobody(self, portal_client):
        portal_client.post("/logout/")

        assert portal_client.post("/logout/").status_code == 302
        assert closings() == ["signed_out"]


CORPUS = [
    "//evil.test",
    "///evil.test",
    "////evil.test",
    "http://evil.test",
    "https://evil.test/",
    "HTTPS://EVIL.TEST",
    "http:evil.test",
    "http:/evil.test",
    "http:///evil.test",
    "https:///evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://evil.test",
    "\\\\evil.test",
    "/\\evil.test",
    "\\/evil.test",
    "/\\/evil.test",
    "//\\evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/\r\n/evil.test",
    "\t//evil.test",
    " //evil.test",
    "\u00a0//evil.test",
    "\u200b//evil.test",
    "/\u2028/evil.test",
    "\u3000https://evil.test",
    "//evil.test@127.0.0.1",
    "http://127.0.0.1@evil.test",
    "http://127.0.0.1:8000.evil.test",
    "http://127.0.0.1:8000/",
    "//127.0.0.1:8000/",
    "//evil.test/%2f..",
    "//[::1]/",
    "evil.test",
    "?next=//evil.test",
    "//%65vil.test",
    "/\x00/evil.test",
    "//ev\u0456l.test",
    "//evil。test",
]


class TestNext:
    def test_SE_07_the_corpus_is_large_enough(self):
        assert len(set(CORPUS)) >= 40

    @pytest.mark.parametrize("value", CORPUS)
    def test_SE_07_a_sign_in_always_ends_on_this_site(self, esia, visitor, value):
        # a NUL byte is refused at the door of every form
        if "\x00" in value:
            assert visitor.client.post("/login/esia/", {"next": value}).status_code == 400
            return

        assert visitor.sign_in(value)["Location"] == "/"

    @pytest.mark.parametrize("value", [value for value in CORPUS if "\x00" not in value])
    def test_SE_07_the_pages_offer_only_addresses_of_this_site(self, client, db, value):
        assert client.get("/login/", {"next": value}).context["next"] == "/"
        assert client.get("/signed-out/", {"next": value}).context["back"] == "/login/"

    @pytest.mark.parametrize("value", ["/notifications/", "/audit/me/?page=2", "/notifications/?q=%D0%90&x=1"])
    def test_SE_07_a_page_of_the_cabinet_is_reached(self, esia, visitor, value):
        assert visitor.sign_in(value)["Location"] == value

    def test_SE_07_a_signed_in_person_is_led_by_the_same_rule(self, portal_client):
        assert portal_client.get("/login/", {"next": "//evil.test"})["Location"] == "/"
        assert portal_client.get("/login/", {"next": PAGE})["Location"] == PAGE


class TestBlocked:
    def block(self, account):
        Account.objects.filter(pk=account.pk).update(is_active=False)

    def test_SE_09_all_sessions_are_dead_at_the_very_next_request(self, sign_in):
        first, second = sign_in(), sign_in()
        self.block(first.account)

        assert why_out(first) == ("/signed-out/", {"why": "blocked", "next": PAGE})
        assert why_out(second)[1]["why"] == "blocked"
        assert closings() == ["blocked", "blocked"]
        assert not Session.objects.exists()

    def test_SE_09_the_page_says_why_and_offers_no_new_sign_in(self, portal_client):
        self.block(portal_client.account)

        text = portal_client.get(PAGE, follow=True).content.decode()

        assert "Ваша учётная запись закрыта" in text
        assert "Войти снова" not in text

    def test_SE_09_a_deleted_account_is_dead_too(self, portal_client):
        portal_client.account.delete()

        assert why_out(portal_client)[1]["why"] == "blocked"

    def test_SE_09_the_callback_of_a_blocked_person_is_refused(self, esia, visitor, sign_in):
        self.block(sign_in().account)

        response = visitor.sign_in()

        assert response["Location"] == "/login/refused/"
        assert "Учётная запись закрыта" in visitor.client.get("/login/refused/").content.decode()
        assert [event.reason for event in Event.objects.filter(outcome="refused")] == ["account_blocked"]
        assert not is_in(visitor.client)


class TestLoginCsrf:
    def test_SE_11_code_and_state_of_an_attacker_do_nothing_in_the_browser_of_the_victim(self, esia, visitor):
        attacker, victim = visitor.with_cookie(""), visitor
        asked = attacker.start()

        response = victim.come_back(asked)

        assert response["Location"] == "/login/refused/"
        assert not is_in(victim.client)
        assert esia.calls == []

    def test_SE_11_a_signed_in_victim_stays_who_they_are(self, esia, visitor, portal_client):
        asked = visitor.start()

        portal_client.get("/login/esia/callback/", {"code": "c", "state": asked["state"], "iss": "http://localhost:8001/"})

        assert portal_client.get("/").context["me"].account_id == portal_client.account.pk

    def test_SE_11_the_way_out_is_a_form_with_a_token(self, esia, db):
        strict = Client(enforce_csrf_checks=True)

        assert strict.post("/login/esia/").status_code == 403
        assert strict.get("/login/esia/").status_code == 405


class TestSteps:
    @pytest.mark.parametrize("path", ["/notifications/", "/audit/me/"])
    def test_SE_12_no_page_of_the_cabinet_opens_before_the_sign_in(self, client, db, path):
        assert client.get(path)["Location"] == f"/login/?next={path.replace('/', '%2F')}"

    @pytest.mark.parametrize("path", ["/account/snils/", "/notifications/read/"])
    def test_SE_12_no_form_of_the_cabinet_works_before_the_sign_in(self, client, db, path):
        assert client.post(path)["Location"] == "/login/"

    def test_SE_12_the_callback_without_a_beginning_is_refused(self, esia, visitor):
        assert visitor.client.get("/login/esia/callback/")["Location"] == "/login/refused/"

    def test_SE_12_the_page_of_a_refusal_without_a_refusal_leads_to_the_sign_in(self, client, db):
        assert client.get("/login/refused/")["Location"] == "/login/"


class TestTabs:
    def test_SE_13_two_tabs_start_together_and_both_come_back(self, esia, visitor):
        first, second = visitor.start("/notifications/"), visitor.start("/audit/me/")

        assert visitor.come_back(second)["Location"] == "/audit/me/"
        assert visitor.come_back(first)["Location"] == "/notifications/"
        assert is_in(visitor.client)

    def test_SE_13_twelve_tabs_are_no_500_and_the_last_one_works(self, esia, visitor):
        asked = [visitor.start() for _ in range(12)]

        answers = [visitor.come_back(one)["Location"] for one in reversed(asked)]

        assert answers[0] == "/"
        assert set(answers) <= {"/", "/login/refused/"}


class TestOneDoor:
    def test_D6_no_password_opens_the_portal(self, portal_client):
        account = portal_client.account
        account.set_password("Stand-01")
        account.save()

        assert authenticate(None, oid=account.oid, password="Stand-01") is None
        assert authenticate(None, username=str(account.oid), password="Stand-01") is None
        assert authenticate(None, email=account.email, password="Stand-01") is None

    @pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/social/signup/", "/login/password/"])
    def test_D6_no_other_door_is_mounted(self, client, db, path):
        assert client.get(path).status_code == 404

    def test_D6_the_sign_in_page_has_one_button_and_no_field_to_fill(self, client, db):
        text = client.get("/login/").content.decode()

        assert text.count('action="/login/esia/"') == 1
        assert 'type="password"' not in text
        assert 'type="text"' not in text
