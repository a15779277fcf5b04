"""A person as the provider describes them; nothing that is not of a test person gets past this module (EM-05)."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from frmr_portal.base.kit import text
from gosuslugi_auth.client.failures import PersonRefused
from gosuslugi_auth.wire import claims, paths

_MOBILE: Final = re.compile(r"\+7\(000\)[0-9]{7}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.test")
_LONGEST_NAME: Final = 150
_LONGEST_ORGANIZATION: Final = 500


@dataclass(frozen=True)
class EsiaOrganization:
    """An organisation that the person belongs to.

    Attributes:
        oid: identifier of the organisation at the provider.
        name: short name, or the full one where there is none.
        chief: whether the person is its head.
    """

    oid: int
    name: str
    chief: bool


@dataclass(frozen=True)
class EsiaPerson:
    """What the portal takes over about a person.

    Attributes:
        oid: the key of the account.
        snils: `NNN-NNN-NNN KK`, checked by the rule of the stand.
        trusted: whether the account at the provider is confirmed.
        email: verified address, empty if there is none.
        mobile: verified number `+7(000)NNNNNNN`, empty if there is none.
    """

    oid: int
    last_name: str
    first_name: str
    middle_name: str
    snils: str
    birth_date: date | None
    trusted: bool
    email: str = ""
    mobile: str = ""
    organizations: tuple[EsiaOrganization, ...] = ()


def parse(oid: int, person: dict[str, Any], contacts: dict[str, Any], roles: dict[str, Any]) -> EsiaPerson:
    """Build the value from the answers of `/rs/prns/{oid}`, `…/ctts?embed=(elements)` and `…/roles`.

    Raises:
        PersonRefused: a field is missing, malformed, or not of a test person.
    """
    return EsiaPerson(
        oid=oid,
        last_name=_name(person, claims.LAST_NAME),
        first_name=_name(person, claims.FIRST_NAME),
        middle_name=_name(person, claims.MIDDLE_NAME, required=False),
        snils=_snils(person),
        birth_date=_birth_date(person),
        trusted=person.get(claims.TRUSTED) is True,
        email=_email(_verified(contacts, claims.CONTACT_EMAIL)),
        mobile=_mobile(_verified(contacts, claims.CONTACT_MOBILE)),
        organizations=tuple(_organization(oid, role) for role in _elements(roles, paths.ROLES) if role.get(claims.ACTIVE, True) is True),
    )


def _name(person: dict[str, Any], field: str, *, required: bool = True) -> str:
    value = person.get(field, "")
    if not isinstance(value, str) or len(value) > _LONGEST_NAME or (required and not value.strip()):
        raise PersonRefused(field)
    return value.strip()


def _snils(person: dict[str, Any]) -> str:
    # a simplified account has none
    value = person.get(claims.SNILS, "")
    try:
        return text.check_snils(value).text if value else ""
    except (text.SnilsError, TypeError, AttributeError) as error:
        raise PersonRefused(claims.SNILS) from error


def _birth_date(person: dict[str, Any]) -> date | None:
    value = person.get(claims.BIRTH_DATE)
    if value is None:
        return None
    try:
        return datetime.strptime(value, claims.BIRTH_DATE_FORMAT).date()  # noqa: DTZ007 - a date has no zone
    except (ValueError, TypeError) as error:
        raise PersonRefused(claims.BIRTH_DATE) from error


def _elements(collection: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = collection.get(claims.ELEMENTS, [])
    if not isinstance(found, list) or not all(isinstance(element, dict) for element in found):
        raise PersonRefused(name)
    return found


def _verified(contacts: dict[str, Any], kind: str) -> str:
    found = [
        element.get(claims.VALUE)
        for element in _elements(contacts, paths.CONTACTS)
        if element.get(claims.TYPE) == kind and element.get(claims.VERIFICATION) == claims.VERIFIED
    ]
    value = found[0] if found else ""
    if not isinstance(value, str):
        raise PersonRefused(kind)
    return value


def _email(value: str) -> str:
    if value and not _EMAIL.fullmatch(value):
        raise PersonRefused(claims.CONTACT_EMAIL)
    return value


def _mobile(value: str) -> str:
    if value and not _MOBILE.fullmatch(value):
        raise PersonRefused(claims.CONTACT_MOBILE)
    return value


def _organization(person_oid: int, role: dict[str, Any]) -> EsiaOrganization:
    # the only part of the answers that says whose they are
    if str(role.get(claims.PERSON_OID, person_oid)) != str(person_oid):
        raise PersonRefused(claims.PERSON_OID)
    oid, name = role.get(claims.OID), role.get(claims.SHORT_NAME) or role.get(claims.FULL_NAME)
    if not isinstance(oid, int | str) or not str(oid).isdecimal() or not isinstance(name, str) or len(name) > _LONGEST_ORGANIZATION:
        raise PersonRefused(paths.ROLES)
    return EsiaOrganization(int(oid), name, role.get(claims.CHIEF) is True)
