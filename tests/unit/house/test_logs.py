"""What may stand in a log line, and what must not."""

import json
import logging
import logging.config

import pytest
import structlog
from django.http import HttpResponse
from django.test import RequestFactory

from frmr_portal import logs
from frmr_portal.access_log import AccessLogMiddleware

CANARY_SNILS = "000-000-600 06"
CANARY_SECRETS = (
    "code=c0decanary",
    "?state=5a7e-canary&code=c0decanary",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMDAwIn0.c2lnbmF0dXJl",
    "client_secret=MIIcanary",
    "+7 000 123-45-67",
    "doctor@clinic.test",
    CANARY_SNILS,
    "00000060006",
    "000 000 600 06",
)


def rendered(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """Return what the configured handler would have written for the captured records."""
    config = logs.logging_config(level="INFO", readable=False)
    formatter = logging.config.DictConfigurator(config).configure_formatter(config["formatters"]["stand"])
    return [json.loads(formatter.format(record)) for record in caplog.records]


class TestHide:
    @pytest.mark.parametrize("secret", CANARY_SECRETS)
    def test_PR_01_a_secret_in_the_text_is_hidden_whoever_logs_it(self, caplog, secret):
        logging.getLogger("some.library").warning("before %s after", secret)

        (line,) = rendered(caplog)
        canary = secret.split("=")[-1]
        assert canary not in json.dumps(line, ensure_ascii=False)
        assert str(line["event"]).startswith("before ")
        assert str(line["event"]).endswith(" after")

    @pytest.mark.parametrize("name", ["password", "client_secret", "Set-Cookie", "STATE", "id_token", "code"])
    def test_OA_30_a_value_under_a_secret_name_is_hidden(self, caplog, name):
        structlog.get_logger("stand").warning("event", **{name: "canary", "nested": {name: ["canary"]}})

        (line,) = rendered(caplog)
        assert "canary" not in json.dumps(line)
        assert line[name] == logs.HIDDEN

    def test_PR_01_a_number_keeps_the_digits_that_the_pages_show(self):
        assert logs.hide_in_text(f"person {CANARY_SNILS} signed in") == "person 000-***-*** 06 signed in"

    def test_PR_01_a_number_inside_a_traceback_is_hidden(self, caplog):
        try:
            int(CANARY_SNILS)
        except ValueError:
            logging.getLogger("some.library").exception("failed")

        (line,) = rendered(caplog)
        assert "ValueError" in str(line["exception"])
        assert CANARY_SNILS not in str(line["exception"])

    def test_leaves_ids_statuses_and_plain_words_alone(self, caplog):
        structlog.get_logger("stand").warning("done", request_id="000123456789", code=404, seconds=0.25, flag=True, nothing=None, words=["a", 7])

        (line,) = rendered(caplog)
        assert line["request_id"] == "000123456789"
        assert (line["code"], line["seconds"], line["flag"], line["nothing"]) == (404, 0.25, True, None)
        assert line["words"] == ["a", "7"]


class TestAccessLog:
    def test_OA_30_the_line_of_a_request_has_its_id_and_no_query(self, caplog):
        request = RequestFactory().get("/callback/", {"code": "c0decanary", "state": "5a7e"})
        request.request_id = "0123456789ab"

        with caplog.at_level("INFO"):
            AccessLogMiddleware(lambda _request: HttpResponse())(request)

        (line,) = rendered(caplog)
        assert line["request"] == "GET /callback/"
        assert (line["request_id"], line["code"]) == ("0123456789ab", 200)
        assert "c0decanary" not in json.dumps(line)


class TestFormats:
    def test_a_person_at_a_terminal_reads_text(self):
        config = logs.logging_config(level="INFO", readable=True)
        formatter = logging.config.DictConfigurator(config).configure_formatter(config["formatters"]["stand"])
        record = logging.makeLogRecord({"name": "stand", "levelname": "WARNING", "msg": "привет"})

        text = formatter.format(record)

        assert "привет" in text
        assert not text.startswith("{")
