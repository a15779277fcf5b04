import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore

from frmr_portal.session.models import Account


class TestSignIn:
    def test_D6_says_that_there_is_one_door(self, client, db):
        text = client.get("/login/").content.decode()

        assert "<h1>Вы ещё не вошли</h1>" in text
        assert "Войти через Учебный вход" in text

    def test_promises_the_page_that_was_asked_for(self, client, db):
        assert "страница, которую вы запросили" in client.get("/login/?next=/notifications/").content.decode()
        assert "страница, которую вы запросили" not in client.get("/login/").content.decode()

    def test_nobody_signed_in_sees_it(self, portal_client):
        assert portal_client.get("/login/")["Location"] == "/"

    def test_costs_no_query(self, client, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/login/")


class TestSignedOut:
    @pytest.mark.parametrize(
        ("why", "title"),
        [
            ("", "Вы вышли из кабинета"),
            ("idle", "Вы молчали 15 минут, и мы вас отключили"),
            ("total", "Прошло 12 часов, войдите снова"),
            ("blocked", "Ваша учётная запись закрыта"),
            ("<script>", "Вы вышли из кабинета"),
        ],
    )
    def test_says_why(self, client, db, why, title):
        response = client.get("/signed-out/", {"why": why})

        text = response.content.decode().replace("\xa0", " ")
        assert response.status_code == 200
        assert f"<h1>{title}</h1>" in text
        assert "<script>" not in text

    def test_the_way_back_leads_to_the_same_page(self, client, db):
        text = client.get("/signed-out/", {"why": "idle", "next": "/notifications/"}).content.decode()

        assert 'href="/login/?next=%2Fnotifications%2F"' in text

    def test_somebody_signed_in_is_not_told_that_they_left(self, portal_client):
        assert portal_client.get("/signed-out/")["Location"] == "/"


class TestDoor:
    def test_a_page_that_says_nothing_is_closed(self, client, db):
        assert client.get("/audit/me/").status_code == 302

    @pytest.mark.parametrize("path", ["/", "/login/", "/signed-out/", "/access/need-confirmed/", "/about/", "/accessibility/"])
    def test_public_pages_are_open(self, client, db, path):
        assert client.get(path).status_code == 200

    def test_an_unknown_page_is_a_404_for_everybody(self, client, db):
        assert client.get("/nowhere/").status_code == 404

    def test_who_is_signed_in_costs_two_queries_and_one_note(self, portal_client, clock, django_assert_num_queries):
        portal_client.get("/about/")

        with django_assert_num_queries(2):
            portal_client.get("/about/")
        clock.advance(seconds=1)
        # the note that the person is there: savepoint, update, release
        with django_assert_num_queries(5):
            portal_client.get("/about/")

    def test_a_visitor_costs_none(self, client, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/about/")

    def test_signed_out_in_another_tab_meanwhile_is_an_ordinary_visitor(self, portal_client, clock, monkeypatch):
        clock.advance(seconds=5)

        def gone(*_args, **_kwargs):
            raise UpdateError

        monkeypatch.setattr(SessionStore, "save", gone)

        response = portal_client.get("/notifications/")

        assert response["Location"] == "/login/?next=%2Fnotifications%2F"

    def test_the_portal_does_not_trust_the_flag_of_django_alone(self, client, db):
        client.force_login(Account.objects.create_user(oid=1, last_name="Х", first_name="Х"))

        assert client.get("/notifications/").status_code == 302
