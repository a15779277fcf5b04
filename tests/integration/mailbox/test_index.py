from datetime import timedelta

import pytest
from django.urls import Resolver404, resolve, reverse

from frmr_portal.base.mailbox import owners, services
from frmr_portal.base.mailbox.models import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_provider")]


@pytest.fixture(autouse=True)
def names(monkeypatch) -> None:
    monkeypatch.setattr(owners, "_slot", [lambda _owners: {"1000600001": "Тестова А. С."}])


@pytest.fixture
def send(now):
    def make(**changes):
        about = {
            "kind": Kind.SMS,
            "owner": "1000600001",
            "to": "+7(000)1234567",
            "text": "Код входа в учебный стенд",
            "purpose": "sign_in",
            "now": now,
        } | changes
        return services.send(**about)

    return make


def show(client, **query) -> str:
    response = client.get(reverse("mailbox:index"), query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


class TestIndex:
    def test_an_empty_box_says_when_something_will_appear(self, client):
        page = show(client)

        assert "В ящике пусто" in page
        assert "код подтверждения появится здесь" in page

    def test_D11_the_code_from_the_sms_is_on_the_page(self, client, send, now):
        """D11, D18: the tester reads the code here, in any browser."""
        send(code="482915", valid_until=now + timedelta(seconds=300))

        page = show(client)

        assert '<b class="box__code tnum">482915</b>' in page
        assert "действует ещё 5 мин" in page
        assert "Тестова А. С." in page

    def test_D18_a_code_whose_time_is_over_is_marked(self, client, send, clock):
        send(code="482915", valid_until=clock() + timedelta(seconds=300))
        clock.advance(seconds=301)

        assert "срок вышел" in show(client)

    def test_one_person_can_be_picked(self, client, send):
        send(text="первому")
        send(owner="1000600002", text="второму")

        page = show(client, owner="1000600002")

        assert "второму" in page
        assert "первому" not in page
        assert '<option value="1000600002" selected>' in page

    def test_an_unknown_person_shows_everybody(self, client, send):
        send(text="первому")

        assert "первому" in show(client, owner="nobody")

    def test_the_text_of_a_message_is_escaped(self, client, send):
        send(kind=Kind.EMAIL, to="doctor@example.test", subject="<b>тема</b>", text="<script>alert(1)</script>")

        page = show(client)

        assert "<script>alert" not in page
        assert "&lt;b&gt;тема" in page

    def test_the_box_has_pages_of_25(self, client, send, now):
        for number in range(26):
            send(text=f"сообщение-{number:02}", now=now + timedelta(seconds=number))

        first, second = show(client), show(client, page=2)

        assert "сообщение-25" in first
        assert "сообщение-00" not in first
        assert "сообщение-00" in second

    def test_the_number_of_queries_is_fixed(self, client, send, django_assert_num_queries):
        for number in range(30):
            send(owner=str(number))

        with django_assert_num_queries(3):
            show(client)

    def test_the_box_changes_nothing(self, client):
        assert client.post(reverse("mailbox:index")).status_code == 405

    def test_the_portal_has_no_box(self):
        with pytest.raises(Resolver404):
            resolve("/outbox/", urlconf="frmr_portal.urls")
