"""A small provider inside the tests: what the portal sends is recorded, what it gets is up to the test.

It shares no code with the mock provider of the stand: the two sides meet only over HTTP.
"""

import base64
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import pytest
import requests
from django.http import HttpResponse
from django.test import Client
from requests.adapters import BaseAdapter

from frmr_portal.base.kit import keys
from gosuslugi_auth.client import transport

OID = 1_000_900_001
ISSUER = "http://localhost:8001/"
SID = "0c7a4bb4-5a54-4b0f-9e12-f7f1b0a1c001"


def encoded(value: object) -> str:
    """Base64url of JSON, or of a text that pretends to be JSON."""
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def response_of(status: int, body: bytes | io.RawIOBase, content_type: str = "application/json;charset=UTF-8", **headers: str) -> requests.Response:
    """Make what a call of `requests` returns."""
    response = requests.Response()
    response.status_code = status
    response.headers.update({"Content-Type": content_type, **headers})
    response.raw = io.BytesIO(body) if isinstance(body, bytes) else body
    return response


def json_of(status: int, body: object) -> requests.Response:
    """Make a JSON answer."""
    return response_of(status, json.dumps(body, ensure_ascii=False).encode())


@dataclass
class FakeEsia(BaseAdapter):
    """Answers te and rs; every part of an answer can be changed by a test.

    Attributes:
        id_claims, access_claims: claims that differ from the right ones; None leaves a claim out.
        header: header fields that differ from the right ones.
        answers: path suffix -> function of the request that answers instead of the right answer.
        calls: every request that the portal made.
    """

    clock: Callable[[], datetime]
    signing_key_file: Path
    portal_certificate_file: Path
    id_claims: dict[str, Any] = field(default_factory=dict)
    access_claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    te: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)
    answers: dict[str, Callable[[requests.PreparedRequest], requests.Response]] = field(default_factory=dict)
    calls: list[requests.PreparedRequest] = field(default_factory=list)
    tokens: Callable[[str, dict[str, Any], dict[str, Any]], str] | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self.person = {
            "stateFacts": ["EntityRoot"],
            "lastName": "Тестова",
            "firstName": "Анна",
            "middleName": "Сергеевна",
            "snils": "000-000-600 01",
            "birthDate": "14.03.1985",
            "trusted": True,
            "status": "REGISTERED",
        }
        self.contacts = [
            {"id": 900101, "type": "EML", "vrfStu": "VERIFIED", "value": "doctor@example.test"},
            {"id": 900102, "type": "MBT", "vrfStu": "VERIFIED", "value": "+7(000)0000601"},
        ]
        self.roles = [{"oid": 1000800003, "prnOid": OID, "shortName": "ГБУЗ «Учебная поликлиника № 3»", "chief": False, "active": True}]

    # --- what a test asks for ------------------------------------------------------------------
    def will(self, suffix: str, status: int, body: object) -> None:
        """Answer every call to an address with this ending by this JSON."""
        self.answers[suffix] = lambda _request: json_of(status, body)

    def fail(self, suffix: str, error: Exception) -> None:
        """Break every call to an address with this ending."""

        def broken(_request: requests.PreparedRequest) -> requests.Response:
            raise error

        self.answers[suffix] = broken

    def called(self, suffix: str) -> list[requests.PreparedRequest]:
        """Calls to addresses whose path ends like this."""
        return [call for call in self.calls if urlsplit(call.url).path.endswith(suffix)]

    # --- the provider ----------------------------------------------------------------------------
    def send(self, request: requests.PreparedRequest, **_kwargs: Any) -> requests.Response:
        self.calls.append(request)
        path = urlsplit(request.url).path
        for suffix, answer in self.answers.items():
            if path.endswith(suffix):
                return answer(request)
        if path.endswith("/te"):
            return json_of(200, self.token_answer(dict(parse_qsl(request.body or ""))))
        if path.endswith("/ctts"):
            return json_of(200, {"size": len(self.contacts), "elements": self.contacts})
        if path.endswith("/roles"):
            return json_of(200, {"size": len(self.roles), "elements": self.roles})
        return json_of(200, self.person)

    def close(self) -> None:
        """Nothing is open."""

    def token_answer(self, form: dict[str, str]) -> dict[str, Any]:
        answer = {
            "state": form.get("state"),
            "token_type": "Bearer",
            "expires_in": 3600,
            "id_token": self.id_token(),
            "access_token": self.access_token(),
            **self.te,
        }
        return {name: value for name, value in answer.items() if value is not None}

    def id_token(self) -> str:
        subject = {"urn:esia:sbj:typ": "P", "urn:esia:sbj:is_tru": True, "urn:esia:sbj:oid": OID, "urn:esia:sbj:nam": f"OID.{OID}", "urn:esia:sbj:lvl": "PR"}
        claims = {**self._times(10_800), "aud": "FRMR_STAND", "sub": OID, "urn:esia:sid": SID, "urn:esia:sbj": subject, "amr": "PWD", "urn:esia:amd": "PWD"}
        return self._signed("id", 0, {**claims, **self.id_claims})

    def access_token(self) -> str:
        claims = {**self._times(3600), "client_id": "FRMR_STAND", "urn:esia:sid": SID, "urn:esia:sbj_id": OID, "scope": f"openid fullname?oid={OID}"}
        return self._signed("access", 1, {**claims, **self.access_claims})

    def _times(self, seconds: int) -> dict[str, Any]:
        now = int(self.clock().timestamp())
        return {"iss": ISSUER, "env": "test", "iat": now, "nbf": now, "exp": now + seconds, "auth_time": now}

    def _signed(self, subtype: str, version: int, claims: dict[str, Any]) -> str:
        header = {"alg": "RS256", "sbt": subtype, "typ": "JWT", "ver": version, **self.header}
        kept = {name: value for name, value in claims.items() if value is not None}
        if self.tokens:
            return self.tokens(subtype, header, kept)
        return self.sign(encoded(header), encoded(kept))

    def sign(self, header: str, payload: str) -> str:
        """Sign encoded parts as they are."""
        key = jwt.get_algorithm_by_name("RS256").prepare_key(keys.read_private_key(self.signing_key_file))
        signature = jwt.get_algorithm_by_name("RS256").sign(f"{header}.{payload}".encode(), key)
        return f"{header}.{payload}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@pytest.fixture(scope="session")
