"""«Версия для слабовидящих»: four choices in one cookie, checked word by word."""

from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE_AGE_SECONDS: Final = 365 * 24 * 60 * 60
# the first word of each row is the default
CHOICES: Final = {
    "view": ("normal", "contrast"),
    "scheme": ("bw", "wb", "blue"),
    "size": ("m", "l", "xl"),
    "spacing": ("normal", "wide"),
}


class ViewModeRejected(ValueError):
    """A form sent a choice that the stand does not have."""


@dataclass(frozen=True)
class ViewMode:
    """How pages look for this visitor; the words are those of the `data-` attributes of the page."""

    view: str = "normal"
    scheme: str = "bw"
    size: str = "m"
    spacing: str = "normal"

    @property
    def is_contrast(self) -> bool:
        """Whether the version for the visually impaired is on."""
        return self.view == "contrast"

    def as_cookie(self) -> str:
        """Return the text of the cookie: `contrast.bw.m.normal`."""
        return ".".join((self.view, self.scheme, self.size, self.spacing))


NORMAL: Final = ViewMode()


def of_request(request: HttpRequest) -> ViewMode:
    """Return the choice kept in the cookie; a cookie that we did not write counts as none."""
    words = request.COOKIES.get(settings.VIEW_COOKIE_NAME, "").split(".")
    if len(words) != len(CHOICES):
        return NORMAL
    chosen = dict(zip(CHOICES, words, strict=True))
    return ViewMode(**chosen) if _known(chosen) else NORMAL


def changed(mode: ViewMode, choices: dict[str, str]) -> ViewMode:
    """Return the mode with the named choices applied; a change of colours or size turns the version on.

    Raises:
        ViewModeRejected: an unknown choice, or none at all.
    """
    if not choices or not _known(choices):
        raise ViewModeRejected(sorted(choices))
    return replace(mode, **{"view": "contrast", **choices})


def keep(response: HttpResponse, mode: ViewMode) -> None:
    """Remember the choice for a year in the browser."""
    response.set_cookie(
        settings.VIEW_COOKIE_NAME,
        mode.as_cookie(),
        max_age=COOKIE_AGE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(choices: dict[str, str]) -> bool:
    return all(word in CHOICES.get(name, ()) for name, word in choices.items())
