"""Reading persona cards: TOML in, checked values out."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from frmr_portal.base.kit.text import check_snils

CARDS: Final = Path(__file__).resolve().parent / "cards"
ORGANIZATIONS: Final = Path(__file__).resolve().parent / "organizations.toml"
FIRST_OID: Final = 1_000_900_000
_KNOWN_KEYS = frozenset(
    {
        *("number", "slug", "last_name", "first_name", "middle_name", "gender", "birth_date", "level", "about", "to_try"),
        *("state", "cause", "email", "phone_verified", "phone_reachable", "memberships"),
    }
)


class PersonaCardWrong(Exception):
    """A persona card breaks a rule of the stand; the message names the card and the rule."""


@dataclass(frozen=True)
class Place:
    """A place of work: key of the organisation, position and rights in its profile."""

    organization: str
    position: str
    is_chief: bool
    is_admin: bool


@dataclass(frozen=True)
class Persona:
    """A test person as written on its card; identifiers follow from the number.

    Attributes:
        number: 1…99; СНИЛС, OID, phone and password are made from it.
        has_email: a person without an address has an empty `email` collection.
    """

    number: int
    slug: str
    last_name: str
    first_name: str
    middle_name: str
    gender: str
    birth_date: date
    level: str
    about: str
    to_try: tuple[str, ...]
    state: str
    cause: str
    has_email: bool
    phone_verified: bool
    phone_reachable: bool
    places: tuple[Place, ...]

    @property
    def oid(self) -> int:
        """Identifier on the wire."""
        return FIRST_OID + self.number

    @property
    def snils(self) -> str:
        """Number in the persona block 000-000-600."""
        return check_snils(f"000-000-600 {self.number:02d}").text

    @property
    def mobile(self) -> str:
        """Phone in the form of the wire."""
        return f"+7(000)00006{self.number:02d}"

    @property
    def email(self) -> str:
        """Address in a domain that can never be delivered to, or an empty string."""
        return f"{self.slug}@example.test" if self.has_email else ""


def read_personas(folder: Path = CARDS) -> list[Persona]:
    """Return all personas in the order of their numbers.

    Raises:
        PersonaCardWrong: an unknown key, a repeated number or slug, an unknown organisation.
    """
    personas = sorted((_read_card(path) for path in folder.glob("*.toml")), key=lambda one: one.number)
    organizations = read_organizations()
    for kind, values in (("number", [one.number for one in personas]), ("slug", [one.slug for one in personas])):
        if len(set(values)) != len(values):
            raise PersonaCardWrong(f"two cards have the same {kind}")
    for persona in personas:
        for place in persona.places:
            if place.organization not in organizations:
                raise PersonaCardWrong(f"{persona.slug}: unknown organisation {place.organization}")
    return personas


def read_organizations(path: Path = ORGANIZATIONS) -> dict[str, dict[str, Any]]:
    """Return the organisations by their keys."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_card(path: Path) -> Persona:
    card = tomllib.loads(path.read_text(encoding="utf-8"))
    if unknown := card.keys() - _KNOWN_KEYS:
        raise PersonaCardWrong(f"{path.name}: unknown key {min(unknown)}")
    try:
        return _persona(card)
    except KeyError as error:
        raise PersonaCardWrong(f"{path.name}: key {error} is missing") from error


def _persona(card: dict[str, Any]) -> Persona:
    return Persona(
        number=card["number"],
        slug=card["slug"],
        last_name=card["last_name"],
        first_name=card["first_name"],
        middle_name=card.get("middle_name", ""),
        gender=card["gender"],
        birth_date=card["birth_date"],
        level=card["level"],
        about=card["about"],
        to_try=tuple(card["to_try"]),
        state=card.get("state", "active"),
        cause=card.get("cause", ""),
        has_email=card.get("email", True),
        phone_verified=card.get("phone_verified", True),
        phone_reachable=card.get("phone_reachable", True),
        places=tuple(
            Place(one["organization"], one["position"], is_chief=one.get("chief", False), is_admin=one.get("admin", False))
            for one in card.get("memberships", [])
        ),
    )
