"""OA: what the provider refuses, with its code, one row in the journal and no redirect before trust."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from frmr_portal.base.audit.models import Event
from gosuslugi_auth.idp.models import AccessToken, Consent, EsiaSession, InformationSystem, Person, SystemCertificate
from gosuslugi_auth.idp.protocol.parameters import RawRequest
from gosuslugi_auth.idp.protocol.values import Refusal
from gosuslugi_auth.idp.services.exchange import exchange
from tests.plugins.provider import CALLBACK, VERIFIER, ProviderBrowser, TestSystem, answer, moved, raw_query

pytestmark = pytest.mark.django_db


def refused_by_page(response, code: str) -> bool:
    """A page of our own with the code, no Location, and exactly one refused row."""
    assert response.status_code == 400
    assert "Location" not in response
    assert code in response.content.decode()
    assert Event.objects.filter(action="esia.authorization", outcome="refused").count() == 1
    return True


def refused_by_redirect(response, code: str, error: str) -> bool:
    """An error at the trusted address and exactly one refused row."""
    back = answer(response)
    assert back["error_description"].startswith(code), back
    assert back["error"] == error
    assert Event.objects.filter(action="esia.authorization", outcome="refused").count() == 1
    return True


def refused_by_te(response, code: str, error: str) -> bool:
    """400 with the body of the protocol and exactly one refused row."""
    assert response.status_code == 400
    body = response.json()
    assert body["error_description"].startswith(code), body
    assert body["error"] == error
    assert Event.objects.filter(action="esia.token", outcome="refused").count() == 1
    return True


class TestClientAndRedirect:
    def test_OA_01_esia_C26_an_unknown_client_gets_a_page(self, browser: ProviderBrowser, system: TestSystem):
        assert refused_by_page(browser.ask({**system.authorization(), "client_id": "NOBODY"}), "ESIA-007005")

    def test_OA_01_the_journal_keeps_nothing_that_a_stranger_typed(self, browser: ProviderBrowser, system: TestSystem):
        browser.ask({**system.authorization(), "client_id": "CANARY_77"})

        row = Event.objects.get(action="esia.authorization")
        assert "CANARY" not in f"{row.actor_key}{row.data}{row.target}"

    @pytest.mark.parametrize("name", ["client_id", "redirect_uri", "state"])
    def test_OA_02_a_missing_parameter_gets_a_page(self, browser: ProviderBrowser, system: TestSystem, name: str):
        assert refused_by_page(browser.ask(system.authorization(**{name: None})), "ESIA-007014")

    @pytest.mark.parametrize("name", ["client_id", "redirect_uri", "state"])
    def test_OA_02_esia_C30_a_repeated_parameter_gets_a_page(self, browser: ProviderBrowser, system: TestSystem, name: str):
        parameters = system.authorization()
        query = raw_query([*parameters.items(), (name, parameters[name])])

        assert refused_by_page(browser.client.get(f"/aas/oauth2/v2/ac?{query}"), "ESIA-007003")

    def test_OA_02_any_other_repeated_parameter_is_refused_too(self, browser: ProviderBrowser, system: TestSystem):
        query = raw_query([*system.authorization().items(), ("scope", "openid")])

        assert refused_by_redirect(browser.client.get(f"/aas/oauth2/v2/ac?{query}"), "ESIA-007003", "invalid_request")

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1:8000/other/",
            f"{CALLBACK}extra/",
            f"{CALLBACK}?x=1",
            f"{CALLBACK}#x",
            CALLBACK.rstrip("/"),
            CALLBACK.replace(":8000", ":8001"),
            CALLBACK.replace("http:", "https:"),
            CALLBACK.replace("test", "TEST"),
            "https://good@evil.example/",
            "https://good@@evil.example/",
            "https://good\\@evil.example/",
            "http://127.0.0.1:8000/test/../test/callback/",
            "http://127.0.0.1:8000/test/..;/callback/",
            "http://127.0.0.1:8000/test/%2e%2e/callback/",
            "http://127.0.0.1:8000/test%2fcallback/",
            "http://127x0x0x1:8000/test/callback/",
            "http://1\u04307.0.0.1:8000/test/callback/",
            CALLBACK.replace("127.0.0.1", "localhost"),
            CALLBACK.replace("127.0.0.1", "[::1]"),
            "javascript:alert(1)",
            "//evil.example/",
        ],
    )
    def test_OA_03_OA_04_OA_05_OA_06_OA_07_another_address_gets_a_page(self, browser: ProviderBrowser, system: TestSystem, address: str):
        assert refused_by_page(browser.ask(system.authorization(redirect_uri=address)), "ESIA-007023")

    @pytest.mark.parametrize("sign", ["\t", "\n", "\x00"])
    def test_OA_06_control_characters_make_the_request_unreadable(self, browser: ProviderBrowser, system: TestSystem, sign: str):
        assert refused_by_page(browser.ask(system.authorization(redirect_uri=f"{CALLBACK}{sign}")), "ESIA-007038")

    def test_WEB_05_invalid_utf8_is_refused_with_a_code(self, browser: ProviderBrowser, system: TestSystem):
        assert refused_by_page(browser.client.get(f"/aas/oauth2/v2/ac?{raw_query(list(system.authorization().items()))}&nonce=%ff%fe"), "ESIA-007038")

    def test_a_request_of_more_than_16_kb_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        assert refused_by_page(browser.ask(system.authorization(nonce="n" * 20_000)), "ESIA-007038")

    def test_a_disabled_system_is_unknown(self, browser: ProviderBrowser, system: TestSystem):
        InformationSystem.objects.filter(pk=system.row.pk).update(is_active=False)

        assert refused_by_page(browser.ask(system.authorization()), "ESIA-007005")


class TestClientSecret:
    def test_OA_15_a_signature_of_another_client_is_refused(self, browser: ProviderBrowser, system: TestSystem, other_system: TestSystem):
        parameters = system.authorization()
        forged = {**parameters, "client_secret": other_system.authorization(state=parameters["state"], client_id=system.row.mnemonic)["client_secret"]}

        assert refused_by_redirect(browser.ask(forged), "ESIA-007053", "access_denied")

    def test_OA_15_a_certificate_of_another_client_is_refused(self, browser: ProviderBrowser, system: TestSystem, other_system: TestSystem):
        response = browser.ask(system.authorization(client_certificate_hash=other_system.digest))

        assert refused_by_redirect(response, "ESIA-007002", "unauthorized_client")

    def test_OA_15_an_unknown_certificate_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        assert refused_by_redirect(browser.ask(system.authorization(client_certificate_hash="A" * 64)), "ESIA-007053", "access_denied")

    def test_OA_15_an_expired_certificate_is_refused(self, browser: ProviderBrowser, system: TestSystem, now):
        SystemCertificate.objects.filter(sha256=system.digest).update(not_after=now - timedelta(seconds=1))

        assert refused_by_redirect(browser.ask(system.authorization()), "ESIA-007053", "access_denied")

    def test_OA_15_a_system_without_an_active_certificate_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        SystemCertificate.objects.filter(sha256=system.digest).update(is_active=False)

        assert refused_by_redirect(browser.ask(system.authorization()), "ESIA-007005", "unauthorized_client")

    @pytest.mark.parametrize(
        ("name", "value"),
        [("scope", "openid fullname"), ("state", "6c0ac5ea-7bb0-4e2a-9d0a-0d5a3c9a7b11"), ("scope_org", "org_ogrn")],
    )
    def test_OA_16_a_signature_over_another_field_is_refused(self, browser: ProviderBrowser, system: TestSystem, name: str, value: str):
        assert refused_by_redirect(browser.ask({**system.authorization(), name: value}), "ESIA-007053", "access_denied")

    def test_OA_16_a_signature_over_another_time_is_refused(self, browser: ProviderBrowser, system: TestSystem, now):
        parameters = {**system.authorization(), "timestamp": moved(now, 10)}

        assert refused_by_redirect(browser.ask(parameters), "ESIA-007053", "access_denied")

    def test_esia_C13_a_missing_hash_names_the_parameter(self, browser: ProviderBrowser, system: TestSystem):
        back = answer(browser.ask(system.authorization(client_certificate_hash=None)))

        assert back["error_description"] == "ESIA-007014: The request doesn`t contain the mandatory parameter [client_certificate_hash]."

    def test_esia_C14_a_sha1_hash_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        assert refused_by_redirect(browser.ask(system.authorization(client_certificate_hash="a" * 40)), "ESIA-007053", "access_denied")

    def test_esia_C15_a_lower_case_hash_is_accepted(self, browser: ProviderBrowser, system: TestSystem):
        assert browser.ask(system.authorization(client_certificate_hash=system.digest.lower()))["Location"].startswith("/login/")

    @pytest.mark.parametrize("change", [lambda v: v + "==", lambda v: v.replace("-", "+").replace("_", "/"), lambda v: v + "="])
    def test_esia_C07_variants_of_base64_are_accepted(self, browser: ProviderBrowser, system: TestSystem, change):
        parameters = system.authorization()

        assert browser.ask({**parameters, "client_secret": change(parameters["client_secret"])})["Location"].startswith("/login/")

    @pytest.mark.parametrize("value", ["-----BEGIN CMS-----", "MIIG", "AAAA", "!!!", "A" * 86, "B" * 342])
    def test_other_forms_of_a_secret_are_refused(self, browser: ProviderBrowser, system: TestSystem, value: str):
        assert refused_by_redirect(browser.ask(system.authorization(client_secret=value)), "ESIA-007053", "access_denied")

    def test_raw_rsa_is_refused_where_the_switch_is_off(self, browser: ProviderBrowser, system: TestSystem):
        InformationSystem.objects.filter(pk=system.row.pk).update(allow_rsa_raw=False)

        assert refused_by_redirect(browser.ask(system.authorization()), "ESIA-007053", "access_denied")

    def test_the_journal_keeps_the_expected_string(self, browser: ProviderBrowser, system: TestSystem):
        parameters = system.authorization()
        browser.ask({**parameters, "scope": "openid"})

        expected = Event.objects.get(action="esia.authorization").data["expected"]
        assert expected == "".join([system.row.mnemonic, "openid", parameters["timestamp"], parameters["state"], CALLBACK])

    @pytest.mark.parametrize(("seconds", "is_strict"), [(-301, False), (301, False), (-61, True), (61, True)])
    def test_OA_17_esia_C23_a_time_outside_the_tolerance_is_refused(self, browser: ProviderBrowser, system: TestSystem, now, seconds: int, is_strict: bool):
        if is_strict:
            InformationSystem.objects.filter(pk=system.row.pk).update(profile="strict", allow_rsa_raw=False)

        assert refused_by_redirect(browser.ask(system.authorization(timestamp=moved(now, seconds))), "ESIA-007015", "invalid_request")

    @pytest.mark.parametrize("seconds", [-300, 300])
    def test_OA_17_a_time_at_the_edge_is_accepted(self, browser: ProviderBrowser, system: TestSystem, now, seconds: int):
        assert browser.ask(system.authorization(timestamp=moved(now, seconds)))["Location"].startswith("/login/")

    @pytest.mark.parametrize("text", ["2026.11.20 12:00:00", "2026.13.20 12:00:00 +0300", "2026-11-20 12:00:00 +0300", "2026.11.20 12:00:00  0300"])
    def test_OA_17_an_unreadable_time_is_refused(self, browser: ProviderBrowser, system: TestSystem, text: str):
        assert refused_by_redirect(browser.ask(system.authorization(timestamp=text)), "ESIA-007003", "invalid_request")

    def test_OA_18_esia_T34_a_request_may_be_reloaded_until_it_gave_a_code(self, browser: ProviderBrowser, system: TestSystem):
        parameters = system.authorization()
        browser.ask(parameters)
        to_login = browser.ask(parameters)
        to_consent = browser.sign_in(1, to_login["Location"])
        browser.client.post(to_consent["Location"], {"scope": ["email", "snils"]})

        assert refused_by_redirect(browser.ask(parameters), "ESIA-007053", "access_denied")

    def test_OA_18_a_secret_is_used_once_at_te(self, browser: ProviderBrowser, system: TestSystem):
        request = system.exchange(browser.code_for(system))
        browser.te(request)

        assert refused_by_te(browser.te(request), "ESIA-007053", "access_denied")


class TestRequestParameters:
    @pytest.mark.parametrize("value", ["token", "id_token", "code id_token"])
    def test_OA_27_another_response_type_is_refused(self, browser: ProviderBrowser, system: TestSystem, value: str):
        assert refused_by_redirect(browser.ask(system.authorization(response_type=value)), "ESIA-007009", "unsupported_response_type")

    @pytest.mark.parametrize("value", ["password", "implicit", "urn:x"])
    def test_OA_27_another_grant_type_is_refused(self, browser: ProviderBrowser, system: TestSystem, value: str):
        assert refused_by_te(browser.te(system.exchange("x", grant_type=value)), "ESIA-007012", "unsupported_grant_type")

    @pytest.mark.parametrize("value", ["client_credentials", "refresh_token"])
    def test_OA_27_a_grant_that_the_system_does_not_have_is_refused(self, browser: ProviderBrowser, system: TestSystem, value: str):
        assert refused_by_te(browser.te(system.exchange("x", grant_type=value)), "ESIA-007005", "unauthorized_client")

    def test_esia_C28_unknown_and_forbidden_scopes_have_their_codes(self, browser: ProviderBrowser, system: TestSystem):
        unknown = answer(browser.ask(system.authorization(scope="openid nonsense")))
        forbidden = answer(browser.ask(system.authorization(scope="openid vehicles")))
        absent = answer(browser.ask(system.authorization(scope=None)))

        assert unknown["error_description"].startswith("ESIA-007006")
        assert forbidden["error_description"].startswith("ESIA-007019")
        assert absent["error_description"].startswith("ESIA-007013")

    def test_esia_T37_unknown_parameters_are_ignored(self, browser: ProviderBrowser, system: TestSystem):
        assert browser.ask(system.authorization(nonce="n", obo="x", display="popup"))["Location"].startswith("/login/")

    def test_a_wrong_person_filter_is_explained(self, browser: ProviderBrowser, system: TestSystem):
        assert refused_by_redirect(browser.ask(system.authorization(person_filter="conf_acc")), "ESIA-007003", "invalid_request")

    @pytest.mark.parametrize(
        "changes",
        [{"code_challenge_method": "plain"}, {"code_challenge_method": None}, {"code_challenge": "short"}],
    )
    def test_OA_13_only_a_known_challenge_method_is_taken(self, browser: ProviderBrowser, system: TestSystem, changes: dict):
        assert refused_by_redirect(browser.ask(system.authorization(**changes)), "ESIA-007003", "invalid_request")

    def test_OA_13_a_required_challenge_cannot_be_left_out(self, browser: ProviderBrowser, system: TestSystem):
        InformationSystem.objects.filter(pk=system.row.pk).update(require_pkce=True)
        response = browser.ask(system.authorization(code_challenge=None, code_challenge_method=None))

        assert refused_by_redirect(response, "ESIA-007039", "invalid_request")

    def test_a_multipart_body_is_no_form(self, browser: ProviderBrowser, system: TestSystem):
        response = browser.client.post("/aas/oauth2/v3/te", system.exchange("x"))

        assert refused_by_te(response, "ESIA-007038", "invalid_request")

    @pytest.mark.parametrize(("path", "method"), [("/aas/oauth2/v3/te", "get"), ("/aas/oauth2/v2/ac", "put"), ("/rs/prns/1000900001", "post")])
    def test_another_method_is_not_allowed(self, browser: ProviderBrowser, system: TestSystem, path: str, method: str):
        response = getattr(browser.client, method)(path)

        assert response.status_code == 405
        assert "Allow" in response


class TestCodes:
    def test_OA_08_esia_C21_a_second_use_is_refused_and_kills_the_tokens(self, browser: ProviderBrowser, system: TestSystem):
        code = browser.code_for(system)
        token = browser.te(system.exchange(code)).json()["access_token"]

        assert refused_by_te(browser.te(system.exchange(code)), "ESIA-007011", "invalid_grant")
        response = Client(HTTP_HOST="localhost").get("/rs/prns/1000900001", headers={"Authorization": f"Bearer {token}"})
        assert (response.status_code, response.json()["code"]) == (401, "ESIA-005011")

    def test_OA_10_a_code_dies_after_sixty_seconds(self, browser: ProviderBrowser, system: TestSystem, clock):
        code = browser.code_for(system)
        clock.advance(seconds=61)

        assert refused_by_te(browser.te(system.exchange(code)), "ESIA-007011", "invalid_grant")

    def test_OA_11_esia_C22_a_code_of_another_client_is_refused(self, browser: ProviderBrowser, system: TestSystem, other_system: TestSystem):
        code = browser.code_for(system)

        assert refused_by_te(browser.te(other_system.exchange(code)), "ESIA-007011", "invalid_grant")

    def test_OA_11_a_code_for_another_address_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        code = browser.code_for(system)

        assert refused_by_te(browser.te(system.exchange(code, redirect_uri=CALLBACK + "x")), "ESIA-007011", "invalid_grant")

    def test_a_token_request_may_not_ask_for_more_than_the_code(self, browser: ProviderBrowser, system: TestSystem):
        code = browser.code_for(system)

        assert refused_by_te(browser.te(system.exchange(code, scope="openid mobile")), "ESIA-007006", "invalid_scope")

    @pytest.mark.parametrize("verifier", [None, "", VERIFIER + "x", "v" * 42, "v" * 129])
    def test_OA_12_a_wrong_verifier_is_refused(self, browser: ProviderBrowser, system: TestSystem, verifier: str | None):
        code = browser.code_for(system)

        assert refused_by_te(browser.te(system.exchange(code, code_verifier=verifier)), "ESIA-007040", "invalid_grant")

    def test_OA_12_a_verifier_without_a_challenge_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        code = browser.code_for(system, code_challenge=None, code_challenge_method=None)

        assert refused_by_te(browser.te(system.exchange(code)), "ESIA-007039", "invalid_request")

    def test_esia_C12_te_without_the_code_in_the_string_is_refused(self, browser: ProviderBrowser, system: TestSystem):
        request = system.exchange(browser.code_for(system))
        order = ("client_id", "scope", "timestamp", "state", "redirect_uri")
        request["client_secret"] = system.sign("".join(request[name] for name in order))

        assert refused_by_te(browser.te(request), "ESIA-007053", "access_denied")

    def test_a_code_is_masked_in_the_journal(self, browser: ProviderBrowser, system: TestSystem):
        code = browser.code_for(system)
        browser.te({**system.exchange(code), "state": "other"})

        assert code not in str(Event.objects.get(action="esia.token").data)


class TestParallelExchange:
    def test_OA_09_esia_C55_of_twenty_parallel_exchanges_one_wins(self, browser: ProviderBrowser, system: TestSystem, in_threads, now):
        code = browser.code_for(system)
        requests = [RawRequest(b"", urlencode(system.exchange(code)).encode()) for _ in range(20)]

        def work(number: int) -> str:
            try:
                exchange(requests[number], now=now, request_id="")
            except Refusal as refusal:
                return refusal.error.code
            return "tokens"

        assert sorted(in_threads(20, work)) == ["ESIA-007011"] * 19 + ["tokens"]


class TestTokensDie:
    def read(self, token: str) -> int:
        return Client(HTTP_HOST="localhost").get("/rs/prns/1000900001", headers={"Authorization": f"Bearer {token}"}).status_code

    def test_OA_22_after_the_sign_out(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]
        assert self.read(token) == 200

        browser.client.get("/idp/ext/Logout", {"client_id": system.row.mnemonic})

        assert self.read(token) == 401

    def test_OA_22_after_the_person_was_blocked(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]
        Person.objects.filter(oid=1_000_900_001).update(state=Person.State.LOCKED)

        assert self.read(token) == 401

    def test_OA_22_PR_04_after_the_consent_was_withdrawn(self, browser: ProviderBrowser, system: TestSystem, now):
        token = browser.tokens_for(system)["access_token"]
        Consent.objects.update(withdrawn_at=now)

        assert self.read(token) == 401

    def test_a_code_of_an_ended_session_gives_nothing(self, browser: ProviderBrowser, system: TestSystem, now):
        code = browser.code_for(system)
        EsiaSession.objects.update(ended_at=now)

        assert refused_by_te(browser.te(system.exchange(code)), "ESIA-007011", "invalid_grant")

    def test_tokens_and_codes_are_stored_as_digests(self, browser: ProviderBrowser, system: TestSystem):
        token = browser.tokens_for(system)["access_token"]

        assert not AccessToken.objects.filter(digest=token).exists()
        assert len(AccessToken.objects.get().digest) == 64


class TestLogout:
    def logout(self, browser: ProviderBrowser, **query: str):
        return browser.client.get("/idp/ext/Logout", query)

    def test_esia_C50_it_returns_to_a_registered_host(self, browser: ProviderBrowser, system: TestSystem):
        browser.tokens_for(system)

        response = self.logout(browser, client_id="MIS_A", redirect_url="http://127.0.0.1:8000/signed-out/")

        assert response["Location"] == "http://127.0.0.1:8000/signed-out/"
        assert EsiaSession.objects.get().ended_at is not None

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/",
            "//evil.example/",
            "javascript:alert(1)",
            "http://127.0.0.1:8000@evil.example/",
            "http://127.0.0.1:8001/",
            "https://127.0.0.1:8000/",
            "http://127.0.0.1:8000\\@evil.example/",
            "http://127.0.0.1:port/",
            "",
        ],
    )
    def test_OA_26_a_foreign_address_gets_the_own_page(self, browser: ProviderBrowser, system: TestSystem, address: str):
        response = self.logout(browser, client_id="MIS_A", redirect_url=address)

        assert response["Location"] == "/signed-out/"

    def test_OA_26_an_address_of_another_client_is_refused(self, browser: ProviderBrowser, system: TestSystem, other_system: TestSystem):
        InformationSystem.objects.filter(pk=other_system.row.pk).update(redirect_uris=["http://localhost:9000/cb"])

        assert self.logout(browser, client_id="MIS_A", redirect_url="http://localhost:9000/")["Location"] == "/signed-out/"

    def test_the_own_page_says_that_the_session_has_ended(self, browser: ProviderBrowser, system: TestSystem):
        assert "Вы вышли" in browser.client.get("/signed-out/").content.decode()


class TestPagesOfTheSignIn:
    def test_OA_29_credentials_are_answered_303_and_pages_cannot_be_framed(self, browser: ProviderBrowser, system: TestSystem):
        to_login = browser.ask(system.authorization())["Location"]
        page = browser.client.get(to_login)

        posted = browser.log_in("000-000-600 01", "Stand-01", to_login)

        assert posted.status_code == 303
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"

    def test_OA_30_nothing_leaks_through_the_referrer(self, browser: ProviderBrowser, system: TestSystem):
        page = browser.client.get(browser.ask(system.authorization())["Location"])

        assert page["Referrer-Policy"] == "strict-origin"
        assert page["Cache-Control"] == "no-store"

    def test_WEB_02_forms_may_lead_to_the_one_trusted_address(self, browser: ProviderBrowser, system: TestSystem):
        page = browser.client.get(browser.ask(system.authorization())["Location"])

        assert "form-action 'self' http://127.0.0.1:8000;" in page["Content-Security-Policy"] + ";"
