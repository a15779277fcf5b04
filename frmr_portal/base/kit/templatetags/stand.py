"""Tags and filters of the stand: `{% load stand %}`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from frmr_portal.base.kit import charts, dates, typography
from frmr_portal.base.kit.pictures import inline_icon
from frmr_portal.base.kit.text import plural_form

register = template.Library()

_DATE_FORMS = {"words": dates.words, "digits": dates.digits}
_MOMENT_FORMS = {"hours": dates.hours, "stamp": dates.stamp, "seconds": dates.stamp_seconds}


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "bell" %}`: an inline picture; an unknown name fails."""
    return inline_icon(name)


@register.simple_tag
def plural(number: int, one: str, few: str, many: str) -> str:
    """`{{ n }} {% plural n "заявка" "заявки" "заявок" %}`: the word without the number."""
    return plural_form(number, one, few, many)


@register.simple_tag
def chart_timeline(rows: Sequence[charts.Term], title: str, first_year: int, year_after: int, today: float) -> SafeString:
    """`{% chart_timeline terms _("Сроки") 2022 2030 today %}`: bars of documents and a mark for today."""
    return mark_safe(charts.timeline(rows, title=title, years=(first_year, year_after), today=today))  # noqa: S308  # texts are escaped


@register.simple_tag
def chart_bars(rows: Sequence[charts.Bar], title: str, unit: str = "") -> SafeString:
    """`{% chart_bars rows _("Работники") %}`: horizontal bars."""
    return mark_safe(charts.bars(rows, title=title, unit=unit))  # noqa: S308  # texts are escaped


@register.simple_tag
def chart_columns(rows: Sequence[charts.Bar], title: str, marked: int | None = None) -> SafeString:
    """`{% chart_columns rows _("По месяцам") 3 %}`: columns, the one of index 3 marked."""
    return mark_safe(charts.columns(rows, title=title, marked=marked))  # noqa: S308  # texts are escaped


@register.simple_tag
def chart_stacked(rows: Sequence[charts.Stack], keys: Sequence[str], title: str) -> SafeString:
    """`{% chart_stacked rows keys _("По подразделениям") %}`: wholes split into parts."""
    return mark_safe(charts.stacked(rows, keys, title=title))  # noqa: S308  # texts are escaped


@register.simple_tag
def chart_lines(labels: Sequence[str], series: Sequence[charts.Line], title: str, low: int, high: int) -> SafeString:
    """`{% chart_lines months series _("Доля") 80 100 %}`: lines between two bounds, in percent."""
    return mark_safe(charts.lines(labels, series, title=title, bounds=(low, high)))  # noqa: S308  # texts are escaped


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int]:
    """Return the numbers of a pager; 0 stands where numbers are left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in numbers]


@register.filter
def msk(moment: date | datetime | None, form: str = "words") -> str:
    """Show a moment in Moscow time; nothing gives an empty text.

    Args:
        moment: timezone-aware moment or a plain date.
        form: `words` «20 ноября 2026», `digits` «20.11.2026», and for moments only `hours` «12:14»,
            `stamp` «20.11.2026 12:14 (МСК)», `seconds` «20.11.2026 12:14:05 (МСК)».
    """
    if moment is None:
        return ""
    if form in _DATE_FORMS:
        return _DATE_FORMS[form](moment)
    return _MOMENT_FORMS[form](moment)  # type: ignore[arg-type]  # a template that asks for hours has a moment


@register.filter
def feed_time(moment: datetime, now: datetime) -> str:
    """`{{ row.created_at|feed_time:now }}`: «сегодня, 12:14», «14 ноября, 12:14»."""
    return dates.feed(moment, now=now)


@register.filter(is_safe=True)
def typo(text: Any) -> str:
    """Keep № with its number, a number with its unit, a short word with the next one."""
    if hasattr(text, "__html__"):
        return mark_safe(typography.typo_html(str(text)))  # noqa: S308  # safe before, and only spaces change
    return typography.typo(str(text))


class TypoNode(template.Node):
    """Body of `{% typo %}`."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """Render the body, then bind its spaces."""
        return mark_safe(typography.typo_html(self.nodelist.render(context)))  # noqa: S308  # rendered by Django


@register.tag("typo")
def typo_block(parser: Parser, _token: Token) -> TypoNode:
    """`{% typo %}…{% endtypo %}`: the same rules for every text node inside."""
    nodelist = parser.parse(("endtypo",))
    parser.delete_first_token()
    return TypoNode(nodelist)
