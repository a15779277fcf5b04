"""Russian text: СНИЛС, masks, initials."""

import re
from dataclasses import dataclass

_SNILS_FORM = re.compile(r"(\d{3})-?(\d{3})-?(\d{3})[ -]?(\d{2})")
# below this base the public rule defines no check digits (Постановление о форме СНИЛС; esia.md 7.8)
_LAST_WITHOUT_CHECK = 1_001_998
PERSONA_BASE = "000000600"


class SnilsError(ValueError):
    """A СНИЛС that the stand does not take; `code` is stable, the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class SnilsVerdict:
    """What the two rules say.

    Attributes:
        text: the number in the form `NNN-NNN-NNN KK`.
        public_rule: `ok`, `wrong` or `not_applicable`; information for the tester only.
    """

    text: str
    public_rule: str


def snils_check_digits(base: str) -> str:
    """Return the two check digits of a base of nine digits (weights 9…1, modulo 101, 100 becomes 00)."""
    total = sum(int(digit) * weight for digit, weight in zip(base, range(9, 0, -1), strict=True))
    return f"{total % 101 % 100:02d}"


def check_snils(value: str) -> SnilsVerdict:
    """Apply the rule of the stand to a СНИЛС and report what the public rule would say.

    Raises:
        SnilsError: `E-SNILS-FORM`, `E-SNILS-RANGE` (real numbers never enter) or `E-SNILS-CHECK`.
    """
    found = _SNILS_FORM.fullmatch(value.strip())
    if not found:
        raise SnilsError("E-SNILS-FORM", "СНИЛС состоит из 11 цифр: 000-123-456 56")
    base, given = "".join(found.groups()[:3]), found[4]
    right = snils_check_digits(base)
    public = "ok" if given == right else "wrong"
    if int(base) <= _LAST_WITHOUT_CHECK:
        public = "not_applicable"
    if not base.startswith("000"):
        raise SnilsError("E-SNILS-RANGE", "На стенде живут только СНИЛС, начинающиеся с 000")
    if base != PERSONA_BASE and given != right:
        raise SnilsError("E-SNILS-CHECK", "Контрольное число СНИЛС не сходится")
    return SnilsVerdict(f"{base[:3]}-{base[3:6]}-{base[6:]} {given}", public)


def mask_snils(value: str) -> str:
    """Return `000-***-*** 18`: all numbers of the stand begin with 000, so this mask shows least."""
    return f"{value[:3]}-***-*** {value[-2:]}" if value else ""


def mask_phone(value: str) -> str:
    """Return the last two digits of a phone: `+7 000 ***-**-06`."""
    digits = re.sub(r"\D", "", value)
    return f"+7 000 ***-**-{digits[-2:]}" if digits else ""


def mask_email(value: str) -> str:
    """Return the first letter and the domain of an address: `d***@example.test`."""
    name, _, domain = value.partition("@")
    return f"{name[:1]}***@{domain}" if domain else ""


def short_name(last: str, first: str, middle: str = "") -> str:
    """Return «Тестова А. С.»."""
    return " ".join([last, *(f"{part[0]}." for part in (first, middle) if part)])


def initials(last: str, first: str) -> str:
    """Return two capital letters for an avatar."""
    return (last[:1] + first[:1]).upper()


def plural_form(number: int, one: str, few: str, many: str) -> str:
    """Return the Russian word form for a number: 1 заявка, 2 заявки, 5 заявок, 11 заявок, 21 заявка."""
    last_two, last = abs(number) % 100, abs(number) % 10
    if last_two in range(11, 15):
        return many
    return {1: one, 2: few, 3: few, 4: few}.get(last, many)
