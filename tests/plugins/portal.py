"""Pages of the cabinet without a sign-in: the room is tested, the session layer has its own tests."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import Client

from frmr_portal.base.kit.values import PortalSession
from frmr_portal.session import lifecycle
from frmr_portal.session.models import Account

OpenAs = Callable[[Account | None], Client]


@pytest.fixture
def accounts(db: None) -> dict[str, Account]:
    """A doctor and a colleague from the same organisation."""
    return {
        "doctor": Account.objects.create_user(oid=1000600001, last_name="Тестова", first_name="Анна", middle_name="Сергеевна"),
        "colleague": Account.objects.create_user(oid=1000600002, last_name="Кадрова", first_name="Ольга", middle_name="Павловна"),
    }


def session_of(account: Account, now: datetime) -> PortalSession:
    return PortalSession(
        account_id=UUID(str(account.pk)),
        oid=account.oid,
        full_name=account.full_name,
        short_name=account.short_name,
        initials="ТА",
        snils_masked="",
        role_name="Врач",
        organization_name="Учебная поликлиника № 1",
        method="PWD",
        provider_sid="",
        signed_in_at=now,
    )


@pytest.fixture
def open_as(monkeypatch: pytest.MonkeyPatch, now: datetime) -> OpenAs:
    """Return a client of a person, or of nobody: `open_as(doctor).get("/")`."""
    people: dict[Any, PortalSession | None] = {}

    def resume(request: HttpRequest, **_moment: Any) -> PortalSession | None:
        return people.get(request.headers.get("X-Test-Person"))

    def open_as(account: Account | None) -> Client:
        if account is None:
            return Client()
        people[str(account.pk)] = session_of(account, now)
        return Client(headers={"X-Test-Person": str(account.pk)})

    monkeypatch.setattr(lifecycle, "resume", resume)
    return open_as
