import base64
import re
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from cabinet.notifications.models import Notification
from frmr_portal.base.audit.models import Event, Outcome
from frmr_portal.base.jobs.models import Job
from frmr_portal.base.kit import keys
from frmr_portal.session.models import Account
from gosuslugi_auth.client import transport
from tests.plugins.esia import OID, SID, json_of, response_of


def verify(esia, secret, text):
    raw = base64.urlsafe_b64decode(secret + "==")
    keys.read_certificate(esia.portal_certificate_file).public_key().verify(raw, text.encode(), padding.PKCS1v15(), hashes.SHA256())


class TestAuthorizationRequest:
    def test_has_the_parameters_of_the_wire(self, esia, visitor):
        asked = visitor.start()

        assert asked.keys() == {
            "client_id",
            "redirect_uri",
            "scope",
            "response_type",
            "state",
            "timestamp",
            "access_type",
            "client_certificate_hash",
            "person_filter",
            "code_challenge",
            "code_challenge_method",
            "client_secret",
        }
        assert asked["client_id"] == "FRMR_STAND"
        assert asked["redirect_uri"] == "http://127.0.0.1:8000/login/esia/callback/"
        assert (asked["response_type"], asked["access_type"], asked["person_filter"]) == ("code", "online", "Y29uZl9hY2M=")
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", asked["state"])

    def test_the_time_is_the_time_of_the_stand(self, esia, visitor, clock):
        clock.advance(days=400)

        assert visitor.start()["timestamp"] == "2027.12.25 09:00:00 +0000"

    def test_is_signed_over_the_string_of_v2(self, esia, visitor):
        asked = visitor.start()

        verify(esia, asked["client_secret"], "".join(asked[name] for name in ("client_id", "scope", "timestamp", "state", "redirect_uri")))

    def test_names_the_certificate_by_its_hash(self, esia, visitor):
        certificate = keys.read_certificate(esia.portal_certificate_file)

        assert visitor.start()["client_certificate_hash"] == certificate.fingerprint(hashes.SHA256()).hex().upper()

    def test_scopes_keep_their_order(self, esia, visitor):
        assert {visitor.start()["scope"] for _ in range(5)} == {"openid fullname snils birthdate email mobile usr_org"}

    def test_the_redirect_address_does_not_follow_the_host_of_the_request(self, esia, visitor):
        response = visitor.client.post("/login/esia/", headers={"host": "localhost"})

        assert parse_qs(urlsplit(response["Location"]).query)["redirect_uri"] == ["http://127.0.0.1:8000/login/esia/callback/"]


class TestTokenRequest:
    def sent(self, esia, visitor, **changes):
        self.asked = visitor.start()
        visitor.come_back(self.asked, **changes)
        return dict(parse_qsl(esia.called("/aas/oauth2/v3/te")[0].body))

    def test_has_the_parameters_of_the_wire(self, esia, visitor):
        sent = self.sent(esia, visitor)

        assert sent.keys() == {
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "timestamp",
            "client_secret",
            "client_certificate_hash",
            "code",
            "grant_type",
            "code_verifier",
            "token_type",
        }
        assert (sent["code"], sent["grant_type"], sent["token_type"]) == ("one-code", "authorization_code", "Bearer")

    def test_is_signed_over_the_string_that_ends_with_the_code(self, esia, visitor):
        sent = self.sent(esia, visitor)

        verify(esia, sent["client_secret"], "".join(sent[name] for name in ("client_id", "scope", "timestamp", "state", "redirect_uri", "code")))

    def test_has_a_fresh_state(self, esia, visitor):
        assert self.sent(esia, visitor)["state"] != self.asked["state"]

    def test_goes_to_the_internal_address(self, esia, visitor, settings):
        settings.ESIA_INTERNAL_URL = "http://provider:8001"

        self.sent(esia, visitor)

        assert {urlsplit(call.url).netloc for call in esia.calls} == {"provider:8001"}

    def test_the_person_is_asked_for_with_the_token_of_the_person(self, esia, visitor):
        self.sent(esia, visitor)

        asked = [call for call in esia.calls if call.method == "GET"]
        assert [urlsplit(call.url).path for call in asked] == [f"/rs/prns/{OID}", f"/rs/prns/{OID}/ctts", f"/rs/prns/{OID}/roles"]
        assert urlsplit(asked[1].url).query == "embed=(elements)"
        assert len({call.headers["Authorization"] for call in asked}) == 1


