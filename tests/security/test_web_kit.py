"""WEB: the door of both sites."""

import re
from pathlib import Path

import pytest
from django.conf import settings as stand
from django.core.management import call_command
from django.test import Client

BROKEN = "\xff\xfe"  # bytes of the wire as PEP 3333 carries them; not UTF-8
BOUNDARY = "multipart/form-data; boundary=b"


@pytest.fixture(params=["portal", "provider"], autouse=True)
def side(request) -> str:
    if request.param == "provider":
        request.getfixturevalue("as_provider")
    return request.param


def part(name: bytes, value: bytes, filename: bytes | None = None) -> bytes:
    file = b"" if filename is None else b'; filename="' + filename + b'"'
    return b'--b\r\nContent-Disposition: form-data; name="' + name + b'"' + file + b"\r\n\r\n" + value + b"\r\n--b--\r\n"


class TestWeb03Host:
    """WEB-03: a foreign host is refused without reflection."""

    @pytest.mark.parametrize(
        "host",
        [
            "evil.test",
            "127.0.0.1:8000,evil.test",
            "evil.test,127.0.0.1",
            "127.0.0.1:8000@evil.test",
            "127.0.0.1.evil.test",
            "localhost evil.test",
            "http://127.0.0.1",
            "",
            "a" * 300,
        ],
    )
    def test_WEB_03_a_foreign_host_is_refused_and_not_repeated(self, host):
        response = Client(raise_request_exception=False).get("/about/", HTTP_HOST=host)

        assert response.status_code == 400
        assert "evil" not in response.content.decode()
        assert not any("evil" in value for value in response.headers.values())

    def test_WEB_03_a_forwarded_host_has_no_say(self):
        response = Client().get("/about/", HTTP_X_FORWARDED_HOST="evil.test")

        assert response.status_code == 200
        assert "evil.test" not in response.content.decode()


class TestWeb05Encoding:
    """WEB-05: what is not UTF-8 is refused, never guessed."""

    @pytest.mark.parametrize("path", ["/%ff", "/about/%c3%28", "/%ed%a0%80/", "/about/%00"])
    def test_WEB_05_a_path_that_is_not_utf_8_is_refused(self, client, path):
        assert client.get(path).status_code == 400

    @pytest.mark.parametrize("query", ["a=%ff", "%c3%28=1", "a=%ed%a0%80", "a=%f4%90%80%80", "a=%00", f"a={BROKEN}"])
    def test_WEB_05_a_query_that_is_not_utf_8_is_refused(self, client, query):
        assert client.get("/about/", QUERY_STRING=query).status_code == 400

    @pytest.mark.parametrize("header", ["HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE", "HTTP_X_ANYTHING"])
    def test_WEB_05_a_header_that_is_not_utf_8_is_refused(self, client, header):
        assert client.get("/about/", **{header: f"a={BROKEN}"}).status_code == 400

    @pytest.mark.parametrize("body", [b"next=%ff", b"%c3%28=1", b"next=\xff", b"next=%00"])
    def test_WEB_05_a_form_that_is_not_utf_8_is_refused(self, client, body):
        response = client.generic("POST", "/view/", b"view=contrast&" + body, content_type="application/x-www-form-urlencoded")

        assert response.status_code == 400
        assert not {"frmr_view", "esia_stand_view"} & set(response.cookies)

    @pytest.mark.parametrize(
        "body",
        [part(b"next", b"\xff"), part(b"\xff", b"1"), part(b"next", b"a\x00b"), part(b"file", b"1", b"\xff.pdf")],
        ids=["value", "name", "nul", "file name"],
    )
    def test_WEB_05_a_multipart_form_that_is_not_utf_8_is_refused(self, client, body):
        assert client.generic("POST", "/view/", body, content_type=BOUNDARY).status_code == 400

    def test_WEB_05_a_form_in_another_encoding_is_refused(self, client):
        body = "view=contrast&next=/кабинет/".encode("cp1251")

        assert client.generic("POST", "/view/", body, content_type="application/x-www-form-urlencoded; charset=windows-1251").status_code == 400

    def test_WEB_05_russian_text_in_utf_8_is_welcome(self, client):
        assert client.get("/about/", {"q": "кабинет"}).status_code == 200
        assert client.get("/about/", HTTP_X_ANYTHING="кабинет".encode().decode("latin-1")).status_code == 200
        assert client.post("/view/", {"view": "contrast", "next": "/about/?q=кабинет"})["Location"] == "/about/?q=%D0%BA%D0%B0%D0%B1%D0%B8%D0%BD%D0%B5%D1%82"
        assert client.generic("POST", "/view/", part(b"view", b"contrast"), content_type=BOUNDARY).status_code == 303


class TestHeaders:
    """WEB-02 and WEB-10: a strict policy, and no word about the programs inside."""

    def test_WEB_02_the_policy_allows_nothing_unsafe_and_nothing_foreign(self, client):
        policy = client.get("/about/")["Content-Security-Policy"]

        assert "unsafe" not in policy
        assert "*" not in policy
        assert set(re.findall(r"https?://\S+?(?=[ ;]|$)", policy)) <= {stand.ESIA_PUBLIC_URL}

    def test_WEB_10_no_header_names_the_program(self, client):
        response = client.get("/about/")

        assert {"Server", "X-Powered-By", "Via"}.isdisjoint(response.headers)

    def test_the_id_of_a_request_is_ours(self, client):
        response = client.get("/about/", HTTP_X_REQUEST_ID="<script>")

        assert re.fullmatch(r"[0-9a-f]{12}", response["X-Request-ID"])


class TestStaticFiles:
    def test_every_address_inside_a_stylesheet_leads_to_a_file(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

        call_command("collectstatic", interactive=False, verbosity=0)

        css = next(tmp_path.glob("css/tokens.*.css")).read_text(encoding="utf-8")
        assert len(re.findall(r'url\("\.\./fonts/[a-z-]+\.[0-9a-f]{12}\.woff2"\)', css)) == 2

    @pytest.mark.parametrize("path", sorted(Path(stand.BASE_DIR, "static").rglob("*.[cj]s*")), ids=lambda path: path.name)
    def test_WEB_02_no_stylesheet_or_script_names_a_foreign_address(self, path):
        assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", path.read_text(encoding="utf-8")) == []
