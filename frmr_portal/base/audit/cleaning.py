r"""What is done to free text before it becomes a row of the journal.

A row must stay one readable line in every viewer (AU-07) and must hold nothing that belongs to a
person or opens a door (AU-10). Callers promise the second; the patterns here catch a slip, for
example a СНИЛС that somebody typed into a parameter which a refusal then quotes.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

HIDDEN: Final = "[скрыто]"
MAX_TEXT_CHARACTERS: Final = 500
MAX_DATA_KEYS: Final = 20

# controls, formatting (also bidirectional overrides), line and paragraph separators, lone surrogates
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
_PERSONAL: Final = re.compile(
    r"(?<![\w-])\d{3}-\d{3}-\d{3}[ -]?\d{2}(?![\w-])"  # СНИЛС as people write it
    r"|(?<![\w-])\d{11}(?![\w-])"  # СНИЛС without separators, or a phone; never a part of a UUID
    r"|\+7[ (]*\d{3}[ )]*\d{3}[ -]?\d{2}[ -]?\d{2}"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|eyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?"  # JSON Web Token
    r"|[Bb]earer\s+\S+"
)


class UnfitData(TypeError):
    """Data of an event may hold texts, integers and flags only: anything else has no one canonical form."""


def _printable(character: str) -> str:
    if unicodedata.category(character) in _UNPRINTABLE:
        return character.encode("unicode_escape").decode("ascii")
    return character


def line(text: str, *, limit: int = MAX_TEXT_CHARACTERS) -> str:
    r"""Return one printable line: control characters become visible escapes such as `\n` and `\x1b`.

    Args:
        text: anything, of any length.
        limit: characters of the result; the rest is cut off.
    """
    # cut first: escaping a megabyte to keep 500 characters would be work for nothing
    return "".join(_printable(character) for character in text[:limit])[:limit]


def scrubbed(text: str, *, limit: int = MAX_TEXT_CHARACTERS) -> str:
    """Return one printable line without numbers of persons, addresses and tokens."""
    # twice the limit is read, so that a number on the edge is not cut into an unrecognizable half
    return _PERSONAL.sub(HIDDEN, line(text, limit=2 * limit))[:limit]


def data(values: Mapping[str, str | int | bool] | None) -> dict[str, str | int | bool]:
    """Return clean data of an event.

    Raises:
        UnfitData: a value is not a text, an integer or a flag, or there are too many keys.
    """
    values = values or {}
    if len(values) > MAX_DATA_KEYS:
        raise UnfitData(f"{len(values)} keys, at most {MAX_DATA_KEYS}")
    return {line(key, limit=64): _value(value) for key, value in values.items()}


def _value(value: str | int | bool) -> str | int | bool:  # noqa: FBT001 (a value of data, not a switch)
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, int):
        return value
    raise UnfitData(type(value).__name__)
