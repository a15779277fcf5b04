"""What a watcher of the process is told."""

import pytest
from django.db import DatabaseError, connection

SIDES = ["portal", "provider"]


@pytest.fixture(params=SIDES)
def side(request):
    if request.param == "provider":
        request.getfixturevalue("as_provider")
    return request.param


@pytest.mark.usefixtures("side")
class TestLive:
    def test_answers_without_the_database_and_without_a_session(self, client):
        response = client.get("/health/live")

        assert (response.status_code, response.content) == (200, b"ok")
        assert not response.cookies

    def test_changes_nothing(self, client):
        assert client.post("/health/live").status_code == 405


@pytest.mark.usefixtures("side")
class TestReady:
    @pytest.mark.django_db
    def test_asks_the_database_once(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):
            response = client.get("/health/ready")

        assert (response.status_code, response.json()) == (200, {"database": "ok"})
        assert response["Cache-Control"] == "no-store"

    @pytest.mark.django_db
    def test_says_so_when_the_database_does_not_answer(self, client, monkeypatch):
        def refuse(*_arguments, **_options):
            raise DatabaseError("gone")

        monkeypatch.setattr(connection, "cursor", refuse)

        response = client.get("/health/ready")

        assert (response.status_code, response.json()) == (503, {"database": "unavailable"})

    @pytest.mark.django_db
    def test_answers_a_watcher_behind_the_proxy_that_ends_tls(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True

        assert client.get("/health/ready").status_code == 200
