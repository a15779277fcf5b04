"""Fixtures of the mock provider: its keys, its persons, a registered client and a browser."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from django.http import HttpResponse
from django.test import Client

from frmr_portal.base.kit import keys
from frmr_portal.base.mailbox import selectors as mailbox
from gosuslugi_auth.idp.models import InformationSystem
from gosuslugi_auth.idp.passwords import StandPasswordHasher
from gosuslugi_auth.idp.services import preparing
from gosuslugi_auth.idp.services.authorization import Redirect

CALLBACK = "http://127.0.0.1:8000/test/callback/"
VERIFIER = "verifier-" + "0123456789" * 5
KEY_NAMES = ("ESIA_SIGNING_KEY_FILE", "ESIA_SIGNING_CERTIFICATE_FILE", "ESIA_CLIENT_KEY_FILE", "ESIA_CLIENT_CERTIFICATE_FILE", "ESIA_TRUSTED_CERTIFICATE_FILE")


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> Iterator[None]:
    """One iteration is enough for a password that a test knows."""
    usual = StandPasswordHasher.iterations
    StandPasswordHasher.iterations = 1
    yield
    StandPasswordHasher.iterations = usual


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of keys for the whole run: making RSA keys is slow."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def stand_keys(settings: Any, key_folder: Path, now: datetime) -> Path:
    """Keys of the provider and of the portal, away from the developer's own stand."""
    for name in KEY_NAMES:
        setattr(settings, name, key_folder / getattr(settings, name).name)
    preparing.make_keys(now=now)
    return key_folder


@pytest.fixture
def provider(as_provider: None, db: None, stand_keys: Path, now: datetime) -> InformationSystem:
    """The provider with all its persons and the portal registered; requests go to the provider."""
    preparing.prepare(now=now)
    return InformationSystem.objects.get(mnemonic="FRMR_STAND")


