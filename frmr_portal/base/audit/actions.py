"""Registry of everything that the journal may record.

A room registers its actions in `AppConfig.ready()`, so the list of what is journalled is complete
before the first request, and a misspelt action is refused instead of making a new kind of event.
"""

from typing import Final

from django.utils.functional import Promise

_TITLES: Final[dict[str, str | Promise]] = {}


class UnknownAction(LookupError):
    """An action that no room has registered."""


def register(name: str, title: str | Promise) -> None:
    """Let the journal record an action.

    Args:
        name: `noun.verb` in English, at most 64 characters.
        title: what people read in «Журнал», lazily translated.
    """
    _TITLES[name] = title


def check(name: str) -> str:
    """Return the name of a registered action.

    Raises:
        UnknownAction: nobody registered it.
    """
    if name not in _TITLES:
        raise UnknownAction(name)
    return name


def title_of(name: str) -> str:
    """Return what people read; an action of a room that has left the stand shows its own name."""
    return str(_TITLES.get(name, name))


def registered() -> frozenset[str]:
    """Return the names of all actions."""
    return frozenset(_TITLES)
