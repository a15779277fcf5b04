from uuid import uuid4

import pytest
from django.urls import reverse

INDEX = "notifications:index"


def show(client, **query) -> str:
    response = client.get(reverse(INDEX), query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


class TestIndex:
    def test_an_empty_page_says_when_something_will_appear(self, open_as, accounts):
        page = show(open_as(accounts["doctor"]))

        assert "Уведомлений пока нет" in page
        assert "Первое уведомление появится после входа" in page
        assert "Отметить все прочитанными" not in page

    def test_B5_a_new_notification_is_on_the_page_and_on_the_bell(self, open_as, accounts, tell):
        """B5: bell and list."""
        tell()

        page = show(open_as(accounts["doctor"]))

        assert "Новых уведомлений: 1" in page
        assert "Вход выполнен" in page
        assert "Если это были не вы, завершите сеанс" in page
        assert '<span class="badge">1</span>' in page
        assert "<b>новое</b>" in page

    def test_a_read_notification_stays_without_its_button(self, open_as, accounts, tell):
        told = tell()
        client = open_as(accounts["doctor"])

        client.post(reverse("notifications:mark_read", args=[told.pk]))
        page = show(client)

        assert "Новых уведомлений нет" in page
        assert "Вход выполнен" in page
        assert '<span class="badge">' not in page
        assert "Отметить прочитанным" not in page

    def test_a_colleague_sees_nothing_of_it(self, open_as, accounts, tell):
        tell()

        assert "Вход выполнен" not in show(open_as(accounts["colleague"]))

    def test_somebody_who_is_not_signed_in_is_sent_to_the_sign_in_and_back(self, open_as, db):
        response = open_as(None).get(reverse(INDEX))

        assert (response.status_code, response["Location"]) == (302, "/login/?next=%2Fnotifications%2F")

    @pytest.mark.usefixtures("numbered")
    def test_the_list_has_pages_of_25_with_the_newest_first(self, open_as, accounts, tell):
        for _number in range(26):
            tell()
        client = open_as(accounts["doctor"])

        first, second = show(client), show(client, page=2)

        assert first.index("событие-26") < first.index("событие-02")
        assert "событие-01" not in first
        assert "событие-01" in second

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_number_of_queries_is_fixed(self, open_as, accounts, tell, count, django_assert_num_queries):
        for _number in range(count):
            tell()
        client = open_as(accounts["doctor"])

        with django_assert_num_queries(3):
            show(client)


class TestMarkRead:
    def test_the_form_leads_back_to_the_page_it_stood_on(self, open_as, accounts, tell):
        response = open_as(accounts["doctor"]).post(reverse("notifications:mark_read", args=[tell().pk]), {"next": "/notifications/?page=2"})

        assert (response.status_code, response["Location"]) == (302, "/notifications/?page=2")

    @pytest.mark.parametrize("foreign", ["https://evil.test/", "//evil.test", "/\\evil.test"])
    def test_a_foreign_way_back_is_not_taken(self, open_as, accounts, tell, foreign):
        response = open_as(accounts["doctor"]).post(reverse("notifications:mark_read", args=[tell().pk]), {"next": foreign})

        assert response["Location"] == "/"

    def test_the_notification_of_a_colleague_is_not_found(self, open_as, accounts, tell):
        told = tell()

        response = open_as(accounts["colleague"]).post(reverse("notifications:mark_read", args=[told.pk]))

        told.refresh_from_db()
        assert response.status_code == 404
        assert told.is_new

    def test_an_unknown_notification_is_not_found(self, open_as, accounts):
        assert open_as(accounts["doctor"]).post(reverse("notifications:mark_read", args=[uuid4()])).status_code == 404

    def test_a_link_cannot_mark_anything(self, open_as, accounts, tell):
        told = tell()

        assert open_as(accounts["doctor"]).get(reverse("notifications:mark_read", args=[told.pk])).status_code == 405

    def test_a_form_without_the_token_is_refused(self, open_as, accounts, tell):
        told = tell()
        client = open_as(accounts["doctor"])
        client.handler.enforce_csrf_checks = True

        response = client.post(reverse("notifications:mark_read", args=[told.pk]))

        told.refresh_from_db()
        assert response.status_code == 403
        assert told.is_new

    def test_the_number_of_queries_is_fixed(self, open_as, accounts, tell, django_assert_num_queries):
        told = tell()
        client = open_as(accounts["doctor"])

        with django_assert_num_queries(1):
            client.post(reverse("notifications:mark_read", args=[told.pk]))


class TestMarkAllRead:
    def test_everything_of_the_person_is_read_and_the_list_is_shown(self, open_as, accounts, tell):
        tell()
        tell()
        client = open_as(accounts["doctor"])

        response = client.post(reverse("notifications:mark_all_read"))

        assert (response.status_code, response["Location"]) == (302, reverse(INDEX))
        assert "Новых уведомлений нет" in show(client)

    def test_somebody_who_is_not_signed_in_marks_nothing(self, open_as, accounts, tell):
        told = tell()

        response = open_as(None).post(reverse("notifications:mark_all_read"))

        told.refresh_from_db()
        assert (response.status_code, response["Location"]) == (302, "/login/")
        assert told.is_new
