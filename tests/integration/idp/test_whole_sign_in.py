"""From the signed request of a system to the person, on the provider's side."""

import jwt
import pytest
from django.test import Client

from frmr_portal.base.audit.models import Event
from tests.plugins.provider import CALLBACK, ProviderBrowser, TestSystem, answer

pytestmark = pytest.mark.django_db


class TestWholeSignIn:
    def test_C6_a_request_ends_with_a_code_at_the_registered_address(self, browser: ProviderBrowser, system: TestSystem):
        request = system.authorization()

        to_login = browser.ask(request)
        to_consent = browser.sign_in(1, to_login["Location"])
        consent = browser.client.get(to_consent["Location"])
        back = browser.client.post(to_consent["Location"], {"scope": ["email"]})

        assert to_login["Location"].startswith("/login/?request=")
        assert "Тестова Анна Сергеевна" in consent.content.decode()
        assert back.status_code == 303
        assert answer(back)["state"] == request["state"]

    def test_esia_C33_tokens_carry_the_observed_claims(self, browser: ProviderBrowser, system: TestSystem):
        tokens = browser.tokens_for(system)

        header = jwt.get_unverified_header(tokens["access_token"])
        access = jwt.decode(tokens["access_token"], options={"verify_signature": False})
        identity = jwt.decode(tokens["id_token"], options={"verify_signature": False, "verify_sub": False})
        assert header == {"alg": "RS256", "sbt": "access", "typ": "JWT", "ver": 1}
        assert access["urn:esia:sbj_id"] == 1_000_900_001
        assert access["exp"] - access["iat"] == 3600
        assert identity["sub"] == 1_000_900_001
        assert identity["exp"] - identity["iat"] == 10_800
        assert identity["urn:esia:sbj"]["urn:esia:sbj:is_tru"] is True
        assert identity["env"] == access["env"] == "test"

    def test_two_sign_ins_of_one_second_get_two_different_tokens(self, browser: ProviderBrowser, system: TestSystem):
        first = browser.tokens_for(system)
        second = browser.tokens_for(system)

        assert first["access_token"] != second["access_token"]

    def test_esia_C24_te_echoes_the_state_of_its_own_request(self, browser: ProviderBrowser, system: TestSystem):
        request = system.exchange(browser.code_for(system))

        body = browser.te(request).json()

        assert body["state"] == request["state"]
        assert body["expires_in"] == 3600
        assert "refresh_token" not in body

    def test_esia_C31_te_reads_parameters_from_the_query(self, browser: ProviderBrowser, system: TestSystem):
        request = system.exchange(browser.code_for(system))

        response = browser.client.post("/aas/oauth2/v3/te", query_params=request, content_type="application/x-www-form-urlencoded")

        assert response.status_code == 200

    def test_esia_C32_te_ignores_a_refresh_token_in_a_code_exchange(self, browser: ProviderBrowser, system: TestSystem):
        request = {**system.exchange(browser.code_for(system)), "refresh_token": "whatever"}

        assert browser.te(request).status_code == 200

    def test_esia_C49_a_second_system_signs_in_without_a_password(self, browser: ProviderBrowser, system: TestSystem, other_system: TestSystem, clock):
        browser.tokens_for(system)
        clock.advance(seconds=90)

        to_consent = browser.ask(other_system.authorization())
        back = browser.client.post(to_consent["Location"])
        tokens = browser.te(other_system.exchange(answer(back)["code"], scope="openid fullname")).json()

        identity = jwt.decode(tokens["id_token"], options={"verify_signature": False, "verify_sub": False})
        assert to_consent["Location"].startswith("/consent/")
        assert identity["auth_time"] < identity["iat"]

    def test_consent_is_not_asked_twice(self, browser: ProviderBrowser, system: TestSystem):
        browser.tokens_for(system)

        response = browser.ask(system.authorization())

        assert response["Location"].startswith(CALLBACK)

    def test_consent_is_asked_again_when_the_set_grows(self, browser: ProviderBrowser, system: TestSystem):
        browser.tokens_for(system)

        response = browser.ask(system.authorization(scope="openid fullname snils email mobile"))

        assert response["Location"].startswith("/consent/")

    def test_esia_C25_a_denied_consent_goes_back_in_the_observed_order(self, browser: ProviderBrowser, system: TestSystem):
        """OA-25: description, state, error."""
        to_consent = browser.sign_in(1, browser.ask(system.authorization())["Location"])

        back = browser.client.post(to_consent["Location"], {"deny": "1"})

        assert list(answer(back)) == ["error_description", "state", "error"]
        assert answer(back)["error"] == "access_denied"
        assert answer(back)["error_description"].startswith("ESIA-007004")
        assert Event.objects.filter(action="esia.consent", outcome="refused").count() == 1

    @pytest.mark.parametrize("number", [12, 13, 16])
    def test_esia_C29_C1_an_unconfirmed_account_is_refused_by_the_filter(self, browser: ProviderBrowser, system: TestSystem, number: int):
        asked = browser.ask(system.authorization(person_filter="Y29uZl9hY2M="))

        back = browser.sign_in(number, asked["Location"])

        assert answer(back)["error_description"].startswith("ESIA-007055")
        assert Event.objects.filter(reason="person.filter").count() == 1


