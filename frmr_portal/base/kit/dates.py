"""Dates as people in Russia read them, always in Moscow time."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

MOSCOW: Final = ZoneInfo("Europe/Moscow")
_NBSP = "\u00a0"
_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")


def moscow_date(moment: date | datetime) -> date:
    """Return the calendar date of a moment in Moscow; a plain date stays as it is."""
    return moment.astimezone(MOSCOW).date() if isinstance(moment, datetime) else moment


def words(moment: date | datetime) -> str:
    """Return «20 ноября 2026»."""
    day = moscow_date(moment)
    return f"{day.day}{_NBSP}{_MONTHS[day.month - 1]} {day.year}"


def digits(moment: date | datetime) -> str:
    """Return «20.11.2026»."""
    return f"{moscow_date(moment):%d.%m.%Y}"


def hours(moment: datetime) -> str:
    """Return «12:14»."""
    return f"{moment.astimezone(MOSCOW):%H:%M}"


def stamp(moment: datetime) -> str:
    """Return «20.11.2026 12:14 (МСК)»: a legal or technical result names its time zone."""
    return f"{digits(moment)} {hours(moment)}{_NBSP}(МСК)"


def stamp_seconds(moment: datetime) -> str:
    """Return «20.11.2026 12:14:05 (МСК)», exact enough to find the line of a log."""
    return f"{moment.astimezone(MOSCOW):%d.%m.%Y %H:%M:%S}{_NBSP}(МСК)"


def feed(moment: datetime, *, now: datetime) -> str:
    """Return «сегодня, 12:14», «вчера, 12:14», «14 ноября, 12:14» or «14 ноября 2025, 12:14»."""
    day, today = moscow_date(moment), moscow_date(now)
    age_days = (today - day).days
    named = {0: "сегодня", 1: "вчера"}.get(age_days)
    if named:
        return f"{named}, {hours(moment)}"
    text = words(moment)
    return f"{text.rsplit(' ', 1)[0] if day.year == today.year else text}, {hours(moment)}"
