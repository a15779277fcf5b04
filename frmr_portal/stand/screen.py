"""What the person at the terminal sees."""

from collections.abc import Iterable, Mapping
from typing import Any


def ready_line(addresses: Mapping[str, str]) -> str:
    """Return the one line that programs wait for: `READY portal=… esia=…`."""
    return " ".join(("READY", *(f"{name}={address}" for name, address in addresses.items())))


def persona_table(cards: Iterable[Mapping[str, Any]]) -> str:
    """Return a table of test persons: login, password, name, what to try."""
    head = ("Логин", "Пароль", "Кто", "Что попробовать")
    rows = [head, *((card["login"], card["password"], card["full_name"], card["about"]) for card in cards)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  " + "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])) for row in rows)
