from typing import Any
from xml.etree import ElementTree as ET

import pytest

from frmr_portal.base.kit import charts

SVG = "{http://www.w3.org/2000/svg}"
TERMS = [charts.Term("Терапия", 2022.2, 2027.2, "до 14 марта 2027"), charts.Term("УЗИ", 2019, 2025.7, "закончилась", kind="hatch")]
PICTURES = {
    "bars": charts.bars([charts.Bar("Врачи", 12.5, "план 20"), charts.Bar("Сёстры", 0)], title="Люди", unit=" чел."),
    "bars of nothing": charts.bars([], title="Люди"),
    "stacked": charts.stacked([charts.Stack("Терапия", (3, 0, 1)), charts.Stack("Пусто", (0, 0, 0))], ("а", "б", "в"), title="Части"),
    "columns": charts.columns([charts.Bar("янв", 3), charts.Bar("фев", 0)], title="Месяцы", marked=0),
    "lines": charts.lines(
        ["янв", "фев", "мар"], [charts.Line("Врачи", (88, 90, 91)), charts.Line("Сёстры", (86, 87, 89), "6 4")], title="Доля", bounds=(84, 100)
    ),
    "line of one point": charts.lines(["янв"], [charts.Line("Врачи", (88,))], title="Доля", bounds=(84, 85)),
    "timeline": charts.timeline(TERMS, title="Сроки", years=(2022, 2030), today=2026.9),
}


def parsed(picture: str) -> Any:
    return ET.fromstring(picture)  # noqa: S314  # we drew it


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
class TestEveryChart:
    def test_is_well_formed(self, picture):
        assert parsed(picture).tag == f"{SVG}svg"

    def test_has_a_title_and_a_description_that_it_points_to(self, picture):
        root = parsed(picture)

        assert root.get("aria-labelledby").split() == [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")]

    def test_has_no_inline_style(self, picture):
        assert " style=" not in picture

    def test_stays_inside_its_width(self, picture):
        shares = [float(node.get("width", "0%").rstrip("%")) + float(node.get("x", "0").rstrip("%")) for node in parsed(picture).iter(f"{SVG}rect")]

        assert all(-0.01 <= share <= 100.5 for share in shares)


def test_two_charts_of_a_page_share_no_id():
    one, other = PICTURES["stacked"], PICTURES["timeline"]
    ids = [{node.get("id") for node in parsed(chart).iter() if node.get("id")} for chart in (one, other)]

    assert ids[0].isdisjoint(ids[1])


def test_the_same_content_gives_the_same_picture():
    assert charts.timeline(TERMS, title="Сроки", years=(2022, 2030), today=2026.9) == PICTURES["timeline"]


def test_a_number_has_a_decimal_comma():
    assert charts.number_text(12.5) == "12,5"
    assert charts.number_text(12) == "12"


def test_the_description_holds_every_value():
    assert "Врачи: с 88% до 91%" in PICTURES["lines"]
