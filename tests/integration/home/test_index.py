import re

import pytest
from django.test import Client

from cabinet.notifications import services as notifications
from frmr_portal.base.audit.models import Event
from frmr_portal.base.jobs.models import Job
from frmr_portal.session.models import Account


def text_of(response):
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def told(now):
    """Let the worker deliver everything that waits."""

    def told():
        for job in Job.objects.all():
            notifications.deliver(event_seq=job.payload["event"], recipient_id=job.payload["recipient"], now=now)

    return told


class TestStart:
    def test_A1_says_what_the_register_is_and_who_uses_it(self, client, db):
        response = client.get("/")

        text = text_of(response)
        assert response.status_code == 200
        assert "Что такое ЕГИСЗ и ФРМР" in text
        for group in ("Врачи и медсёстры", "Сотрудники организаций", "Страховые и ОМС", "Регуляторы", "Аудиторы и внешние эксперты", "Пациенты"):
            assert group in text

    def test_A1_leads_to_the_sign_in_and_to_the_provider(self, client, db):
        text = text_of(client.get("/"))

        assert 'href="/login/"' in text
        assert 'href="http://localhost:8001/"' in text

    def test_names_no_real_service_in_the_title(self, client, db):
        title = re.search(r"<title>(.*?)</title>", text_of(client.get("/")))[1]

        assert "Госуслуги" not in title
        assert "ЕСИА" not in title

    def test_costs_no_query(self, client, db, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/")

    def test_shows_nothing_of_anybody(self, client, portal_client):
        assert "Тестова" not in text_of(client.get("/"))


class TestPanel:
    def test_A10_opens_after_the_sign_in_with_the_data_of_the_person(self, portal_client):
        text = text_of(portal_client.get("/"))

        assert "Тестова Анна Сергеевна" in text
        assert "14 марта 1985" in text
        assert "ГБУЗ «Учебная поликлиника № 3»" in text

    def test_A6_says_when_the_data_came(self, portal_client, clock):
        clock.advance(minutes=5)

        assert "Данные получены из Учебного входа 20.11.2026 12:00 (МСК)" in text_of(portal_client.get("/"))

    def test_A10_numbers_and_contacts_are_masked(self, portal_client):
        text = text_of(portal_client.get("/"))

        assert "000-***-*** 01" in text
        assert "d***@example.test" in text
        assert "+7 000 ***-**-01" in text
        for whole in ("000-000-600 01", "doctor@example.test", "+7(000)0000601"):
            assert whole not in text

    def test_A10_the_heading_counts_what_is_new(self, portal_client, told):
        told()

        text = text_of(portal_client.get("/"))

        assert "<h1>Вход выполнен, новых уведомлений: 1</h1>" in text
        assert "Прочитать уведомления" in text
        assert "Вход выполнен" in text

    def test_A10_without_news_the_heading_says_so(self, portal_client):
        text = text_of(portal_client.get("/"))

        assert "<h1>Вход выполнен, нового нет</h1>" in text
        assert "Уведомлений нет" in text

    def test_A10_shows_five_notifications_at_most(self, sign_in, told):
        for _ in range(7):
            client = sign_in()
        told()

        response = client.get("/")

        assert len(response.context["notifications"]) == 5
        assert "новых уведомлений: 7" in text_of(response)

    def test_A17_shows_the_last_sign_ins(self, sign_in, clock):
        sign_in()
        clock.advance(days=1)

        response = sign_in(method="DS").get("/")

        assert [(one.at.day, one.method) for one in response.context["sign_ins"]] == [(21, "DS"), (20, "PWD")]
        assert "по электронной подписи" in text_of(response)

    def test_a_stranger_sees_only_their_own(self, portal_client, sign_in, told):
        told()
        stranger = sign_in(oid=5, snils="000-000-600 05", last_name="Руководов", first_name="Степан", middle_name="", email="", mobile="", organizations=())

        text = text_of(stranger.get("/"))

        assert "Тестова" not in text
        assert "поликлиника" not in text
        assert "нового нет" in text

    def test_absent_data_are_said_to_be_absent(self, sign_in):
        text = text_of(sign_in(snils="", birth_date=None, email="", mobile="", organizations=()).get("/"))

        assert text.count("не передан<") + text.count("не передан\n") >= 2
        assert "Организаций нет" in text
        assert "account/snils" not in text

    def test_the_head_of_an_organization_is_named(self, sign_in):
        client = sign_in()
        Account.objects.update(organizations=[{"oid": 1, "name": "ГБУЗ", "chief": True}])

        assert "вы руководите организацией" in text_of(client.get("/"))

    @pytest.mark.parametrize("count", [1, 8])
    def test_the_number_of_queries_is_fixed(self, sign_in, told, count, django_assert_num_queries):
        for _ in range(count):
            client = sign_in()
        told()
        client.get("/")

        with django_assert_num_queries(5):
            client.get("/")


class TestShowSnils:
    def test_shows_the_number_once(self, portal_client):
        response = portal_client.post("/account/snils/")

        assert response["Location"] == "/#account"
        assert "000-000-600 01" in text_of(portal_client.get("/"))
        assert "000-000-600 01" not in text_of(portal_client.get("/"))

    def test_A17_the_look_is_in_the_journal_without_the_number(self, portal_client):
        response = portal_client.post("/account/snils/")

        event = Event.objects.get(action="snils.shown")
        account = str(portal_client.account.pk)
        assert (event.actor_key, event.target, event.request_id) == (account, f"account:{account}", response["X-Request-ID"])
        assert "600" not in str(event.data)

    def test_get_shows_nothing(self, portal_client):
        assert portal_client.get("/account/snils/").status_code == 405
        assert not Event.objects.filter(action="snils.shown").exists()

    def test_needs_a_csrf_token(self, portal_client):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = portal_client.cookies

        assert strict.post("/account/snils/").status_code == 403

    def test_a_visitor_is_led_to_the_sign_in(self, client, db):
        assert client.post("/account/snils/")["Location"] == "/login/"
        assert not Event.objects.exists()

    def test_the_next_session_does_not_see_it(self, portal_client, sign_in):
        portal_client.post("/account/snils/")

        assert "000-000-600 01" not in text_of(sign_in().get("/"))
