"""Frozen values that rooms pass to each other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True)
class PortalSession:
    """Who is signed in to the portal, as every view sees it in `request.portal`.

    Attributes:
        account_id: primary key of the account.
        oid: identifier of the person at the identity provider.
        full_name: surname, name and patronymic in the nominative.
        short_name: «Тестова А. С.».
        initials: two letters for the avatar.
        snils_masked: `000-***-*** 18`; empty if the person gave none.
        role_name: what the person is in the active organisation; empty before a role is chosen.
        organization_name: the active organisation; empty for a person without one.
        method: how the person signed in at the provider: `PWD` or `DS`.
        provider_sid: session of the provider that this session came from.
        signed_in_at: moment of the sign-in, stand time, UTC.
    """

    account_id: UUID
    oid: int
    full_name: str
    short_name: str
    initials: str
    snils_masked: str
    role_name: str
    organization_name: str
    method: str
    provider_sid: str
    signed_in_at: datetime


class DoorRequest(HttpRequest):
    """A request of the portal before anybody asked whether somebody is signed in.

    Attributes:
        portal: who is signed in; None for an anonymous visitor.
        ended: why the session of this browser has just ended (`idle`, `total`, `blocked`); empty if it has not.
        request_id: id of the request, 12 hexadecimal digits.
    """

    portal: PortalSession | None
    ended: str
    request_id: str


class CabinetRequest(HttpRequest):
    """A request behind the sign-in: `portal` is filled by the session middleware."""

    portal: PortalSession
    request_id: str


@dataclass(frozen=True)
class Actor:
    """Who does something that the journal records.

    Attributes:
        kind: `account` (portal), `persona` (provider), `system` (client of the provider), `worker` or `anonymous`.
        key: identifier inside the kind; never personal data.
        role: active role, empty where there is none.
    """

    kind: str
    key: str = ""
    role: str = ""


ANONYMOUS = Actor("anonymous")
WORKER = Actor("worker")
