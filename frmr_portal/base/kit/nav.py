"""Sections of the cabinet: rooms register them, the layout draws them, the kit knows none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

# the section of this key is also the bell in the header
BELL: Final = "notifications"


@dataclass(frozen=True)
class Section:
    """One line of the navigation.

    Attributes:
        key: stable name, unique.
        label: what people read, translated late.
        icon: name of an icon of the kit.
        url_name: address with its namespace.
        order: sections stand in ascending order.
        count: number shown beside the label; called once per page, `None` shows nothing.
    """

    key: str
    label: str | Promise
    icon: str
    url_name: str
    order: int
    count: Callable[[HttpRequest], int | None] | None = None


@dataclass(frozen=True)
class Entry:
    """A section as one page shows it."""

    key: str
    label: str | Promise
    icon: str
    href: str
    count: int | None
    current: bool


_sections: dict[str, Section] = {}


def register(
    *,
    key: str,
    label: str | Promise,
    icon: str,
    url_name: str,
    order: int,
    count: Callable[[HttpRequest], int | None] | None = None,
) -> None:
    """Add a section; called in `AppConfig.ready()`. The same key replaces the section."""
    _sections[key] = Section(key, label, icon, url_name, order, count)


def sections() -> Sequence[Section]:
    """Return the registered sections in the order of the page."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.key))


def entries(request: HttpRequest) -> list[Entry]:
    """Return the navigation of a page, with the section that the address belongs to marked."""
    found = sections()
    current = _current_key(request, found)
    return [
        Entry(
            key=section.key,
            label=section.label,
            icon=section.icon,
            href=reverse(section.url_name),
            count=section.count(request) if section.count else None,
            current=section.key == current,
        )
        for section in found
    ]


def _current_key(request: HttpRequest, found: Sequence[Section]) -> str:
    """Prefer the section of this very page, else the one whose namespace the page lives in."""
    match = request.resolver_match
    if match is None:
        return ""
    exact = [section.key for section in found if section.url_name == match.view_name]
    near = [section.key for section in found if match.namespace and section.url_name.startswith(f"{match.namespace}:")]
    return next(iter([*exact, *near]), "")
