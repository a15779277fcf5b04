import io
import threading

import pytest
import requests

from gosuslugi_auth.client import failures, transport
from tests.plugins.esia import json_of, response_of

URL = "http://localhost:8001/rs/prns/1"


@pytest.fixture
def get(esia):
    return lambda: transport.get_json(URL, token="t", deadline=transport.Deadline())


@pytest.fixture
def post(esia):
    return lambda: transport.post_form("http://localhost:8001/aas/oauth2/v3/te", {"code": "c"}, deadline=transport.Deadline())


class CutShort(io.BytesIO):
    """A body whose connection closes half-way."""

    def read(self, *_size):
        if self.tell():
            raise requests.exceptions.ChunkedEncodingError("cut")
        return super().read(10)


class TestCalls:
    def test_a_get_carries_the_token_and_asks_for_plain_json(self, esia, get):
        assert get().body["lastName"] == "Тестова"

        headers = esia.calls[0].headers
        assert headers["Authorization"] == "Bearer t"
        assert headers["Accept-Encoding"] == "identity"

    def test_a_form_is_sent_as_a_form(self, esia, post):
        assert post().status == 200
        assert esia.calls[0].body == "code=c"

    def test_a_refusal_is_an_answer(self, esia, get):
        esia.will("/1", 403, {"code": "ESIA-005029"})

        assert (get().status, get().body) == (403, {"code": "ESIA-005029"})

    def test_the_limits_are_those_of_the_programme(self):
        assert (transport.CONNECT_SECONDS, transport.READ_SECONDS, transport.LARGEST_BYTES) == (2, 5, 256 * 1024)
        assert (transport.breaker.limit, transport.breaker.rest_seconds) == (5, 30)

    def test_requests_gets_the_limits_and_follows_nothing(self, esia, get, monkeypatch):
        seen = {}
        monkeypatch.setattr(type(esia), "send", lambda _self, _request, **given: seen.update(given) or json_of(200, {}))

        get()

        assert seen["timeout"] == (2, 5)
        assert seen["stream"] is True

    def test_proxies_and_netrc_of_the_machine_are_not_used(self):
        assert transport.new_session().trust_env is False


class TestFailures:
    @pytest.mark.parametrize(
        "error",
        [requests.ConnectTimeout(), requests.ReadTimeout(), requests.ConnectionError(), requests.exceptions.InvalidHeader()],
    )
    def test_fault_11_no_answer(self, esia, post, error):
        esia.fail("/te", error)

        with pytest.raises(failures.ProviderUnavailable):
            post()

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_fault_11_an_error_of_the_server(self, esia, post, status):
        esia.will("/te", status, {"error": "server_error"})

        with pytest.raises(failures.ProviderUnavailable):
            post()

    ANSWERS = {
        "html": response_of(200, b"<html>", "text/html"),
        "no type": response_of(200, b"{}", ""),
        "garbage": response_of(200, b"\x00\xff{"),
        "a list": response_of(200, b"[]"),
        "empty": response_of(200, b""),
        "deep": response_of(200, b"[" * 100_000),
        "redirect": response_of(302, b"{}", Location="http://evil.test/"),
        "not modified": response_of(304, b"{}"),
        "10 MB": response_of(200, b'{"a": "' + b"x" * 10_000_000 + b'"}'),
        "one byte too many": response_of(200, b'{"a":"' + b"x" * (256 * 1024 - 7) + b'"}'),
    }

    @pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
    def test_fault_11_an_answer_that_cannot_be_used(self, esia, post, answer):
        esia.answers["/te"] = lambda _request: answer

        with pytest.raises(failures.AnswerUnusable):
            post()

    def test_an_answer_of_exactly_256_kb_is_read(self, esia, post):
        esia.answers["/te"] = lambda _request: response_of(200, b'{"a":"' + b"x" * (256 * 1024 - 8) + b'"}')

        assert post().status == 200

    def test_fault_11_an_answer_cut_in_the_middle(self, esia, post):
        esia.answers["/te"] = lambda _request: response_of(200, CutShort(b'{"a": 1, "b": 2}'))

        with pytest.raises(failures.ProviderUnavailable):
            post()

    def test_fault_11_an_answer_that_never_ends_is_left_at_the_deadline(self, esia):
        released = threading.Event()
        esia.answers["/te"] = lambda _request: released.wait(20) and json_of(200, {})
        try:
            with pytest.raises(failures.ProviderUnavailable):
                transport.post_form("http://localhost:8001/te", {}, deadline=transport.Deadline(seconds=0.05))
        finally:
            released.set()

    def test_the_whole_sign_in_has_six_seconds(self):
        assert transport.Deadline().left() <= 6


class TestRepetition:
    def test_a_get_without_an_answer_is_repeated_once(self, esia, get):
        esia.fail("/1", requests.ConnectionError())

        with pytest.raises(failures.ProviderUnavailable):
            get()

        assert len(esia.calls) == 2

    def test_the_second_answer_counts(self, esia, get):
        answers = iter([json_of(503, {}), json_of(200, {"ok": True})])
        esia.answers["/1"] = lambda _request: next(answers)

        assert get().body == {"ok": True}

    def test_a_form_is_never_repeated(self, esia, post):
        esia.fail("/te", requests.ConnectionError())

        with pytest.raises(failures.ProviderUnavailable):
            post()

        assert len(esia.calls) == 1

    def test_an_unusable_answer_is_not_asked_for_again(self, esia, get):
        esia.answers["/1"] = lambda _request: response_of(200, b"<html>", "text/html")

        with pytest.raises(failures.AnswerUnusable):
            get()

        assert len(esia.calls) == 1


class TestBreaker:
    def make(self):
        self.time = 100.0
        return transport.Breaker(timer=lambda: self.time)

    def opened(self):
        breaker = self.make()
        for _ in range(5):
            breaker.check()
            breaker.failed()
        return breaker

    def test_four_failures_are_not_enough(self):
        breaker = self.make()
        for _ in range(4):
            breaker.failed()

        breaker.check()

    def test_five_failures_in_a_row_open_it(self):
        with pytest.raises(failures.ProviderResting):
            self.opened().check()

    def test_a_success_in_between_starts_the_count_anew(self):
        breaker = self.make()
        for _ in range(4):
            breaker.failed()
        breaker.succeeded()
        breaker.failed()

        breaker.check()

    def test_rests_for_thirty_seconds(self):
        breaker = self.opened()
        self.time += 29.9

        with pytest.raises(failures.ProviderResting):
            breaker.check()

    def test_then_one_caller_tries_and_the_others_wait_for_the_result(self):
        breaker = self.opened()
        self.time += 30

        breaker.check()
        with pytest.raises(failures.ProviderResting):
            breaker.check()

        breaker.succeeded()
        breaker.check()

    def test_a_failed_try_opens_it_again(self):
        breaker = self.opened()
        self.time += 30
        breaker.check()
        breaker.failed()
        self.time += 29

        with pytest.raises(failures.ProviderResting):
            breaker.check()

    def test_calls_are_not_even_made_while_it_is_open(self, esia, post):
        esia.fail("/te", requests.ConnectionError())
        for _ in range(5):
            with pytest.raises(failures.ProviderUnavailable):
                post()

        with pytest.raises(failures.ProviderResting):
            post()

        assert len(esia.calls) == 5

    def test_a_refusal_of_the_provider_is_no_failure(self, esia, post):
        esia.will("/te", 400, {"error": "invalid_grant"})

        for _ in range(10):
            assert post().status == 400
