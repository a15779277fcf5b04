"""Numbers as the report writes them, in Russian."""

from typing import Final

_MEGABYTE: Final = 1024 * 1024
_NO_BREAK: Final = "\u00a0"


def number(value: float, digits: int = 0) -> str:
    """Return `1 234,5`: a comma, and thousands apart."""
    return f"{value:,.{digits}f}".replace(",", _NO_BREAK).replace(".", ",")


def significant(value: float) -> str:
    """Return a number with two or three digits that mean something: `0,24`, `5,3`, `335`."""
    digits = 2 if value < 1 else 1 if value < 100 else 0
    return number(value, digits)


def megabytes(size_bytes: int) -> str:
    """Return whole megabytes."""
    return number(size_bytes / _MEGABYTE)


def percent(share: float) -> str:
    """Return `12 %`."""
    return f"{number(share * 100)}{_NO_BREAK}%"
