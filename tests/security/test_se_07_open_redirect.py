"""SE-07: whatever stands in `next`, the browser stays on this site."""

from urllib.parse import urljoin, urlsplit

import pytest

from frmr_portal.base.kit.http import HOME, local_address

CORPUS = [
    "http://evil.test/",
    "https://evil.test",
    "HTTP://EVIL.TEST/",
    "ftp://evil.test/",
    "//evil.test",
    "//evil.test/%2e%2e",
    "///evil.test",
    "////evil.test",
    "/\\evil.test",
    "\\/evil.test",
    "\\\\evil.test",
    "/\\/evil.test",
    "/\t/evil.test",
    "/\n/evil.test",
    "/\r\nLocation: http://evil.test/",
    "\t//evil.test",
    " //evil.test",
    "\u00a0//evil.test",
    "/\u2028/evil.test",
    "/\u200b/evil.test",
    "/\u0000/evil.test",
    "/\u0085/evil.test",
    "http:evil.test",
    "http:/evil.test",
    "http:///evil.test",
    "https:\\\\evil.test",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "mailto:a@evil.test",
    "evil.test",
    "evil.test/path",
    "@evil.test",
    "http://127.0.0.1:8000@evil.test/",
    "http://127.0.0.1.evil.test/",
    "http://[::1]@evil.test/",
    "http://evil.test#127.0.0.1",
    "?next=//evil.test",
    "#//evil.test",
    "%2F%2Fevil.test",
    "../../evil.test",
    "",
]
OWN = ["/", "/about/", "/about/?q=1&r=2#top", "/search/?q=%D0%B0", "/a//b/", "/https://evil.test", "/login/?next=/about/"]


def lands_on(address: str) -> str:
    return urlsplit(urljoin("http://127.0.0.1:8000/page/", address)).netloc


def test_the_corpus_is_long_enough():
    assert len(set(CORPUS)) >= 40


@pytest.mark.parametrize("candidate", CORPUS)
def test_SE_07_a_foreign_address_becomes_the_home_page(candidate):
    """SE-07."""
    assert local_address(candidate) == HOME


@pytest.mark.parametrize("candidate", OWN)
def test_SE_07_an_own_path_is_kept(candidate):
    assert local_address(candidate) == candidate
    assert lands_on(candidate) == "127.0.0.1:8000"


@pytest.mark.parametrize("side", ["portal", "provider"])
@pytest.mark.parametrize("candidate", CORPUS)
def test_SE_07_the_switch_of_the_view_stays_on_the_site(client, request, side, candidate):
    if side == "provider":
        request.getfixturevalue("as_provider")

    response = client.post("/view/", {"view": "contrast", "next": candidate})

    # a NUL byte is refused before the view sees it
    assert response.status_code == (400 if "\0" in candidate else 303)
    assert response.get("Location", HOME) == HOME
