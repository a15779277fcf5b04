from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.safestring import mark_safe

from frmr_portal.base.kit import charts, pictures
from frmr_portal.base.kit.text import plural_form

NBSP = "\u00a0"


def draw(source: str, **context: object) -> str:
    return Template("{% load stand %}" + source).render(Context(context))


class TestIcon:
    def test_is_inline_and_hidden_from_screen_readers(self):
        assert 'aria-hidden="true"' in draw('{% icon "bell" %}')

    @pytest.mark.parametrize("name", ["no-such-icon", "../icons/bell", "bell.svg", "", "Bell"])
    def test_fails_loudly_when_the_name_is_unknown(self, name):
        with pytest.raises(pictures.UnknownIcon):
            pictures.inline_icon(name)


class TestPlural:
    @pytest.mark.parametrize(
        ("number", "expected"),
        [(0, "заявок"), (1, "заявка"), (2, "заявки"), (4, "заявки"), (5, "заявок"), (11, "заявок"), (12, "заявок"), (14, "заявок"),
         (15, "заявок"), (21, "заявка"), (22, "заявки"), (25, "заявок"), (101, "заявка"), (111, "заявок"), (112, "заявок"), (1001, "заявка"), (-1, "заявка")],
    )  # fmt: skip
    def test_chooses_the_form(self, number, expected):
        assert plural_form(number, "заявка", "заявки", "заявок") == expected

    def test_gives_the_word_without_the_number(self):
        assert draw('{{ n }} {% plural n "заявка" "заявки" "заявок" %}', n=3) == "3 заявки"


class TestMsk:
    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("words", f"20{NBSP}ноября 2026"),
            ("digits", "20.11.2026"),
            ("hours", "12:14"),
            ("stamp", f"20.11.2026 12:14{NBSP}(МСК)"),
            ("seconds", f"20.11.2026 12:14:00{NBSP}(МСК)"),
        ],
    )
    def test_shows_a_moment_in_each_form(self, form, expected):
        assert draw("{{ m|msk:form }}", m=datetime(2026, 11, 20, 9, 14, tzinfo=UTC), form=form) == expected

    def test_shows_a_date_in_words_by_default(self):
        assert draw("{{ m|msk }}", m=date(2026, 11, 20)) == f"20{NBSP}ноября 2026"

    def test_shows_nothing_for_nothing(self):
        assert draw("{{ m|msk }}", m=None) == ""


class TestTypo:
    def test_the_filter_escapes_what_a_person_typed(self):
        assert draw("{{ text|typo }}", text="<b>№ 3</b>") == f"&lt;b&gt;№{NBSP}3&lt;/b&gt;"

    def test_the_filter_keeps_markup_that_is_safe(self):
        assert draw("{{ text|typo }}", text=mark_safe("<b>№ 3</b>")) == f"<b>№{NBSP}3</b>"

    def test_the_block_binds_the_text_of_its_body(self):
        assert draw("{% typo %}<p>вход в {{ where }}</p>{% endtypo %}", where="<кабинет>") == f"<p>вход в{NBSP}&lt;кабинет&gt;</p>".replace(f"в{NBSP}&", "в &")

    def test_the_time_of_a_feed_is_relative(self, now):
        assert draw("{{ now|feed_time:now }}", now=now) == "сегодня, 12:00"


class TestCharts:
    def test_the_tag_escapes_the_words_of_a_person(self):
        picture = draw("{% chart_bars rows title %}", rows=[charts.Bar("<script>alert(1)</script>", 1)], title="<b>")

        assert "<script" not in picture
        assert "&lt;script&gt;" in picture


class TestPageNumbers:
    def test_leaves_out_what_is_far_away(self):
        page = Paginator(range(200), 10).page(10)

        assert draw("{% page_numbers page as numbers %}{{ numbers }}", page=page) == "[1, 0, 9, 10, 11, 0, 20]"