class TestSignIn:
    def test_C6_the_first_sign_in_makes_the_account_without_a_form(self, esia, visitor):
        response = visitor.sign_in()

        assert response.status_code == 302
        assert response["Location"] == "/"
        account = Account.objects.get()
        assert (account.oid, account.full_name, account.snils) == (OID, "Тестова Анна Сергеевна", "000-000-600 01")
        assert visitor.client.get("/").context["me"].account_id == account.pk

    def test_C6_the_second_sign_in_finds_the_same_account(self, esia, visitor):
        visitor.sign_in()
        first = Account.objects.get()

        visitor.with_cookie("").sign_in()

        assert Account.objects.get() == first
        assert SocialAccount.objects.get().user == first

    def test_nothing_superfluous_is_kept(self, esia, visitor):
        visitor.sign_in()

        social = SocialAccount.objects.get()
        assert (social.provider, social.uid, social.extra_data) == ("esia", str(OID), {})
        assert not SocialToken.objects.exists()
        assert not EmailAddress.objects.exists()
        assert not Account.objects.get().has_usable_password()

    def test_D6_later_sign_ins_ask_for_nothing(self, esia, visitor):
        visitor.sign_in()
        again = visitor.with_cookie("")

        assert again.client.get("/login/").content.decode().count("<input") == len(("csrf", "csrf of the view switch", "next", "next of the view switch"))
        assert again.sign_in()["Location"] == "/"

    def test_A17_the_sign_in_is_in_the_journal_without_personal_data(self, esia, visitor):
        response = visitor.sign_in()

        event = Event.objects.get()
        account = Account.objects.get()
        assert (event.action, event.outcome, event.actor_kind, event.actor_key) == ("session.opened", Outcome.DONE, "account", str(account.pk))
        assert event.data == {"method": "PWD"}
        assert event.request_id == response["X-Request-ID"]

    def test_A10_the_worker_gets_the_notification_in_the_same_transaction(self, esia, visitor):
        visitor.sign_in()

        job = Job.objects.get()
        assert job.name == "cabinet.notifications.deliver_event"
        assert job.payload == {"event": Event.objects.get().seq, "recipient": str(Account.objects.get().pk)}
        assert not Notification.objects.exists()

    def test_the_portal_knows_who_came_and_how(self, esia, visitor, now):
        visitor.sign_in()

        me = visitor.client.get("/").context["me"]
        assert (me.oid, me.method, me.provider_sid, me.signed_in_at) == (OID, "PWD", SID, now)
        assert (me.short_name, me.initials, me.snils_masked) == ("Тестова А. С.", "ТА", "000-***-*** 01")
        assert me.organization_name == "ГБУЗ «Учебная поликлиника № 3»"

    def test_a_sign_in_by_signature_is_told_apart(self, esia, visitor):
        esia.id_claims = {"urn:esia:amd": "DS", "amr": "DS"}

        visitor.sign_in()

        assert Event.objects.get().data == {"method": "DS"}

    def test_data_of_the_person_are_refreshed(self, esia, visitor, clock, sign_in):
        sign_in(last_name="Прежняя", mobile="+7(000)0000699")
        later = clock.advance(hours=1)

        visitor.sign_in()

        account = Account.objects.get()
        assert (account.last_name, account.mobile, account.refreshed_at, account.last_login) == ("Тестова", "+7(000)0000601", later, later)

    def test_another_person_in_the_same_browser_ends_the_first_session(self, esia, visitor, sign_in):
        other = sign_in(oid=OID + 1, snils="000-000-600 02")
        visitor.client = other

        visitor.sign_in()

        assert visitor.client.get("/").context["me"].oid == OID
        assert [event.data["why"] for event in Event.objects.filter(action="session.closed")] == ["replaced"]
        assert Event.objects.get(action="session.closed").actor_key == str(other.account.pk)