def esia_key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of the fake provider and of the portal, made once per run."""
    folder = tmp_path_factory.mktemp("esia-keys")
    start = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
    for name in ("provider", "portal", "foreign"):
        keys.make_key_pair(folder / f"{name}.key", folder / f"{name}.crt", common_name=f"ТЕСТ {name}", now=start)
    return folder


@pytest.fixture
def portal_keys(settings: Any, esia_key_folder: Path) -> Path:
    """The portal has its keys and its own copy of the provider's certificate."""
    settings.ESIA_CLIENT_KEY_FILE = esia_key_folder / "portal.key"
    settings.ESIA_CLIENT_CERTIFICATE_FILE = esia_key_folder / "portal.crt"
    settings.ESIA_TRUSTED_CERTIFICATE_FILE = esia_key_folder / "provider.crt"
    return esia_key_folder


@pytest.fixture
def esia(portal_keys: Path, monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime]) -> Iterator[FakeEsia]:
    """The portal's calls go to a provider in memory."""
    fake = FakeEsia(clock, portal_keys / "provider.key", portal_keys / "portal.crt")
    real = transport.new_session

    def session() -> requests.Session:
        made = real()
        made.mount("http://", fake)
        return made

    monkeypatch.setattr(transport, "new_session", session)
    transport.breaker.succeeded()
    yield fake
    transport.breaker.succeeded()


@dataclass
class Visitor:
    """A browser that starts a sign-in at the portal and comes back from the provider."""

    client: Client = field(default_factory=Client)

    def start(self, next_path: str = "") -> dict[str, str]:
        """Press the button; return the parameters of ac."""
        self.started = self.client.post("/login/esia/", {"next": next_path})
        address = urlsplit(self.started["Location"])
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ISSUER}aas/oauth2/v2/ac"
        return {name: values[0] for name, values in parse_qs(address.query, strict_parsing=True).items()}

    def come_back(self, asked: dict[str, str], **changes: str | None) -> HttpResponse:
        """Bring the answer of ac to the portal; a change of None leaves a parameter out."""
        answer = {"code": "one-code", "state": asked["state"], "iss": ISSUER, **changes}
        return self.client.get("/login/esia/callback/", {name: value for name, value in answer.items() if value is not None})

    def sign_in(self, next_path: str = "", **changes: str | None) -> HttpResponse:
        """Walk the whole way."""
        return self.come_back(self.start(next_path), **changes)

    @property
    def cookie(self) -> str:
        """Value of the session cookie."""
        return self.client.cookies["frmr_session"].value

    def with_cookie(self, value: str) -> "Visitor":
        """Another browser that holds this session cookie."""
        other = Visitor()
        other.client.cookies = SimpleCookie({"frmr_session": value})
        return other


@pytest.fixture
def visitor(db: None) -> Visitor:
    """A fresh browser at the portal."""
    return Visitor()
