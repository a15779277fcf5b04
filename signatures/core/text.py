"""Texts of strangers made safe to show: certificates carry names that a page and a PDF must survive (CM-21)."""

import unicodedata
from typing import Final

MAX_SHOWN_CHARACTERS: Final = 200

# Control, format (bidirectional marks, zero width), surrogate, private use, unassigned; line and paragraph separators.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def safe(value: str, limit: int = MAX_SHOWN_CHARACTERS) -> str:
    r"""Return a text in which nothing is hidden: invisible characters as `\u202e`, the rest cut with «…».

    Args:
        value: any text; HTML is escaped by the template, not here.
        limit: characters of `value` that are kept.
    """
    shown = "".join(_visible(character) for character in value[:limit])
    return shown + "…" if len(value) > limit else shown


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    return f"\\u{ord(character):04x}"
