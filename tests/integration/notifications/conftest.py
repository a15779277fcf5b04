from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from cabinet.notifications import kinds, services
from cabinet.notifications.models import Notification
from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Event
from frmr_portal.base.kit.values import Actor
from frmr_portal.session.models import Account

Tell = Callable[..., Notification]


@pytest.fixture
def signed_in_event(accounts: dict[str, Account], now: datetime) -> Callable[..., Event]:
    def make(person: str = "doctor", **changes: Any) -> Event:
        about = {"actor": Actor("account", str(accounts[person].pk)), "now": now, "data": {"method": "PWD"}} | changes
        return audit.record("session.opened", **about)

    return make


@pytest.fixture
def tell(accounts: dict[str, Account], signed_in_event: Callable[..., Event], now: datetime) -> Tell:
    def make(person: str = "doctor", *, moment: datetime = now) -> Notification:
        event = signed_in_event(person, now=moment)
        return services.deliver(event_seq=event.seq, recipient_id=accounts[person].pk, now=moment)

    return make


@pytest.fixture
def numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every notification a text that names its event."""
    numbered = kinds.Kind("Вход выполнен", lambda event: f"событие-{event.seq:02}", "audit:my_events", "log-in")
    monkeypatch.setitem(kinds._KINDS, "session.opened", numbered)
