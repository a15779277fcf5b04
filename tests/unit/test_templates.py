"""Rules that hold for every template of the project."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from djhtml.modes import DjHTML

from frmr_portal.base.kit import nav, pictures

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
SOURCES = {name: (ROOT / name).read_text(encoding="utf-8") for name in TEMPLATES}
PAGES = [name for name, source in SOURCES.items() if "{% extends" in source and not name.startswith("layouts/")]

TRANSLATED = re.compile(
    r"{#.*?#}"
    r"|{% comment.*?{% endcomment %}"
    r"|{% blocktranslate\b.*?{% endblocktranslate %}"
    r"|{% (?:translate|plural)\b.*?%}"
    r"|_\(\"[^\"]*\"\)|_\('[^']*'\)",
    re.DOTALL,
)
FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "remote address": re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
ICON_USES = re.compile(r"{% icon [\"']([^\"']+)[\"']|\bicon=[\"']([^\"']+)[\"']")


@pytest.mark.parametrize("name", TEMPLATES)
class TestEveryTemplate:
    def test_compiles(self, name):
        assert get_template(name)

    def test_has_every_russian_word_inside_a_translation(self, name):
        rest = TRANSLATED.sub("", SOURCES[name])

        assert re.findall(r"[^\n]*[А-Яа-яЁё][^\n]*", rest) == []

    @pytest.mark.parametrize("kind", FORBIDDEN)
    def test_keeps_the_strict_policy(self, name, kind):
        assert FORBIDDEN[kind].findall(SOURCES[name]) == []

    def test_names_icons_that_exist(self, name):
        used = {first or second for first, second in ICON_USES.findall(SOURCES[name])}

        assert {icon for icon in used if not (pictures.FOLDER / f"{icon}.svg").is_file()} == set()

    def test_is_indented_by_two_spaces(self, name):
        assert DjHTML(SOURCES[name]).indent(2) == SOURCES[name]

    def test_posts_forms_with_a_token(self, name):
        forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", SOURCES[name], re.DOTALL | re.IGNORECASE)

        assert [form[:80] for form in forms if "{% csrf_token %}" not in form] == []

    def test_says_how_each_form_is_sent(self, name):
        """WEB-09: a form without a method would send its fields in the address."""
        assert re.findall(r"<form\b(?![^>]*method=)[^>]*>", SOURCES[name]) == []


def headings(source: str) -> set[int]:
    """Count the headings of the first level on every way through the branches of a template."""
    counts, frames = {0}, []
    for word in re.findall(r"<h1\b|{% (if|elif|else|endif)\b", source):
        match word:
            case "":
                counts = {count + 1 for count in counts}
            case "if":
                frames.append((counts, set(), False))
            case "elif" | "else":
                before, done, _ = frames.pop()
                frames.append((before, done | counts, word == "else"))
                counts = before
            case "endif":
                before, done, is_complete = frames.pop()
                counts = done | counts | (set() if is_complete else before)
    return counts


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_one_heading_of_the_first_level_on_every_branch(name):
    assert headings(SOURCES[name]) == {1}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h1>a</h1>", {1}),
        ("{% if a %}<h1>a</h1>{% else %}<h1>b</h1>{% endif %}", {1}),
        ("{% if a %}<h1>a</h1>{% elif b %}<h1>b</h1>{% endif %}", {0, 1}),
        ("<h1>a</h1>{% if a %}<h1>b</h1>{% endif %}", {1, 2}),
    ],
)
def test_the_counter_of_headings_follows_branches(source, expected):
    assert headings(source) == expected


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_itself_in_the_title(name):
    assert "{% block title %}" in SOURCES[name]


def test_every_section_of_the_navigation_has_its_icon():
    for section in nav.sections():
        assert pictures.inline_icon(section.icon)


@pytest.mark.parametrize("path", sorted(pictures.FOLDER.glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_can_be_drawn_inline(path):
    markup = pictures.inline_icon(path.stem)

    assert markup.startswith('<svg class="icon"')
    assert markup.endswith("</svg>")
    assert "style" not in markup
    assert "<!--" not in markup