@dataclass
class TestSystem:
    """A client of the provider that signs what a test tells it to sign."""

    __test__ = False
    row: InformationSystem
    key_file: Path
    digest: str
    clock: Callable[[], datetime]
    used: list[str] = field(default_factory=list)

    def sign(self, text: str) -> str:
        signature = keys.read_private_key(self.key_file).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
        return base64.urlsafe_b64encode(signature).rstrip(b"=").decode()

    def timestamp(self) -> str:
        return self.clock().strftime("%Y.%m.%d %H:%M:%S %z")

    def authorization(self, **changes: str | None) -> dict[str, str]:
        """Parameters of a right authorization request; a change of None leaves a parameter out, the signature covers the rest."""
        given = {
            "client_id": self.row.mnemonic,
            "redirect_uri": CALLBACK,
            "scope": "openid fullname snils email",
            "response_type": "code",
            "state": str(uuid4()),
            "timestamp": self.timestamp(),
            "access_type": "online",
            "client_certificate_hash": self.digest,
            "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        signed = {**given, **{key: value or "" for key, value in changes.items()}}
        order = ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri")
        given["client_secret"] = self.sign("".join(signed.get(name, "") for name in order))
        return {key: value for key, value in {**given, **changes}.items() if value is not None}

    def exchange(self, code: str, **changes: str | None) -> dict[str, str]:
        """Parameters of a right token request."""
        given = {
            "client_id": self.row.mnemonic,
            "redirect_uri": CALLBACK,
            "scope": "openid fullname snils email",
            "grant_type": "authorization_code",
            "state": str(uuid4()),
            "timestamp": self.timestamp(),
            "token_type": "Bearer",
            "client_certificate_hash": self.digest,
            "code": code,
            "code_verifier": VERIFIER,
        }
        signed = {**given, **{key: value or "" for key, value in changes.items()}}
        order = ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri", "code")
        given["client_secret"] = self.sign("".join(signed.get(name, "") for name in order))
        return {key: value for key, value in {**given, **changes}.items() if value is not None}


def make_system(mnemonic: str, folder: Path, clock: Callable[[], datetime], **fields: Any) -> TestSystem:
    """Register a system with a key of its own."""
    key_file, certificate_file = folder / f"{mnemonic}.key", folder / f"{mnemonic}.crt"
    keys.make_key_pair(key_file, certificate_file, common_name=f"ТЕСТ {mnemonic}", now=clock())
    defaults = {
        "name": f"Система {mnemonic}",
        "redirect_uris": [CALLBACK],
        "scopes": ["openid", "fullname", "snils", "email", "mobile", "usr_org", "birthdate"],
        "required_scopes": ["openid", "fullname"],
        "allow_rsa_raw": True,
    }
    row = InformationSystem.objects.create(mnemonic=mnemonic, **{**defaults, **fields})
    certificate = preparing.add_certificate(row, certificate_file.read_bytes())
    return TestSystem(row, key_file, certificate.sha256, clock)


@pytest.fixture
def system(provider: InformationSystem, stand_keys: Path, clock: Callable[[], datetime]) -> TestSystem:
    """A registered system beside the portal."""
    return make_system("MIS_A", stand_keys, clock)


@pytest.fixture
def other_system(provider: InformationSystem, stand_keys: Path, clock: Callable[[], datetime]) -> TestSystem:
    """A second registered system with the same address."""
    return make_system("MIS_B", stand_keys, clock)


class ProviderBrowser:
    """A browser at the provider: walks the pages as a person does."""

    def __init__(self, **defaults: Any) -> None:
        self.client = Client(HTTP_HOST="localhost", **defaults)

    def ask(self, parameters: dict[str, str]) -> HttpResponse:
        """Bring an authorization request of a system."""
        return self.client.get("/aas/oauth2/v2/ac", parameters)

    def log_in(self, login: str, password: str, at: str = "/login/") -> HttpResponse:
        """Submit login and password."""
        return self.client.post(at, {"login": login, "password": password})

    def submit_code(self, number: int, code: str = "") -> HttpResponse:
        """Submit the newest code of a persona, or another one."""
        newest = mailbox.messages_of(str(1_000_900_000 + number)).first()
        assert newest is not None
        return self.client.post("/login/code/", {"code": code or newest.code})

    def sign_in(self, number: int, at: str = "/login/") -> HttpResponse:
        """Sign in as a persona."""
        self.log_in(f"000-000-600 {number:02d}", f"Stand-{number:02d}", at)
        return self.submit_code(number)

    def code_for(self, system: TestSystem, number: int = 1, **changes: str | None) -> str:
        """Walk from the request of a system to its code, allowing everything optional."""
        response = self.ask(system.authorization(**changes))
        if "/login/" in response["Location"]:
            response = self.sign_in(number, response["Location"])
        if "/consent/" in response["Location"]:
            response = self.client.post(response["Location"], {"scope": ["email", "mobile", "birthdate", "snils", "usr_org"]})
        return answer(response)["code"]

    def te(self, parameters: dict[str, str] | list[tuple[str, str]]) -> HttpResponse:
        """Send a token request as a system does."""
        return self.client.post("/aas/oauth2/v3/te", urlencode(parameters), content_type="application/x-www-form-urlencoded")

    def tokens_for(self, system: TestSystem, number: int = 1) -> dict[str, Any]:
        """Walk to the tokens."""
        response = self.te(system.exchange(self.code_for(system, number)))
        assert response.status_code == 200, response.content.decode()
        return response.json()


@pytest.fixture
def browser() -> ProviderBrowser:
    """A fresh browser at the provider."""
    return ProviderBrowser()


def answer(response: HttpResponse | Redirect) -> dict[str, str]:
    """Parameters that an answer brings to the callback."""
    address = response.url if isinstance(response, Redirect) else response["Location"]
    assert address.startswith(CALLBACK), address
    return {key: values[0] for key, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}


def raw_query(parameters: list[tuple[str, str]]) -> str:
    """Encode parameters that may repeat."""
    return urlencode(parameters)


def moved(moment: datetime, seconds: int) -> str:
    """A `timestamp` that is `seconds` away from a moment."""
    return (moment + timedelta(seconds=seconds)).strftime("%Y.%m.%d %H:%M:%S %z")