class TestConfirmation:
    PAGE = "/access/need-confirmed/"

    def assert_needs_confirmation(self, visitor, response):
        assert response["Location"] == self.PAGE
        page = visitor.client.get(self.PAGE)
        text = page.content.decode()
        assert page.status_code == 403
        assert "<h1>Нужна подтверждённая учётная запись</h1>" in text
        assert "ESIA-007055" in text
        assert 'href="http://localhost:8001/"' in text
        event = Event.objects.get()
        assert (event.outcome, event.reason, event.request_id in text) == (Outcome.REFUSED, "unconfirmed", True)
        assert not Account.objects.exists()

    def test_C1_the_provider_refuses_an_unconfirmed_account(self, esia, visitor):
        response = visitor.sign_in(code=None, error="access_denied", error_description="ESIA-007055: The account of the user is not confirmed.")

        self.assert_needs_confirmation(visitor, response)

    def test_C1_the_portal_refuses_when_the_person_is_not_trusted(self, esia, visitor):
        esia.person["trusted"] = False

        self.assert_needs_confirmation(visitor, visitor.sign_in())

    def test_C1_the_portal_refuses_when_the_token_does_not_say_trusted(self, esia, visitor):
        esia.id_claims = {"urn:esia:sbj": {"urn:esia:sbj:typ": "P", "urn:esia:sbj:oid": OID, "urn:esia:sbj:lvl": "P"}}

        self.assert_needs_confirmation(visitor, visitor.sign_in())

    def test_C1_the_very_next_sign_in_after_the_confirmation_passes(self, esia, visitor):
        esia.person["trusted"] = False
        visitor.sign_in()
        esia.person["trusted"] = True

        assert visitor.sign_in()["Location"] == "/"
        assert visitor.client.get("/").context["me"].oid == OID

    def test_the_page_can_be_read_without_a_refusal(self, client, db):
        response = client.get(self.PAGE)

        assert response.status_code == 200
        assert "Номер запроса" not in response.content.decode()


class TestConflict:
    def assert_conflict(self, visitor, response):
        assert response["Location"] == "/login/refused/"
        page = visitor.client.get("/login/refused/")
        assert page.status_code == 409
        assert "СНИЛС уже связан с другой учётной записью" in page.content.decode()
        assert [event.reason for event in Event.objects.filter(outcome=Outcome.REFUSED)] == ["snils_conflict"]

    def test_C6_a_number_of_another_account_is_a_conflict_and_joins_nothing(self, esia, visitor, sign_in):
        sign_in(oid=OID + 1)

        self.assert_conflict(visitor, visitor.sign_in())
        assert Account.objects.get().oid == OID + 1

    def test_C6_a_changed_number_is_a_conflict(self, esia, visitor, sign_in):
        sign_in(oid=OID, snils="000-000-600 77")

        self.assert_conflict(visitor, visitor.sign_in())
        assert Account.objects.get().snils == "000-000-600 77"

    def test_C6_a_number_that_comes_later_is_taken_over(self, esia, visitor, sign_in):
        sign_in(oid=OID, snils="")

        visitor.sign_in()

        assert Account.objects.get().snils == "000-000-600 01"

    def test_EM_05_a_number_that_may_be_real_is_refused(self, esia, visitor):
        esia.person["snils"] = "112-233-445 95"

        response = visitor.sign_in()

        assert response["Location"] == "/login/refused/"
        text = visitor.client.get("/login/refused/").content.decode()
        assert "Эти данные не учебные" in text
        assert "112" not in str(Event.objects.get().data)
        assert not Account.objects.exists()


