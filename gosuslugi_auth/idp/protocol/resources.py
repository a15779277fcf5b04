"""Answers of /rs: fields that were not granted are absent, never null (esia.md 5)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gosuslugi_auth.wire import claims, scopes

Granted = frozenset[str]


@dataclass(frozen=True)
class ContactValue:
    """One element of /ctts; `kind` is `MBT` or `EML`."""

    id: int
    kind: str
    value: str
    is_verified: bool


@dataclass(frozen=True)
class RoleValue:
    """One element of /roles: a person's place in an organisation."""

    organization_oid: int
    full_name: str
    short_name: str
    ogrn: str
    kind: str
    is_chief: bool
    is_admin: bool


@dataclass(frozen=True)
class PersonValue:
    """Everything that /rs may tell about a person; `snils` is empty for a simplified account."""

    oid: int
    last_name: str
    first_name: str
    middle_name: str
    gender: str
    birth_date: date
    snils: str
    is_trusted: bool
    is_deleted: bool
    updated_at: datetime
    contacts: tuple[ContactValue, ...]
    roles: tuple[RoleValue, ...]


def with_etag(body: dict[str, Any]) -> dict[str, Any]:
    """Add the change mark: SHA-1 of canonical JSON, 40 uppercase hex digits. It is no protection."""
    canonical = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
    return {**body, claims.ETAG: hashlib.sha1(canonical, usedforsecurity=False).hexdigest().upper()}


def person(value: PersonValue, granted: Granted) -> dict[str, Any]:
    """Return the person as far as the scopes allow."""
    body: dict[str, Any] = {
        claims.STATE_FACTS: ["EntityRoot"],
        claims.TRUSTED: value.is_trusted,
        claims.UPDATED_ON: int(value.updated_at.timestamp()),
        claims.STATUS: claims.STATUS_DELETED if value.is_deleted else claims.STATUS_REGISTERED,
        claims.VERIFYING: False,
        "rfgUOperatorCheck": False,
        "containsUpCfmCode": False,
        "kidAccCreatedByParent": False,
    }
    if scopes.FULLNAME in granted:
        body |= {claims.FIRST_NAME: value.first_name, claims.LAST_NAME: value.last_name}
        body |= {claims.MIDDLE_NAME: value.middle_name} if value.middle_name else {}
    if scopes.BIRTHDATE in granted:
        body[claims.BIRTH_DATE] = value.birth_date.strftime(claims.BIRTH_DATE_FORMAT)
    if scopes.GENDER in granted:
        body[claims.GENDER] = value.gender
    if scopes.SNILS in granted and value.snils:
        body[claims.SNILS] = value.snils
    return with_etag(body)


def visible_contacts(value: PersonValue, granted: Granted) -> tuple[ContactValue, ...]:
    """Return the contacts that the scopes open: `email` only addresses, `mobile` only phones, `contacts` all."""
    kinds = {kind for scope, kind in ((scopes.EMAIL, claims.CONTACT_EMAIL), (scopes.MOBILE, claims.CONTACT_MOBILE)) if granted & {scope, scopes.CONTACTS}}
    return tuple(one for one in value.contacts if one.kind in kinds)


def contact(one: ContactValue) -> dict[str, Any]:
    """Return one element of /ctts."""
    return with_etag(
        {
            claims.STATE_FACTS: ["Identifiable"],
            claims.ID: one.id,
            claims.TYPE: one.kind,
            claims.VERIFICATION: claims.VERIFIED if one.is_verified else claims.NOT_VERIFIED,
            claims.VALUE: one.value,
        }
    )


def collection(elements: Iterable[Any]) -> dict[str, Any]:
    """Wrap addresses or objects of a collection."""
    listed = list(elements)
    return with_etag({claims.STATE_FACTS: ["hasSize"], claims.SIZE: len(listed), claims.ELEMENTS: listed})


def roles(value: PersonValue) -> dict[str, Any]:
    """Return /roles: always objects and, as observed, without `eTag`."""
    elements = [_role(value, one) for one in value.roles]
    return {claims.STATE_FACTS: ["hasSize"], claims.SIZE: len(elements), claims.ELEMENTS: elements}


def _role(value: PersonValue, one: RoleValue) -> dict[str, Any]:
    return {
        claims.OID: one.organization_oid,
        claims.PERSON_OID: value.oid,
        claims.FULL_NAME: one.full_name,
        claims.SHORT_NAME: one.short_name,
        claims.OGRN: one.ogrn,
        claims.TYPE: one.kind,
        claims.CHIEF: one.is_chief,
        claims.ADMIN: one.is_admin,
        claims.ACTIVE: True,
        "hasRightOfSubstitution": False,
        "hasApprovalTabAccess": False,
        "isLiquidated": False,
    }
