"""Fixtures that the whole suite shares."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import hypothesis
import pytest
from django.test import override_settings

from frmr_portal import settings as stand_settings
from frmr_portal.base.clock import services as clock_services

pytest_plugins = [
    "tests.plugins.authority",
    "tests.plugins.browser",
    "tests.plugins.database",
    "tests.plugins.esia",
    "tests.plugins.gost",
    "tests.plugins.portal",
    "tests.plugins.provider",
    "tests.plugins.signed_in",
    "tests.plugins.stand",
    "tests.plugins.static_files",
    "tests.plugins.vectors",
]
# how long one example takes says something about the other users of the machine, and nothing about the code
hypothesis.settings.register_profile("stand", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("stand")
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class FrozenClock:
    """The stand clock under the hand of a test."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> datetime:
        self.now += timedelta(**delta)
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """Time stands still until a test moves it: `clock.advance(seconds=61)`."""
    frozen = FrozenClock(START)
    monkeypatch.setattr(clock_services, "wall", frozen)
    monkeypatch.setattr(clock_services._memory, "read_at", float("inf"))
    monkeypatch.setattr(clock_services._memory, "offset_seconds", 0)
    return frozen


@pytest.fixture
def as_provider() -> Iterator[None]:
    """Serve the test client's requests as the provider's process would."""
    with override_settings(**stand_settings.SIDES["provider"]):
        yield


@pytest.fixture
def now(clock: Callable[[], datetime]) -> datetime:
    """The frozen moment."""
    return clock()
