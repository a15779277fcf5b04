from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cabinet.notifications import kinds, selectors, services
from cabinet.notifications.models import Notification
from cabinet.notifications.tasks import deliver_event
from frmr_portal.base.audit import services as audit
from frmr_portal.base.jobs import services as jobs
from frmr_portal.base.jobs.models import Job, State
from frmr_portal.base.kit.values import WORKER


def pass_on(now) -> None:
    """Be the relay, the broker and the worker."""
    sent: list[str] = []
    jobs.relay_once(now=now, publish=lambda _name, job_id: sent.append(str(job_id)))
    for job_id in sent:
        deliver_event(job_id)


class TestAnnounce:
    def test_B5_a_sign_in_becomes_a_notification_through_the_outbox(self, accounts, signed_in_event, now):
        """B5: the event, the outbox row and the notification are one straight line."""
        services.announce(signed_in_event(), recipient_id=accounts["doctor"].pk, now=now)

        pass_on(now)

        told = Notification.objects.get()
        assert told.recipient == accounts["doctor"]
        assert (told.kind, told.title, told.url_name, told.created_at, told.read_at) == ("session.opened", "Вход выполнен", "audit:my_events", now, None)
        assert told.text.replace("\u00a0", " ") == "20 ноября 2026, 12:00 (МСК), по паролю. Если это были не вы, завершите сеанс."

    @pytest.mark.parametrize(("data", "words"), [({"method": "DS"}, "(МСК), по электронной подписи. "), ({"method": "NEW"}, "(МСК). "), ({}, "(МСК). ")])
    def test_the_text_names_the_way_in_where_it_is_known(self, signed_in_event, data, words):
        assert words in kinds.signed_in_text(signed_in_event(data=data))

    def test_PR_01_the_outbox_row_holds_identifiers_only(self, accounts, signed_in_event, now):
        event = signed_in_event()

        services.announce(event, recipient_id=accounts["doctor"].pk, now=now)

        assert Job.objects.get().payload == {"event": event.seq, "recipient": str(accounts["doctor"].pk)}

    def test_an_event_announced_twice_is_one_job(self, accounts, signed_in_event, now):
        event = signed_in_event()

        for _time in range(2):
            services.announce(event, recipient_id=accounts["doctor"].pk, now=now)

        assert Job.objects.count() == 1

    def test_one_event_can_be_told_to_several_people(self, accounts, signed_in_event, now):
        event = signed_in_event()
        for account in accounts.values():
            services.announce(event, recipient_id=account.pk, now=now)

        pass_on(now)

        assert {told.recipient for told in Notification.objects.all()} == set(accounts.values())

    def test_an_event_without_a_kind_is_refused_at_once(self, accounts, now):
        event = audit.record("journal.verified", actor=WORKER, now=now)

        with pytest.raises(kinds.UnknownKind):
            services.announce(event, recipient_id=accounts["doctor"].pk, now=now)

    def test_a_rolled_back_sign_in_announces_nothing(self, accounts, signed_in_event, now):
        with transaction.atomic():
            services.announce(signed_in_event(), recipient_id=accounts["doctor"].pk, now=now)
            transaction.set_rollback(True)

        pass_on(now)

        assert not Notification.objects.exists()


class TestDeliver:
    def test_f_04_a_second_delivery_returns_the_first_notification(self, accounts, signed_in_event, now):
        event = signed_in_event()

        first, second = (services.deliver(event_seq=event.seq, recipient_id=accounts["doctor"].pk, now=now) for _time in range(2))

        assert first == second

    def test_the_database_refuses_a_second_notification_of_one_event(self, tell):
        told = tell()

        with pytest.raises(IntegrityError), transaction.atomic():
            Notification.objects.create(recipient=told.recipient, event=told.event, kind="x", title="x", text="x", url_name="x", created_at=told.created_at)

    @pytest.mark.django_db(transaction=True)
    def test_a_notification_for_an_account_that_is_gone_is_parked(self, signed_in_event, clock):
        services.announce(signed_in_event(), recipient_id=uuid4(), now=clock())

        for _attempt in range(jobs.MAX_ATTEMPTS):
            pass_on(clock.advance(seconds=60))

        assert Job.objects.get().state == State.PARKED
        assert not Notification.objects.exists()


class TestMarkRead:
    def test_a_notification_is_read_once_and_keeps_the_moment(self, tell, now, clock):
        told = tell()

        for _time in range(2):
            services.mark_read(recipient_id=told.recipient_id, notification_id=told.pk, now=clock())
            clock.advance(minutes=5)

        told.refresh_from_db()
        assert told.read_at == now

    def test_a_stranger_cannot_mark_it(self, tell, accounts, now):
        told = tell()

        with pytest.raises(services.NotificationAbsent):
            services.mark_read(recipient_id=accounts["colleague"].pk, notification_id=told.pk, now=now)

        told.refresh_from_db()
        assert told.is_new

    def test_all_means_all_of_one_person(self, tell, accounts, now):
        for person in ("doctor", "doctor", "colleague"):
            tell(person)

        assert services.mark_all_read(recipient_id=accounts["doctor"].pk, now=now) == 2

        assert selectors.unread_count(accounts["doctor"].pk) == 0
        assert selectors.unread_count(accounts["colleague"].pk) == 1


class TestSelectors:
    def test_recent_returns_the_newest_in_one_query(self, tell, accounts, django_assert_num_queries):
        told = [tell() for _number in range(4)]

        with django_assert_num_queries(1):
            found = selectors.recent(accounts["doctor"].pk, 3)

        assert found == told[:0:-1]

    def test_the_bell_costs_one_query(self, tell, accounts, django_assert_num_queries):
        tell()

        with django_assert_num_queries(1):
            assert selectors.unread_count(accounts["doctor"].pk) == 1

    def test_a_kind_whose_room_has_left_still_has_an_icon(self, tell, monkeypatch):
        told = tell()
        monkeypatch.setattr(kinds, "_KINDS", {})

        assert told.icon == "bell"
