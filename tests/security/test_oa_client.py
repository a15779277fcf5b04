"""OA: the halves of the protocol tests that the portal, as a client, must pass."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from frmr_portal.base.audit.models import Event, Outcome
from frmr_portal.base.kit import keys
from frmr_portal.session.models import Account
from tests.plugins.esia import OID, encoded

REFUSED = "/login/refused/"


@pytest.fixture
def refused(visitor):
    """Assert what every refusal has in common: a clean address, no session, one journal row, a page with a code."""

    def refused(response, reason, *, status=None, at=REFUSED):
        assert response.status_code == 302
        assert response["Location"] == at
        assert not Account.objects.exists()
        rows = list(Event.objects.all())
        assert [(row.action, row.outcome, row.reason) for row in rows] == [("session.refused", Outcome.REFUSED, reason)]
        page = visitor.client.get(at)
        assert page.context["me"] is None
        assert page.status_code == (status or page.status_code)
        assert page.status_code != 500
        text = page.content.decode()
        assert rows[0].data["code"] in text
        assert rows[0].request_id in text
        assert "20.11.2026" in text
        return text

    return refused


class TestAuthorizationRequest:
    def test_OA_12_the_challenge_is_s256_of_a_long_verifier_that_te_gets(self, esia, visitor):
        asked = visitor.start()
        visitor.come_back(asked)

        sent = parse_qs(esia.called("/v3/te")[0].body)
        verifier = sent["code_verifier"][0]
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        assert 43 <= len(verifier) <= 128
        assert asked["code_challenge"] == digest

    def test_OA_13_the_method_is_always_named_and_never_plain(self, esia, visitor):
        assert visitor.start()["code_challenge_method"] == "S256"

    @pytest.mark.parametrize("field", ["auth_params", "scope", "process", "action", "redirect_uri", "client_id", "state"])
    def test_OA_13_nothing_in_the_form_or_the_query_changes_the_request(self, esia, visitor, field):
        usual = visitor.start()

        response = visitor.client.post(f"/login/esia/?{field}=code_challenge_method%3Dplain", {field: "connect"})

        changed = {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}
        assert changed.keys() == usual.keys()
        for name in ("client_id", "redirect_uri", "scope", "code_challenge_method", "person_filter", "access_type", "response_type"):
            assert changed[name] == usual[name]

    def test_OA_12_two_requests_share_neither_state_nor_challenge(self, esia, visitor):
        first, second = visitor.start(), visitor.start()

        assert first["state"] != second["state"]
        assert first["code_challenge"] != second["code_challenge"]


class TestState:
    def assert_refused(self, esia, response, refused):
        refused(response, "state_unknown", status=400)
        assert esia.calls == []

    def test_OA_14_without_a_state(self, esia, visitor, refused):
        self.assert_refused(esia, visitor.sign_in(state=None), refused)

    def test_OA_14_an_empty_state(self, esia, visitor, refused):
        self.assert_refused(esia, visitor.sign_in(state=""), refused)

    def test_OA_14_a_state_that_was_never_given(self, esia, visitor, refused):
        self.assert_refused(esia, visitor.sign_in(state="0c7a4bb4-5a54-4b0f-9e12-f7f1b0a1c0ff"), refused)

    def test_OA_14_a_state_of_another_session(self, esia, visitor, refused):
        stranger = visitor.with_cookie("")
        asked = stranger.start()
        visitor.start()

        self.assert_refused(esia, visitor.come_back(asked), refused)

    def test_OA_14_a_state_older_than_ten_minutes(self, esia, visitor, clock, refused):
        asked = visitor.start()
        clock.advance(seconds=601)

        response = visitor.come_back(asked)

        self.assert_refused(esia, response, refused)

    def test_OA_14_a_state_of_ten_minutes_is_still_good(self, esia, visitor, clock):
        asked = visitor.start()
        clock.advance(seconds=600)

        assert visitor.come_back(asked)["Location"] == "/"

    def test_OA_14_a_used_state(self, esia, visitor):
        asked = visitor.start()
        visitor.come_back(asked)
        before = len(esia.calls)

        response = visitor.come_back(asked)

        assert response["Location"] == REFUSED
        assert len(esia.calls) == before
        assert [row.reason for row in Event.objects.filter(outcome=Outcome.REFUSED)] == ["state_unknown"]

    def test_OA_14_a_state_is_used_up_by_a_refusal_too(self, esia, visitor):
        asked = visitor.start()
        visitor.come_back(asked, error="access_denied", code=None)

        assert visitor.come_back(asked)["Location"] == REFUSED
        assert esia.calls == []

    def test_OA_14_a_state_given_twice(self, esia, visitor, refused):
        asked = visitor.start()

        response = visitor.client.get(f"/login/esia/callback/?code=c&iss=http://localhost:8001/&state={asked['state']}&state={asked['state']}")

        self.assert_refused(esia, response, refused)

    def test_OA_14_state_is_a_random_uuid(self, esia, visitor):
        assert visitor.start()["state"][14] == "4"


def swapped(token, **header):
    """A token whose header says something else; the signature is made for the new text."""
    return lambda esia: lambda _subtype, right, claims: esia.sign(encoded({**right, **header}), encoded(claims))


def alg_none(esia):
    return lambda _subtype, header, claims: f"{encoded({**header, 'alg': 'none'})}.{encoded(claims)}."


def hs256_with_the_public_key(esia):
    certificate = keys.read_certificate(esia.signing_key_file.with_suffix(".crt"))
    secret = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def make(_subtype, header, claims):
        text = f"{encoded({**header, 'alg': 'HS256'})}.{encoded(claims)}"
        return f"{text}.{base64.urlsafe_b64encode(hmac.new(secret, text.encode(), 'sha256').digest()).rstrip(b'=').decode()}"

    return make


def foreign_key(esia):
    key = keys.read_private_key(esia.signing_key_file.with_name("foreign.key"))
    return lambda _subtype, header, claims: jwt.api_jws.encode(json.dumps(claims).encode(), key, algorithm="RS256", headers=header)


def repeated_claim(esia):
    return lambda _subtype, header, claims: esia.sign(encoded(header), encoded(json.dumps(claims)[:-1] + f', "sub": {OID}}}'))


def repeated_header(esia):
    return lambda _subtype, header, claims: esia.sign(encoded(json.dumps(header)[:-1] + ', "alg": "RS256"}'), encoded(claims))


def without_dots(esia):
    return lambda _subtype, header, claims: esia.sign(encoded(header), encoded(claims)).replace(".", "")


def two_parts(esia):
    return lambda _subtype, header, claims: esia.sign(encoded(header), encoded(claims)).rpartition(".")[0]


def four_parts(esia):
    return lambda _subtype, header, claims: esia.sign(encoded(header), encoded(claims)) + ".e30"


def payload_is_a_list(esia):
    return lambda _subtype, header, _claims: esia.sign(encoded(header), encoded([1]))


def payload_is_not_json(esia):
    return lambda _subtype, header, _claims: esia.sign(encoded(header), encoded("not json"))


def payload_was_changed(esia):
    def make(_subtype, header, claims):
        head, _payload, signature = esia.sign(encoded(header), encoded(claims)).split(".")
        return f"{head}.{encoded({**claims, 'sub': OID})} .{signature}"

    return make


def too_long(esia):
    return lambda _subtype, header, claims: esia.sign(encoded(header), encoded({**claims, "padding": "x" * 20_000}))


FORMS = {
    "alg none": (alg_none, "alg"),
    "HS256 with the public key as the secret": (hs256_with_the_public_key, "alg"),
    "RS256 swapped for GOST": (swapped("id", alg="GOST3410_2012_256"), "alg"),
    "alg PS256": (swapped("id", alg="PS256"), "alg"),
    "alg in small letters": (swapped("id", alg="rs256"), "alg"),
    "alg missing": (swapped("id", alg=None), "alg"),
    "kid unknown": (swapped("id", kid="unknown"), "header"),
    "kid is a path": (swapped("id", kid="../../../../dev/null"), "header"),
    "kid is SQL": (swapped("id", kid="x' UNION SELECT 'key"), "header"),
    "jku": (swapped("id", jku="http://localhost:8001/keys"), "header"),
    "x5u": (swapped("id", x5u="http://localhost:8001/esia.crt"), "header"),
    "jwk inside": (swapped("id", jwk={"kty": "RSA"}), "header"),
    "crit": (swapped("id", crit=["exp"]), "header"),
    "access token in place of the id token": (swapped("id", sbt="other"), "sbt"),
    "signed by another key": (foreign_key, "signature"),
    "claim repeated": (repeated_claim, "repeated key"),
    "header field repeated": (repeated_header, "repeated key"),
    "dots missing": (without_dots, "form"),
    "two parts": (two_parts, "form"),
    "four parts": (four_parts, "form"),
    "payload is a list": (payload_is_a_list, "form"),
    "payload is not JSON": (payload_is_not_json, "form"),
    "payload changed after signing": (payload_was_changed, "signature"),
    "longer than any token": (too_long, "form"),
}


class TestTokenForm:
    @pytest.mark.parametrize(("make", "check"), FORMS.values(), ids=FORMS)
    def test_OA_20_refuses_an_id_token(self, esia, visitor, refused, make, check):
        esia.tokens = make(esia)

        refused(visitor.sign_in(), "token_refused", status=403)
        assert Event.objects.get().data["check"] == check
        assert esia.called("/ctts") == []


def subject(**changes):
    right = {"urn:esia:sbj:typ": "P", "urn:esia:sbj:is_tru": True, "urn:esia:sbj:oid": OID}
    return {"urn:esia:sbj": {name: value for name, value in {**right, **changes}.items() if value is not None}}


def at(**delta):
    return lambda now: int((now + timedelta(**delta)).timestamp())


ID_CLAIMS = {
    "iss of another provider": {"iss": "http://localhost:8002/"},
    "iss without the slash": {"iss": "http://localhost:8001"},
    "iss missing": {"iss": None},
    "aud wrong": {"aud": "MIS_A"},
    "aud missing": {"aud": None},
    "aud with others": {"aud": ["FRMR_STAND", "MIS_A"]},
    "aud empty": {"aud": []},
    "exp past": {"exp": at(seconds=-1)},
    "exp now": {"exp": at()},
    "exp missing": {"exp": None},
    "exp is a text": {"exp": "9999999999"},
    "exp is true": {"exp": True},
    "nbf future": {"nbf": at(seconds=61)},
    "nbf missing": {"nbf": None},
    "iat more than a minute ahead": {"iat": at(seconds=61)},
    "iat missing": {"iat": None},
    "sub is a text": {"sub": str(OID)},
    "sub of another person": {"sub": OID + 1},
    "sub missing": {"sub": None},
    "oid of another person": subject(**{"urn:esia:sbj:oid": OID + 1}),
    "subject missing": {"urn:esia:sbj": None},
    "subject is a text": {"urn:esia:sbj": "P"},
    "session missing": {"urn:esia:sid": None},
    "method unknown": {"urn:esia:amd": "GUESS"},
    "em-12 env missing": {"env": None},
    "em-12 env of production": {"env": "prod"},
}
ACCESS_CLAIMS = {
    "iss of another provider": {"iss": "http://localhost:8002/"},
    "client of another system": {"client_id": "MIS_A"},
    "client missing": {"client_id": None},
    "another person": {"urn:esia:sbj_id": OID + 1},
    "another session": {"urn:esia:sid": "0c7a4bb4-5a54-4b0f-9e12-f7f1b0a1c0ff"},
    "expired": {"exp": at(seconds=-1)},
    "not yet": {"nbf": at(seconds=61)},
    "em-12 env missing": {"env": None},
}


def moments(changes, now):
    return {name: value(now) if callable(value) else value for name, value in changes.items()}


def failed_check(changes):
    (claim,) = changes
    wrong_person = changes.get("sub") == OID + 1 or isinstance(changes.get("urn:esia:sbj"), dict)
    return "urn:esia:sbj:oid" if wrong_person else claim


class TestClaims:
    @pytest.mark.parametrize("changes", ID_CLAIMS.values(), ids=ID_CLAIMS)
    def test_OA_21_refuses_an_id_token(self, esia, visitor, refused, now, changes):
        esia.id_claims = moments(changes, now)

        refused(visitor.sign_in(), "token_refused", status=403)
        assert Event.objects.get().data["check"] == failed_check(changes)
        assert [call for call in esia.calls if call.method == "GET"] == []

    @pytest.mark.parametrize("changes", ACCESS_CLAIMS.values(), ids=ACCESS_CLAIMS)
    def test_OA_21_refuses_an_access_token(self, esia, visitor, refused, now, changes):
        esia.access_claims = moments(changes, now)

        refused(visitor.sign_in(), "token_refused", status=403)
        assert Event.objects.get().data["check"] == failed_check(changes)
        assert [call for call in esia.calls if call.method == "GET"] == []

    @pytest.mark.parametrize("changes", [{"iat": at(seconds=60)}, {"nbf": at(seconds=60)}, {"exp": at(seconds=1)}, {"aud": ["FRMR_STAND"]}])
    def test_OA_21_takes_a_token_at_the_edge(self, esia, visitor, now, changes):
        esia.id_claims = moments(changes, now)

        assert visitor.sign_in()["Location"] == "/"

    def test_OA_21_refuses_data_of_another_person(self, esia, visitor, refused):
        esia.roles[0]["prnOid"] = OID + 1

        refused(visitor.sign_in(), "person_refused")

    def test_EM_12_production_refuses_the_tokens_of_a_stand(self, esia, visitor, refused, settings):
        settings.PRODUCTION = True

        refused(visitor.sign_in(), "token_refused", status=403)


class TestAccountKey:
    def test_OA_24_same_mail_and_name_with_another_oid_are_two_accounts(self, esia, visitor, sign_in):
        sign_in(oid=OID + 50, snils="000-000-600 51", email="doctor@example.test")

        visitor.sign_in()

        assert list(Account.objects.order_by("oid").values_list("oid", flat=True)) == [OID, OID + 50]
        assert set(Account.objects.values_list("email", flat=True)) == {"doctor@example.test"}

    def test_OA_24_a_changed_mail_with_the_same_oid_is_the_same_account(self, esia, visitor, sign_in):
        account = sign_in(oid=OID, email="earlier@example.test").account

        visitor.sign_in()

        assert Account.objects.get() == account
        assert Account.objects.get().email == "doctor@example.test"


class TestErrors:
    def test_OA_25_a_refusal_of_the_person_is_called_by_its_name(self, esia, visitor, refused):
        response = visitor.sign_in(code=None, error="access_denied", error_description="ESIA-007004: denied")

        assert "Вы отменили вход" in refused(response, "cancelled")

    @pytest.mark.parametrize("error", ["server_error", "invalid_scope", "something_new", "<b>x</b>"])
    def test_OA_25_an_unknown_error_gets_a_neutral_page(self, esia, visitor, refused, error):
        response = visitor.sign_in(code=None, error=error, error_description="no code here")

        assert "Войти не получилось" in refused(response, "provider_refused")

    def test_OA_25_html_in_the_description_is_shown_nowhere(self, esia, visitor, refused):
        response = visitor.sign_in(code=None, error="access_denied", error_description="<script>alert(1)</script>ESIA-007004: <img src=x>")

        assert "alert(1)" not in refused(response, "cancelled")
        assert "alert" not in json.dumps(Event.objects.get().data)

    def test_OA_25_a_code_of_the_provider_is_shown(self, esia, visitor, refused):
        response = visitor.sign_in(code=None, error="access_denied", error_description="ESIA-007019: OAuthErrorEnum.noGrants")

        assert "ESIA-007019" in refused(response, "provider_refused")

    def test_OA_25_an_error_beside_a_code_is_an_error(self, esia, visitor, refused):
        refused(visitor.sign_in(error="server_error"), "provider_refused")
        assert esia.calls == []

    def test_OA_25_neither_code_nor_error(self, esia, visitor, refused):
        refused(visitor.sign_in(code=None), "callback_incomplete", status=400)


class TestIssuer:
    @pytest.mark.parametrize("iss", [None, "", "http://localhost:8001", "http://localhost:8002/", "http://LOCALHOST:8001/"])
    def test_OA_28_a_callback_of_another_provider_is_refused(self, esia, visitor, refused, iss):
        refused(visitor.sign_in(iss=iss), "issuer_wrong", status=400)
        assert esia.calls == []


class TestTraces:
    @pytest.mark.parametrize("change", [{}, {"error": "access_denied", "code": None}, {"iss": None}, {"state": "unknown"}])
    def test_OA_30_the_callback_leads_to_a_clean_address(self, esia, visitor, change):
        response = visitor.sign_in(**change)

        assert response.status_code == 302
        assert urlsplit(response["Location"]).query == ""
        # either one keeps paths and queries out of Referer
        assert response["Referrer-Policy"] in {"no-referrer", "strict-origin"}
        assert response["Cache-Control"] == "no-store"

    def test_OA_30_code_state_and_tokens_are_in_no_log_journal_or_page(self, esia, visitor, caplog):
        caplog.set_level("DEBUG")
        asked = visitor.start()
        response = visitor.come_back(asked, code="canary-code")

        page = visitor.client.get(response["Location"]).content.decode()
        written = page + caplog.text + json.dumps(list(Event.objects.values("data", "target", "reason")))
        verifier = parse_qs(esia.called("/v3/te")[0].body)["code_verifier"][0]
        for secret in ("canary-code", asked["state"], verifier, asked["client_secret"], esia.called("/ctts")[0].headers["Authorization"][7:]):
            assert secret not in written
