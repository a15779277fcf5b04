"""What a notification of each kind of event says; a room registers its kinds in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frmr_portal.base.audit.models import Event
from frmr_portal.base.kit import dates


class UnknownKind(LookupError):
    """Nobody has written a notification for this action."""


@dataclass(frozen=True)
class Kind:
    """A notification of one kind of event.

    Attributes:
        title: what happened, a few words.
        text: says from the event when, how and what to do.
        url_name: page that shows more.
        icon: name of an icon of the kit.
    """

    title: str | Promise
    text: Callable[[Event], str]
    url_name: str
    icon: str


_KINDS: Final[dict[str, Kind]] = {}
# how the provider names the way in (`amr` of the id token)
_METHODS: Final = {
    "PWD": gettext_lazy("по паролю"),
    "DS": gettext_lazy("по электронной подписи"),
}
_FALLBACK_ICON: Final = "bell"


def register(action: str, kind: Kind) -> None:
    """Say how an event of this action is announced."""
    _KINDS[action] = kind


def of(action: str) -> Kind:
    """Return the kind of an action.

    Raises:
        UnknownKind: the action is not announced to anybody.
    """
    try:
        return _KINDS[action]
    except KeyError:
        raise UnknownKind(action) from None


def icon_of(action: str) -> str:
    """Return the icon of a stored notification, also when its room has left the stand."""
    return _KINDS[action].icon if action in _KINDS else _FALLBACK_ICON


def signed_in_text(event: Event) -> str:
    """Return «20 ноября 2026, 12:14 (МСК), по паролю. Если это были не вы, завершите сеанс»."""
    moment = f"{dates.words(event.at)}, {dates.hours(event.at)} (МСК)"
    method = _METHODS.get(event.data.get("method", ""))
    when = f"{moment}, {method}" if method else moment
    return _("%(when)s. Если это были не вы, завершите сеанс.") % {"when": when}


SIGNED_IN: Final = Kind(title=gettext_lazy("Вход выполнен"), text=signed_in_text, url_name="audit:my_events", icon="log-in")
