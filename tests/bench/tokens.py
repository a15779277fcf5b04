"""Token rounds: what a system does with the provider for one sign-in of a person who has a session there.

One round is five requests: ac, te, the person, the contacts and the organisations.
"""

import base64
import hashlib
import secrets
import time
import uuid
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from gosuslugi_auth.client import signing
from gosuslugi_auth.wire import claims, params, paths
from tests.bench.load import LoadBroken
from tests.bench.samples import Sample, metered, percentile
from tests.bench.walker import PATIENCE_SECONDS, Walker

# as many people sign in side by side, each in a browser of their own
PEOPLE: Final = 4
REQUESTS_OF_A_ROUND: Final = 5


@dataclass(frozen=True)
class System:
    """The portal as the provider knows it.

    Attributes:
        esia: address of the provider without a slash at the end.
        key: signs requests.
        sample: parameters of a request of the portal itself; only state, time and signature change.
    """

    esia: str
    key: rsa.RSAPrivateKey
    sample: Mapping[str, str]

    def authorization(self, verifier: str) -> dict[str, str]:
        """Return the parameters of ac."""
        changing = self._changing()
        text = signing.authorization_string(**self._signed(changing))
        return {**self.sample, **changing, params.CLIENT_SECRET: signing.client_secret(self.key, text), params.CODE_CHALLENGE: _challenge(verifier)}

    def exchange(self, code: str, verifier: str) -> dict[str, str]:
        """Return the form of te."""
        changing = self._changing()
        text = signing.token_string(**self._signed(changing), code=code)
        same = {name: self.sample[name] for name in (params.CLIENT_ID, params.REDIRECT_URI, params.SCOPE, params.CLIENT_CERTIFICATE_HASH)}
        own = {params.GRANT_TYPE: params.GRANT_CODE, params.TOKEN_TYPE: params.BEARER, params.CODE: code, params.CODE_VERIFIER: verifier}
        return {**same, **changing, **own, params.CLIENT_SECRET: signing.client_secret(self.key, text)}

    def _signed(self, changing: Mapping[str, str]) -> dict[str, str]:
        names = (params.CLIENT_ID, params.SCOPE, params.REDIRECT_URI)
        return {**{name: self.sample[name] for name in names}, params.TIMESTAMP: changing[params.TIMESTAMP], params.STATE: changing[params.STATE]}

    @staticmethod
    def _changing() -> dict[str, str]:
        return {params.STATE: str(uuid.uuid4()), params.TIMESTAMP: signing.timestamp(datetime.now(UTC))}


def system_of(data_dir: Path, *, esia: str, portal: str) -> System:
    """Return the portal of a stand, with the key that the stand has made for it."""
    key = load_pem_private_key((data_dir / "secrets" / "portal-client.key").read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return System(esia, key, Walker(portal, 1).ask_for_authorization())


def one_round(system: System, walker: Walker) -> None:
    """Go from a signed request to everything that the portal asks about a person.

    Raises:
        LoadBroken: some answer was not the right one.
    """
    verifier = secrets.token_urlsafe(48)
    back = walker.browser.get(system.esia + paths.AUTHORIZE_V2, params=system.authorization(verifier), allow_redirects=False, timeout=PATIENCE_SECONDS)
    code = parse_qs(urlsplit(back.headers.get("Location", "")).query).get(params.CODE)
    if not code:
        raise LoadBroken(f"ac answered {back.status_code} without a code")
    form = system.exchange(code[0], verifier)
    granted = _json(walker.back_channel.post(system.esia + paths.TOKEN_V3, form, timeout=PATIENCE_SECONDS))
    bearer = {"Authorization": f"{params.BEARER} {granted[claims.ACCESS_TOKEN]}"}
    person = system.esia + paths.PERSON.format(oid=walker.oid)
    for address in (person, f"{person}/{paths.CONTACTS}?embed={paths.EMBED_ELEMENTS}", f"{person}/{paths.ROLES}"):
        _json(walker.back_channel.get(address, headers=bearer, timeout=PATIENCE_SECONDS))


def run(system: System, walkers: Sequence[Walker], *, seconds: int, servers: Sequence[int], ours: Sequence[int], core: int) -> Sample:
    """Let people sign in side by side for some seconds; the arguments are those of `load.run`.

    Raises:
        LoadBroken: some answer was not the right one.
    """
    deadline = time.monotonic() + seconds
    with metered(servers, ours, core) as meter, ThreadPoolExecutor(len(walkers)) as pool:
        lengths = [length for own in pool.map(lambda walker: _until(deadline, system, walker), walkers) for length in own]
    return Sample(
        requests=len(lengths),
        seconds=meter.seconds,
        cpu_seconds=meter.cpu_seconds,
        foreign_share=meter.foreign_share,
        p50_ms=percentile(lengths, 50) * 1000,
        p95_ms=percentile(lengths, 95) * 1000,
        p99_ms=percentile(lengths, 99) * 1000,
    )


def _until(deadline: float, system: System, walker: Walker) -> list[float]:
    lengths: list[float] = []
    while (begun := time.monotonic()) < deadline or not lengths:
        one_round(system, walker)
        lengths.append(time.monotonic() - begun)
    return lengths


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _json(response: requests.Response) -> dict[str, Any]:
    if response.status_code != requests.codes.ok:
        raise LoadBroken(f"{urlsplit(response.url).path} answered {response.status_code}: {response.text[:200]}")
    body: dict[str, Any] = response.json()
    return body