class TestUnavailable:
    def assert_unavailable(self, visitor, response, reason):
        assert response["Location"] == "/login/refused/"
        page = visitor.client.get("/login/refused/")
        assert page.status_code == 503
        text = page.content.decode()
        assert "<h1>Сервис авторизации недоступен</h1>" in text
        assert [event.reason for event in Event.objects.all()] == [reason]
        assert Event.objects.get().data["code"] in text
        assert page.context["me"] is None

    @pytest.mark.parametrize("path", ["/te", f"/prns/{OID}", "/ctts", "/roles"])
    @pytest.mark.parametrize("error", [requests.ConnectTimeout(), requests.ReadTimeout(), requests.ConnectionError()])
    def test_fault_11_the_provider_is_away(self, esia, visitor, path, error):
        esia.fail(path, error)

        self.assert_unavailable(visitor, visitor.sign_in(), "provider_unavailable")

    @pytest.mark.parametrize("path", ["/te", f"/prns/{OID}", "/ctts", "/roles"])
    def test_fault_11_the_provider_answers_with_a_page(self, esia, visitor, path):
        esia.answers[path] = lambda _request: response_of(200, b"<html>", "text/html")

        self.assert_unavailable(visitor, visitor.sign_in(), "answer_unusable")

    def test_fault_11_signed_in_people_are_not_affected(self, esia, visitor, portal_client):
        esia.fail("/te", requests.ConnectionError())
        for _ in range(6):
            visitor.sign_in()

        assert transport.breaker.failures == 5
        assert portal_client.get("/").status_code == 200

    def test_fault_11_the_sixth_person_is_told_at_once(self, esia, visitor):
        esia.fail("/te", requests.ConnectionError())
        for _ in range(6):
            visitor.sign_in()

        assert [event.reason for event in Event.objects.order_by("seq")] == ["provider_unavailable"] * 5 + ["provider_resting"]
        assert len(esia.calls) == 5

    @pytest.mark.parametrize("changes", [{"state": "another"}, {"state": None}])
    def test_an_answer_to_another_request_is_not_used(self, esia, visitor, changes):
        esia.te = changes

        self.assert_unavailable(visitor, visitor.sign_in(), "answer_unusable")

    @pytest.mark.parametrize("name", ["ESIA_CLIENT_KEY_FILE", "ESIA_CLIENT_CERTIFICATE_FILE", "ESIA_TRUSTED_CERTIFICATE_FILE"])
    def test_a_portal_without_keys_says_so_at_the_door(self, esia, visitor, settings, tmp_path, name):
        setattr(settings, name, tmp_path / "absent.pem")

        self.assert_unavailable(visitor, visitor.client.post("/login/esia/"), "client_not_ready")

    @pytest.mark.parametrize("name", ["id_token", "access_token"])
    def test_an_answer_without_a_token_proves_nothing(self, esia, visitor, name):
        esia.te = {name: None}

        visitor.sign_in()

        assert Event.objects.get().reason == "token_refused"
        assert not Account.objects.exists()


class TestRefusedByTheProvider:
    @pytest.mark.parametrize("code", ["ESIA-007011", "ESIA-007015", "ESIA-007053", "ESIA-007005"])
    def test_the_code_of_te_is_on_the_page(self, esia, visitor, code):
        esia.will("/te", 400, {"error": "invalid_grant", "error_description": f"{code}: wording", "state": "s"})

        visitor.sign_in()

        page = visitor.client.get("/login/refused/")
        assert page.status_code == 403
        assert code in page.content.decode()
        assert Event.objects.get().data == {"code": code}

    @pytest.mark.parametrize(("status", "code"), [(401, "ESIA-005011"), (401, "ESIA-005013"), (403, "ESIA-005029"), (404, "STAND-000404")])
    def test_the_code_of_rs_is_on_the_page(self, esia, visitor, status, code):
        esia.answers[f"/prns/{OID}"] = lambda _request: json_of(status, {"code": code, "message": "SecurityErrorEnum.x"})

        visitor.sign_in()

        assert code in visitor.client.get("/login/refused/").content.decode()
        assert not Account.objects.exists()

    def test_a_successful_sign_in_forgets_the_refusal(self, esia, visitor):
        visitor.sign_in(code=None, error="access_denied")
        visitor.sign_in()

        assert visitor.client.get("/login/refused/")["Location"] == "/login/"
