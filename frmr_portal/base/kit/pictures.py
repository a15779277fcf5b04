"""Inline icons: an SVG file becomes a decorative element that takes the colour of the text around it."""

import functools
import re
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString, mark_safe

FOLDER: Final = Path(__file__).resolve().parent / "icons"
_BODY = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class UnknownIcon(LookupError):
    """A template asks for an icon that is not in the folder."""


@functools.cache
def inline_icon(name: str) -> SafeString:
    """Return the markup of an icon; it is hidden from screen readers, so a word always stands beside it.

    Args:
        name: file name without its ending.

    Raises:
        UnknownIcon: there is no such file.
    """
    path = FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise UnknownIcon(name)
    found = _BODY.search(path.read_text(encoding="utf-8"))
    if not found:
        raise UnknownIcon(name)
    body = re.sub(r"\s*\n\s*", "", found[1]).replace(" />", "/>")
    head = '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
    return mark_safe(f"{head}{body}</svg>")  # noqa: S308  # our own file, not input
