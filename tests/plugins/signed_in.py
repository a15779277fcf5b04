"""People who are signed in to the portal, through the real service and the real middleware."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from frmr_portal.session import marks, services
from frmr_portal.session.models import Account
from gosuslugi_auth.client.person import EsiaOrganization, EsiaPerson
from gosuslugi_auth.client.tokens import Identity

DOCTOR = EsiaPerson(
    oid=1_000_900_001,
    last_name="Тестова",
    first_name="Анна",
    middle_name="Сергеевна",
    snils="000-000-600 01",
    birth_date=date(1985, 3, 14),
    trusted=True,
    email="doctor@example.test",
    mobile="+7(000)0000601",
    organizations=(EsiaOrganization(1_000_800_003, "ГБУЗ «Учебная поликлиника № 3»", chief=False),),
)


class PortalClient(Client):
    """A test client that knows whose session it carries."""

    account: Account


SignIn = Callable[..., PortalClient]


@pytest.fixture
def sign_in(db: None, clock: Callable[[], datetime]) -> SignIn:
    """Sign in anybody: `sign_in()` is the doctor, `sign_in(oid=…, snils=…, last_name="Кадрова")` somebody else.

    The account, the journal and the session are made by the services of the portal; only the walk
    through the provider is left out, so it costs a few queries and no keys.
    """

    def sign_in(*, method: str = "PWD", **changes: Any) -> PortalClient:
        person = EsiaPerson(**{**{name: getattr(DOCTOR, name) for name in EsiaPerson.__dataclass_fields__}, **changes})
        identity = Identity(person.oid, "0c7a4bb4-5a54-4b0f-9e12-f7f1b0a1c001", method, trusted=True)
        client = PortalClient()
        client.account = services.open_session(person=person, identity=identity, request_id="test", now=clock())
        client.force_login(client.account)
        session = client.session
        marks.begin(session, identity, now=clock())
        session.save()
        return client

    return sign_in


@pytest.fixture
def portal_client(sign_in: SignIn) -> PortalClient:
    """The doctor of the stand, signed in: `portal_client.get("/")`, `portal_client.account`."""
    return sign_in()
