"""WCAG 2.2 AA contrast of every pair of colour roles that the components use."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8")
COMPONENTS = (Path(settings.BASE_DIR) / "static/css/components.css").read_text(encoding="utf-8")
TEXT, SHAPE = 4.5, 3.0
STATES = ("ok", "warn", "bad", "info")
PAIRS = [
    *((front, back, TEXT) for front in ("ink", "ink-2", "brand", "brand-hover") for back in ("paper", "surface", "sunken", "brand-soft")),
    *((state, back, TEXT) for state in STATES for back in (f"{state}-soft", "surface", "paper")),
    *((front, f"{state}-soft", TEXT) for front in ("ink", "ink-2") for state in STATES),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    ("on-night", "night", TEXT),
    ("on-night-2", "night", TEXT),
    ("on-night", "night-2", TEXT),
    ("on-saffron", "saffron", TEXT),
    ("on-saffron", "saffron-deep", TEXT),
    ("surface", "bad", TEXT),
    *(("line-strong", back, SHAPE) for back in ("surface", "paper", "sunken")),
    *((f"c{number}", "surface", SHAPE) for number in range(1, 5)),
    ("focus", "paper", SHAPE),
    ("focus", "surface", SHAPE),
    ("saffron", "night", SHAPE),
]


def colours(selector: str) -> dict[str, str]:
    start = TOKENS.index("{", TOKENS.index(selector))
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", TOKENS[start : TOKENS.index("}", start)]))


LIGHT = colours(":root {")
THEMES = {"light": LIGHT, "dark": {**LIGHT, **colours(":root:not(")}}
SCHEMES = {"bw": ("#ffffff", "#000000"), "wb": ("#000000", "#ffffff"), "blue": ("#9dd1ff", "#063462")}


def luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back", "floor"), PAIRS, ids=str)
def test_every_pair_of_colours_can_be_read(theme, front, back, floor):
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= floor


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_for_the_visually_impaired_reaches_seven_to_one(scheme):
    paper, ink = SCHEMES[scheme]

    assert f"--p: {paper}; --i: {ink};" in TOKENS
    assert contrast(paper, ink) >= 7


def test_components_take_colours_from_the_roles_only():
    screen = COMPONENTS.split("@layer print")[0]

    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", screen)) <= {"#fff"}
