"""WEB-03, WEB-08, WEB-10 against the real web server: what a test client of Django never sends."""

import re
import socket

import pytest

pytestmark = [pytest.mark.stand, pytest.mark.timeout(180)]

EVIL = "evil.example"


def talk(port: int, *lines: str, body: str = "") -> bytes:
    """Send bytes as they are and return everything that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(("\r\n".join((*lines, "", "")) + body).encode("latin-1"))
        answer = b""
        while fresh := line.recv(65536):
            answer += fresh
    return answer


def statuses(answer: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3})", answer)]


@pytest.fixture(params=["portal", "provider"])
def port(request, running_stand) -> int:
    return running_stand.port if request.param == "portal" else running_stand.esia_port


@pytest.fixture
def host(port) -> str:
    return f"Host: localhost:{port}"


class TestWeb03Host:
    @pytest.mark.parametrize("order", [1, -1], ids=["ours first", "ours last"])
    def test_WEB_03_two_hosts_are_refused(self, port, host, order):
        hosts = (host, f"Host: {EVIL}")[::order]

        answer = talk(port, "GET /login/ HTTP/1.1", *hosts, "Connection: close")

        assert statuses(answer) == [400]
        assert EVIL.encode() not in answer

    @pytest.mark.parametrize("lines", [(f"Host: {EVIL}",), ()], ids=["foreign", "none"])
    def test_WEB_03_a_foreign_or_missing_host_is_refused(self, port, lines):
        answer = talk(port, "GET /login/ HTTP/1.1", *lines, "Connection: close")

        assert statuses(answer) == [400]
        assert EVIL.encode() not in answer

    def test_WEB_03_the_host_of_an_absolute_address_has_no_say(self, port, host):
        answer = talk(port, f"GET http://{EVIL}/login/ HTTP/1.1", host, "Connection: close")

        assert EVIL.encode() not in answer


SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"


class TestWeb08Smuggling:
    @pytest.mark.parametrize(
        ("lines", "body"),
        [
            pytest.param(("Content-Length: 6", "Content-Length: 5"), "abcdef", id="two lengths"),
            pytest.param(("Content-Length: 6, 6",), "abcdef", id="list of lengths"),
            pytest.param(("Content-Length: +6",), "abcdef", id="signed length"),
            pytest.param(("Transfer-Encoding : chunked",), "0\r\n\r\n", id="space before the colon"),
            pytest.param(("Transfer-Encoding: xchunked",), "0\r\n\r\n", id="unknown encoding"),
            pytest.param(("Transfer-Encoding: chunked, identity",), "0\r\n\r\n", id="chunked is not last"),
            pytest.param(("Transfer-Encoding: chunked", "Transfer-Encoding: identity"), "0\r\n\r\n", id="two encodings"),
            pytest.param(("X-Folded: one\r\n two",), "", id="obs-fold"),
            pytest.param(("X-Zero: a\0b",), "", id="NUL in a header"),
        ],
    )
    def test_WEB_08_an_ambiguous_request_is_refused(self, port, host, lines, body):
        answer = talk(port, "POST /login/ HTTP/1.1", host, *lines, body=body)

        assert statuses(answer) == [400]

    @pytest.mark.parametrize("order", [1, -1], ids=["CL.TE", "TE.CL"])
    def test_WEB_08_length_and_encoding_together_end_the_connection(self, port, host, order):
        """RFC 9112, 6.1: the encoding counts and the connection closes, so what follows is never a request."""
        lines = ("Content-Length: 6", "Transfer-Encoding: chunked")[::order]

        answer = talk(port, "POST /login/ HTTP/1.1", host, *lines, body=f"0\r\n\r\n{SMUGGLED}")

        assert len(statuses(answer)) == 1
        assert b"smuggled" not in answer

    def test_WEB_08_an_endless_header_is_refused(self, port, host):
        assert statuses(talk(port, "GET /login/ HTTP/1.1", host, "X-Long: " + "a" * 600_000)) == [431]


class TestWeb10Silence:
    @pytest.mark.parametrize("path", ["/login/", "/no-such-page/", "/static/no-such-file.css", "/%00", "/../../etc/passwd"])
    def test_WEB_10_no_answer_names_a_program_or_shows_its_inside(self, port, host, path):
        answer = talk(port, f"GET {path} HTTP/1.1", host, "Connection: close")

        assert statuses(answer)[0] < 500
        assert not re.search(rb"(?i)granian|django|python|hyper/|traceback|settings|site-packages|x-powered-by", answer)


class TestOa30Logs:
    def test_OA_30_the_logs_of_the_stand_hold_paths_and_no_queries(self, running_stand, port, host):
        talk(port, "GET /login/?code=c0decanary&state=5a7ecanary HTTP/1.1", host, "Referer: http://x.test/?code=c0decanary", "Connection: close")

        logs = {path.name: path.read_text(encoding="utf-8") for path in (running_stand.data_dir / "logs").iterdir()}
        assert '"request": "GET /login/"' in logs["portal.log"] + logs["provider.log"]
        assert not [name for name, text in logs.items() if "canary" in text]
