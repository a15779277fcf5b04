"""The signature vectors of `tests/data/signatures`, judged on each GOST back-end."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signatures.core.certificates import Certificate, parse_certificate
from signatures.core.gost.backend import Gost
from signatures.core.gost.interfaces import GostBackend
from signatures.core.intake import recognise_bundle
from signatures.core.policy import load_policy
from signatures.core.trust import TrustStore, given_anchors
from signatures.core.verdict import Verdict
from signatures.core.verify import Bundle, Document, Evidence, verify

DATA = Path(__file__).parents[1] / "data" / "signatures"
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)


def vector(name: str) -> bytes:
    """Return a file of the vectors as it stands."""
    return (DATA / name).read_bytes()


def der(name: str) -> bytes:
    """Return the DER of a vector, PEM or not."""
    return recognise_bundle(vector(name))[0].content


def certificate(name: str) -> Certificate:
    return parse_certificate(der(name))


def anchors(*names: str) -> TrustStore:
    return given_anchors([certificate(name) for name in names], "test")


def lists(*names: str) -> Evidence:
    return Evidence(given=Bundle(crls=tuple(der(name) for name in names)))


class DemoCase:
    """The demo signature with its usual surroundings; each call may change one of them."""

    def __init__(self, backend: GostBackend) -> None:
        self.backend = backend

    def __call__(
        self,
        document: Document,
        signature: bytes,
        *,
        roots: Iterable[str] = ("demo/root.pem",),
        crls: Iterable[str] = ("demo/root.crl", "demo/iss.crl"),
        at: datetime = DECEMBER,
        policy: str = "stand",
    ) -> Verdict:
        return verify(document, signature, policy=load_policy(policy), trust=anchors(*roots), at=at, backend=self.backend, evidence=lists(*crls))


@pytest.fixture
def judge(gost: Gost) -> DemoCase:
    """Verify with the demo anchor, both lists, on 1 December 2026, on each back-end."""
    return DemoCase(gost)
