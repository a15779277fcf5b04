"""What the person at the terminal sees."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

# the golden personas; the rest waits on a page
SHOWN: Final = 14


def ready_line(addresses: Mapping[str, str]) -> str:
    """Return the one line that programs wait for: `READY portal=… esia=…`."""
    return " ".join(("READY", *(f"{name}={address}" for name, address in addresses.items())))


def greeting(facts: Mapping[str, Any]) -> str:
    """Return what follows the line of addresses: test persons, and where codes and further persons are found."""
    cards = facts["personas"]
    lines = ["", persona_table(cards[:SHOWN]), ""]
    if len(cards) > SHOWN:
        lines.append(f"Остальные люди, {len(cards) - SHOWN}: {facts['persona_page']}")
    lines += [f"Коды из SMS: {facts['outbox_page']}", "Остановить: Ctrl-C"]
    return "\n".join(lines)


def persona_table(cards: Iterable[Mapping[str, Any]]) -> str:
    """Return a table of test persons: login, password, name, the first thing to try."""
    head = ("Логин", "Пароль", "Кто", "Что попробовать")
    rows = [head, *((card["login"], card["password"], card["full_name"], next(iter(card["to_try"]), card["about"])) for card in cards)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  " + "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])) for row in rows)
