from datetime import timedelta

import pytest
from django.urls import reverse

from frmr_portal.base.audit import actions, services
from frmr_portal.base.audit.models import Outcome
from frmr_portal.base.kit.values import Actor


@pytest.fixture(autouse=True)
def test_action() -> None:
    actions.register("test.happened", "Проба пера")


@pytest.fixture
def record(accounts, now):
    def make(person="doctor", **changes):
        actor = Actor("account", str(accounts[person].pk), "Врач")
        return services.record("test.happened", **{"actor": actor, "now": now, "request_id": "0123456789ab"} | changes)

    return make


def show(client, **query) -> str:
    response = client.get(reverse("audit:my_events"), query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


class TestMyEvents:
    def test_A17_a_person_sees_what_was_done_in_their_name(self, open_as, accounts, record):
        """A17: time, action, outcome, role and the number of the request."""
        record()

        page = show(open_as(accounts["doctor"]))

        assert "В журнале 1 запись о вас" in page
        assert "Проба пера" in page
        assert "20.11.2026 12:00:00 (МСК)" in page
        assert "Выполнено" in page
        assert "0123456789ab" in page

    def test_A17_a_refusal_is_shown_with_its_reason(self, open_as, accounts, record):
        record(outcome=Outcome.REFUSED, reason="not_allowed")

        page = show(open_as(accounts["doctor"]))

        assert "Отказано" in page
        assert "Причина: not_allowed" in page

    def test_a_colleague_sees_nothing_of_it(self, open_as, accounts, record):
        record()

        page = show(open_as(accounts["colleague"]))

        assert "Проба пера" not in page
        assert "Записей пока нет" in page

    def test_an_event_of_the_provider_with_the_same_key_is_not_shown(self, open_as, accounts, record):
        record(actor=Actor("persona", str(accounts["doctor"].pk)))

        assert "Проба пера" not in show(open_as(accounts["doctor"]))

    def test_somebody_who_is_not_signed_in_is_sent_to_the_sign_in_and_back(self, open_as, db):
        response = open_as(None).get(reverse("audit:my_events"), {"page": 2})

        assert response.status_code == 302
        assert response["Location"] == "/login/?next=%2Faudit%2Fme%2F%3Fpage%3D2"

    def test_the_newest_event_comes_first(self, open_as, accounts, record, now):
        record(request_id="aaaaaaaaaaaa")
        record(request_id="bbbbbbbbbbbb", now=now - timedelta(days=1))

        page = show(open_as(accounts["doctor"]))

        assert page.index("bbbbbbbbbbbb") < page.index("aaaaaaaaaaaa")

    def test_the_journal_has_pages_of_25(self, open_as, accounts, record):
        for number in range(26):
            record(request_id=f"request-{number:02}")
        client = open_as(accounts["doctor"])

        first, second = show(client), show(client, page=2)

        assert "В журнале 26 записей о вас" in first
        assert "request-25" in first
        assert "request-00" not in first
        assert "request-00" in second

    def test_an_action_of_a_room_that_has_left_shows_its_own_name(self, open_as, accounts, record, monkeypatch):
        record()
        monkeypatch.setattr(actions, "_TITLES", {})

        assert "test.happened" in show(open_as(accounts["doctor"]))

    def test_what_a_stranger_typed_is_escaped(self, open_as, accounts, record):
        record(reason="<script>alert(1)</script>")

        assert "<script>alert" not in show(open_as(accounts["doctor"]))

    def test_the_journal_takes_no_forms(self, open_as, accounts):
        assert open_as(accounts["doctor"]).post(reverse("audit:my_events")).status_code == 405

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_number_of_queries_is_fixed(self, open_as, accounts, record, count, django_assert_num_queries):
        for _number in range(count):
            record()
        client = open_as(accounts["doctor"])

        with django_assert_num_queries(3):
            show(client)