class TestResources:
    def get(self, token: str, path: str) -> object:
        return Client(HTTP_HOST="localhost").get(path, headers={"Authorization": f"Bearer {token}"})

    def test_esia_C38_fields_are_limited_by_scope(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]

        person = self.get(token, "/rs/prns/1000900001").json()

        assert person["lastName"] == "Тестова"
        assert person["snils"] == "000-000-600 01"
        assert person["trusted"] is True
        assert "birthDate" not in person

    def test_esia_C39_esia_C44_contacts_are_addresses_or_objects(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]

        listed = self.get(token, "/rs/prns/1000900001/ctts").json()
        embedded = self.get(token, "/rs/prns/1000900001/ctts?embed=(elements)").json()
        single = self.get(token, listed["elements"][0].removeprefix("http://localhost")).json()

        assert listed["size"] == 1
        assert embedded["elements"] == [single]
        assert single["type"] == "EML"
        assert single["value"] == "doctor@example.test"

    def test_esia_C41_esia_C42_esia_C48_slashes_and_accept_headers_are_tolerated(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]

        for path in ("/rs/prns/1000900001/", "/rs/prns/1000900001//ctts", "/rs/prns/1000900001/ctts/"):
            response = Client(HTTP_HOST="localhost").get(
                path, headers={"Authorization": f"Bearer {token}", "Accept": 'application/json; schema="https://x/rs/model/prn/Person-3"'}
            )
            assert response.status_code == 200
            assert "Location" not in response
            assert response["Content-Type"].startswith("application/json")

    def test_esia_C43_OA_23_other_persons_and_scopes_are_refused(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]

        foreign = self.get(token, "/rs/prns/1000900002")
        roles = self.get(token, "/rs/prns/1000900001/roles")

        assert (foreign.status_code, foreign.json()["code"]) == (403, "ESIA-005029")
        assert (roles.status_code, roles.json()["code"]) == (403, "ESIA-005029")
        assert Event.objects.filter(action="esia.reading", outcome="refused").count() == 2

    def test_esia_C43_garbage_and_expired_tokens_are_refused(self, browser: ProviderBrowser, system: TestSystem, clock):
        token = browser.tokens_for(system)["access_token"]
        garbage = self.get("x" * 40, "/rs/prns/1000900001")
        clock.advance(seconds=3601)
        expired = self.get(token, "/rs/prns/1000900001")

        assert (garbage.status_code, garbage.json()["code"]) == (401, "ESIA-005011")
        assert (expired.status_code, expired.json()["code"]) == (401, "ESIA-005013")

    def test_esia_C46_esia_C47_the_etag_is_stable_and_text_is_readable(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]

        first, second = (self.get(token, "/rs/prns/1000900001") for _ in range(2))

        assert first["ETag"] == second["ETag"]
        assert len(first["ETag"]) == 40
        assert "Тестова" in first.content.decode()

    def test_what_is_not_emulated_says_so(self, provider):
        response = self.get("x", "/rs/prns/1000900001/vhls")

        assert response.status_code == 404
        assert response.json()["code"] == "STAND-000404"
