from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from cabinet.notifications import services as notifications
from frmr_portal.base.audit.models import Event
from frmr_portal.base.jobs.models import Job
from frmr_portal.session import services
from frmr_portal.session.models import Account
from frmr_portal.session.refusals import AccountBlocked, SnilsConflict
from gosuslugi_auth.client.failures import Unconfirmed
from gosuslugi_auth.client.tokens import Identity
from tests.plugins.signed_in import DOCTOR

IDENTITY = Identity(DOCTOR.oid, "sid", "PWD", trusted=True)


@pytest.fixture
def open_session(db, now):
    def open_session(person=DOCTOR, identity=IDENTITY, **given):
        return services.open_session(person=person, identity=identity, request_id="r", now=now, **given)

    return open_session


def changed(**fields):
    return type(DOCTOR)(**{**{name: getattr(DOCTOR, name) for name in DOCTOR.__dataclass_fields__}, **fields})


class TestOpenSession:
    def test_the_account_holds_what_the_provider_said(self, open_session, now):
        account = open_session()

        account.refresh_from_db()
        assert account.organizations == [{"oid": 1_000_800_003, "name": "ГБУЗ «Учебная поликлиника № 3»", "chief": False}]
        assert (account.birth_date, account.email, account.mobile) == (DOCTOR.birth_date, DOCTOR.email, DOCTOR.mobile)
        assert (account.refreshed_at, account.last_login) == (now, now)

    def test_nothing_is_written_when_the_announcement_fails(self, open_session, monkeypatch):
        def broken(*_args, **_kwargs):
            raise RuntimeError

        monkeypatch.setattr(notifications, "announce", broken)

        with pytest.raises(RuntimeError):
            open_session()

        assert (Account.objects.count(), Event.objects.count(), Job.objects.count()) == (0, 0, 0)

    @pytest.mark.parametrize(("by_person", "by_token"), [(False, True), (True, False), (False, False)])
    def test_C1_both_answers_must_call_the_account_confirmed(self, open_session, by_person, by_token):
        with pytest.raises(Unconfirmed):
            open_session(changed(trusted=by_person), Identity(DOCTOR.oid, "sid", "PWD", trusted=by_token))

        assert not Account.objects.exists()

    def test_OA_24_names_and_mail_find_nobody(self, open_session):
        first = open_session(changed(oid=1, snils=""))

        assert open_session(changed(oid=2, snils="")) != first

    def test_C6_a_conflict_changes_nothing(self, open_session):
        open_session(changed(oid=1))

        with pytest.raises(SnilsConflict):
            open_session(changed(oid=2, last_name="Другая"))

        assert Account.objects.get().last_name == "Тестова"

    def test_a_number_that_is_no_longer_sent_is_kept(self, open_session):
        open_session()

        assert open_session(changed(snils="")).snils == DOCTOR.snils

    def test_SE_09_a_blocked_account_stays_closed(self, open_session):
        Account.objects.filter(pk=open_session().pk).update(is_active=False)

        with pytest.raises(AccountBlocked):
            open_session()

    def test_a_replaced_session_is_closed_before_the_new_one_opens(self, open_session):
        other = open_session(changed(oid=7, snils=""))

        open_session(replaces=other.pk)

        assert list(Event.objects.order_by("seq").values_list("action", flat=True)) == ["session.opened", "session.closed", "session.opened"]

    def test_the_sign_in_has_a_fixed_price(self, open_session, django_assert_num_queries):
        open_session()

        with django_assert_num_queries(19):
            open_session()

    def test_C6_two_first_sign_ins_at_once_make_one_account(self, in_threads, now):
        def work(_index):
            return services.open_session(person=DOCTOR, identity=IDENTITY, request_id="r", now=now).pk

        assert len(set(in_threads(4, work))) == 1
        assert Event.objects.filter(action="session.opened").count() == 4


class TestConstraints:
    def test_C6_the_database_refuses_two_accounts_with_one_number(self, open_session):
        open_session()

        with pytest.raises(IntegrityError), transaction.atomic():
            get_user_model().objects.create_user(oid=99, last_name="Х", first_name="Х", snils=DOCTOR.snils)

    def test_C6_two_persons_who_bring_one_number_at_once_are_a_conflict(self, in_threads, now):
        def work(index):
            person = changed(oid=index + 1)
            try:
                return services.open_session(person=person, identity=Identity(person.oid, "sid", "PWD", trusted=True), request_id="r", now=now).oid
            except SnilsConflict:
                return None

        assert sum(oid is not None for oid in in_threads(4, work)) == 1
        assert Account.objects.count() == 1

    def test_accounts_without_a_number_are_many(self, open_session):
        open_session(changed(oid=1, snils=""))
        open_session(changed(oid=2, snils=""))

        assert Account.objects.count() == 2


class TestCloseSession:
    def test_A17_the_journal_says_whose_and_why(self, open_session, now):
        account = open_session()

        event = services.close_session(account_id=account.pk, why="idle", request_id="r", now=now + timedelta(hours=1))

        assert (event.actor_key, event.data, event.request_id) == (str(account.pk), {"why": "idle"}, "r")
