"""Russian no-break rules for text and for the text nodes of HTML."""

import functools
import re
from typing import Final

# the texts of the pages with room to spare; each entry is a line or two
_REMEMBERED_TEXTS: Final = 1024
NBSP: Final = "\u00a0"

_UNITS = (
    r"%|‰|°|₽|руб|млн|млрд|тыс|[КМГ]?Б(?!\w)|[КМГ]бит|бит|px|мм|см|км|кг|мг|мл|"
    r"ч(?!\w)|час|мин|сек|с(?!\w)|дн|день|дня|сут|недел|месяц|лет|год|"
    r"янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|"
    r"став|балл|раз(?!\w)|шаг|строк|запис|человек|персон|заяв|документ|попыт"
)
_SHORT = r"в|во|на|по|с|со|к|ко|о|об|обо|от|до|из|за|и|а|но|не|ни|у|для|без|над|под|при|про|или|что|как"
_RULES: Final = (
    # «№ 3», «§ 5», «ст. 10», «п. 4»
    (re.compile(r"([№§]) (?=[\d\w])"), r"\1" + NBSP),
    (re.compile(r"(?<!\w)(ст|п|пп|рис|табл|стр|г|ул|д|кв|каб)(\.) (?=[\d«А-ЯЁ])", re.IGNORECASE), r"\1\2" + NBSP),
    # «ГОСТ Р 34.10», «ГОСТ 52872»
    (re.compile(r"(?<!\w)(ГОСТ)(?: (Р))? (?=[\d\w])"), lambda found: f"{found[1]}{NBSP}{found[2]}{NBSP}" if found[2] else f"{found[1]}{NBSP}"),
    # thousands, then numbers and their units: «1 250», «20 ноября», «10 МБ»
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NBSP),
    (re.compile(rf"(?<=\d) (?={_UNITS})"), NBSP),
    # «2026 г.»
    (re.compile(r"(?<=\d{4}) (?=г{1,2}\.)"), NBSP),
    # initials stay with the surname: «Тестова А. С.», «А. С. Тестова»
    (re.compile(r"(?<!\w)([А-ЯЁ]\.) (?=[А-ЯЁ])"), r"\1" + NBSP),
    (re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?:\s|$|[,;:)»]))"), NBSP),
    # a particle never opens a line
    (re.compile(r" (?=(?:ли|ль|же|ж|бы|б)(?!\w))"), NBSP),
    # a dash never opens a line
    (re.compile(r" (?=— )"), NBSP),
    # a short word never closes one
    (re.compile(rf"(?<![\w-])({_SHORT}) (?=[\w«\"(]|[.+]\w)", re.IGNORECASE), r"\1" + NBSP),
)
_UNTOUCHED = r"svg|script|style|code|pre|kbd|samp|textarea|option|title"
_PIECES = re.compile(rf"(<({_UNTOUCHED})\b.*?</\2>|<[^>]*>)|([^<]+)", re.DOTALL | re.IGNORECASE)


@functools.lru_cache(_REMEMBERED_TEXTS)
def typo(text: str) -> str:
    """Return text with no-break spaces where Russian typography does not allow a line to end.

    Running it again changes nothing. A page asks for the same texts every time, and the rules cost more than the rest of
    a short line.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def typo_html(html: str) -> str:
    """Apply `typo` to the text nodes of HTML; tags, attributes and verbatim elements stay as they are."""
    return _PIECES.sub(lambda found: found[1] or typo(found[3]), html)
