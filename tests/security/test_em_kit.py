"""EM: nobody can take the stand for a state site."""

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings as stand

from frmr_portal.base.kit.hosts import is_loopback

STATIC = Path(stand.BASE_DIR) / "static"
TEMPLATES = Path(stand.BASE_DIR) / "templates"
CSS = {path.name: path.read_text(encoding="utf-8") for path in STATIC.rglob("*.css")}
# colours by which people know the state sites; the palette of the stand keeps away from them
STATE_COLOURS = ("0065b1", "ee3f58", "0d4cd3", "1d5deb", "0b40b3", "0173c1", "004899", "d52b1e", "0039a6", "0072bc")
NEAR = 24
STATE_FONTS = ("Lato", "Golos", "Montserrat", "PT Serif")
# every picture and font that a browser gets, with its origin; a new one is added here by hand after a look at it
KNOWN_MEDIA = {
    "fonts/onest-cyrillic-wght-normal.woff2": ("Onest, OFL 1.1", "68e5e01d6265bd68"),
    "fonts/onest-latin-wght-normal.woff2": ("Onest, OFL 1.1", "052df74533250c2e"),
    "img/mark.svg": ("drawn for the stand", "6614c9aea139e20f"),
}
MEDIA = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.suffix.lower() not in {".css", ".js", ".txt"} and path.is_file()}


@pytest.fixture(params=["portal", "provider"])
def side(request) -> str:
    if request.param == "provider":
        request.getfixturevalue("as_provider")
    return request.param


def rgb(colour: str) -> tuple[int, int, int]:
    full = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    return int(full[:2], 16), int(full[2:4], 16), int(full[4:6], 16)


def distance(one: str, other: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(rgb(one), rgb(other), strict=True)) ** 0.5


class TestEm03:
    """EM-03: a stand that others can reach says so."""

    @pytest.mark.parametrize("bind", ["127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost"])
    def test_EM_03_knows_an_address_of_this_machine_alone(self, bind):
        assert is_loopback(bind)

    @pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.1.5", "stand.example", ""])
    def test_EM_03_knows_an_address_that_others_can_reach(self, bind):
        assert not is_loopback(bind)

    @pytest.mark.parametrize("address", ["/about/", "/nowhere/"])
    def test_EM_03_an_open_stand_warns_on_every_page(self, client, side, settings, address):
        settings.BIND = "0.0.0.0"

        assert "Стенд открыт для сети" in client.get(address).content.decode()

    def test_EM_03_a_closed_stand_does_not_cry(self, client, side):
        assert "Стенд открыт для сети" not in client.get("/about/").content.decode()


class TestEm04:
    """EM-04: every page carries the mark, also without style and on paper."""

    @pytest.mark.parametrize("address", ["/about/", "/accessibility/", "/nowhere/", "/view/"])
    def test_EM_04_every_page_says_what_it_is_without_any_style(self, client, side, address):
        page = client.get(address).content.decode()

        assert "Учебный стенд. Не вводите настоящие данные" in re.sub(r"<[^>]+>", "", page)
        assert page.split("</title>")[0].endswith("Учебный стенд")

    def test_EM_04_every_page_grows_from_the_frame_that_carries_the_mark(self):
        roots = {re.search(r'{% extends "([^"]+)" %}', source)[1] for source in sources() if "{% extends" in source}

        assert roots <= {"base.html", "layouts/cabinet.html", "layouts/gate.html", "layouts/plain.html"}
        assert [source[:60] for source in sources() if "<html" in source and "kit/banner.html" not in source] == []

    def test_EM_04_no_page_can_leave_the_mark_out(self):
        frame = (TEMPLATES / "base.html").read_text(encoding="utf-8")
        before = frame[: frame.index("kit/banner.html")]

        assert before.count("{% block") == before.count("{% endblock")
        assert before.count("{% if") == before.count("{% endif")

    def test_EM_04_the_mark_is_printed(self):
        printed = CSS["components.css"].split("@media print")[1]
        hidden = re.findall(r"([^{}]+){[^}]*display:\s*none", printed)

        assert not any(selector.strip() in {".stand", ".stand__in"} for rule in hidden for selector in rule.split(","))
        assert "Учебный стенд: документ не имеет юридической силы" in CSS["components.css"].split("@layer print")[1]

    def test_EM_04_the_mark_stays_on_the_screen_while_the_page_is_scrolled(self):
        assert re.search(r"\.stand {[^}]*position: sticky", CSS["components.css"])


def sources() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]


class TestEm07:
    """EM-07: no field asks for a password kept for another site."""

    def test_EM_07_no_password_field_invites_a_saved_password(self):
        """The browser must not offer a password of another site."""
        fields = [field for source in sources() for field in re.findall(r"<input[^>]*type=\"password\"[^>]*>", source)]

        assert [field for field in fields if 'autocomplete="off"' not in field and 'autocomplete="new-password"' not in field] == []


class TestEm08:
    """EM-08: no colours, fonts, pictures or names of the state sites."""

    @pytest.mark.parametrize("name", CSS)
    def test_EM_08_no_colour_is_near_one_of_the_state_sites(self, name):
        used = {found.lower() for found in re.findall(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", CSS[name])}

        assert [(ours, theirs) for ours in used for theirs in STATE_COLOURS if distance(ours, theirs) < NEAR] == []

    @pytest.mark.parametrize("name", CSS)
    def test_EM_08_no_font_of_the_state_sites_is_used(self, name):
        fonts = " ".join(re.findall(r"(?:--font|font-family|font):\s*([^;]+);", CSS[name]))

        assert [font for font in STATE_FONTS if font in fonts] == []

    def test_EM_08_every_picture_and_font_is_known(self):
        found = {name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for name, path in MEDIA.items()}

        assert found == {name: digest for name, (_, digest) in KNOWN_MEDIA.items()}

    def test_EM_08_no_emblem_of_the_state_is_drawn(self):
        files = [path.name.lower() for path in [*STATIC.rglob("*"), *Path(stand.BASE_DIR, "frmr_portal/base/kit/icons").iterdir()]]
        emblems = ("gerb", "coat", "eagle", "gosuslugi", "minzdrav", "esia", "egisz", "logo")

        assert [name for name in files if any(word in name for word in emblems)] == []

    def test_EM_08_no_title_uses_a_name_of_a_state_site(self):
        titles = [title for source in sources() for title in re.findall(r"{% block title %}(.*?){% endblock %}", source, re.DOTALL)]

        assert [title for title in titles if re.search(r"госуслуг|есиа|минздрав", title, re.IGNORECASE)] == []


class TestEm11:
    """EM-11: no robot keeps a page."""

    @pytest.mark.parametrize("address", ["/about/", "/accessibility/", "/nowhere/", "/robots.txt"])
    def test_EM_11_every_answer_sends_robots_away(self, client, side, address):
        assert client.get(address)["X-Robots-Tag"] == "noindex, nofollow"

    @pytest.mark.parametrize("address", ["/about/", "/nowhere/"])
    def test_EM_11_every_page_sends_robots_away(self, client, side, address):
        assert '<meta name="robots" content="noindex, nofollow">' in client.get(address).content.decode()

    def test_EM_11_the_file_for_robots_closes_everything(self, client, side):
        response = client.get("/robots.txt")

        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content.decode() == "User-agent: *\nDisallow: /\n"
