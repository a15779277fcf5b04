"""The outbox without a broker: twins of the faults F-03, F-04, F-05 and F-24 of the security programme."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from frmr_portal.base.audit import actions
from frmr_portal.base.audit import services as audit
from frmr_portal.base.audit.models import Event
from frmr_portal.base.jobs import services
from frmr_portal.base.jobs.models import Job, State
from frmr_portal.base.jobs.tasks import background
from frmr_portal.base.kit.values import WORKER


class ProcessKilled(BaseException):
    """Stands for SIGKILL: nothing after it runs, no handler catches it."""


@background("test.jobs.write_a_line")
def write_a_line(payload: Mapping[str, Any], *, now: Any) -> None:
    audit.record("test.happened", actor=WORKER, now=now, data={"number": payload["number"]})


@background("test.jobs.always_raise")
def always_raise(payload: Mapping[str, Any], *, now: Any) -> None:
    audit.record("test.happened", actor=WORKER, now=now, data={"number": payload["number"]})
    raise ValueError("Тестова Анна Сергеевна")


TASKS = {"test.jobs.write_a_line": write_a_line, "test.jobs.always_raise": always_raise}


@dataclass
class Broker:
    """Collects what the relay publishes, delivers on demand, and can be broken."""

    messages: list[tuple[str, UUID]] = field(default_factory=list)
    breaks_after: int | None = None
    error: type[BaseException] = services.BrokerUnavailable

    def __call__(self, name: str, job_id: UUID) -> None:
        if self.breaks_after is not None and len(self.messages) >= self.breaks_after:
            raise self.error
        self.messages.append((name, job_id))

    def deliver(self) -> None:
        messages, self.messages = self.messages, []
        for name, job_id in messages:
            TASKS[name](str(job_id))


@pytest.fixture(autouse=True)
def test_action() -> None:
    actions.register("test.happened", "Проба")


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture
def enqueue(db, now) -> Callable[..., Job]:
    def make(number: int = 1, name: str = "test.jobs.write_a_line", **changes: Any) -> Job:
        return services.enqueue(name, **{"key": f"{name}:{number}", "payload": {"number": number}, "now": now} | changes)

    return make


def killed(*_args: Any, **_options: Any) -> None:
    raise ProcessKilled


def effects() -> int:
    return Event.objects.filter(action="test.happened").count()


class TestEnqueue:
    def test_the_same_key_returns_the_existing_job(self, enqueue):
        first, second = enqueue(), enqueue()

        assert first == second
        assert Job.objects.count() == 1

    def test_a_rolled_back_change_leaves_no_job(self, enqueue):
        with transaction.atomic():
            enqueue()
            transaction.set_rollback(True)

        assert not Job.objects.exists()

    @pytest.mark.parametrize("value", ["Тестова Анна", "000-000-600 06", "doctor@example.test", "+7(000)1234567", "", "two words"])
    def test_PR_01_a_payload_takes_identifiers_only(self, enqueue, value):
        with pytest.raises(services.PayloadNotIds):
            enqueue(payload={"who": value})

    @pytest.mark.parametrize("value", ["6f3c3f0e-8a51-4c8e-9d5b-0d8f0b9b3f10", "1.2.643.5.1.13", "session.opened", 1000600001])
    def test_PR_01_a_payload_takes_every_kind_of_identifier(self, enqueue, value):
        assert enqueue(payload={"who": value}).payload == {"who": value}

    @pytest.mark.parametrize(
        "changes",
        [{"state": "done"}, {"state": "running"}, {"state": "parked"}, {"next_at": None}, {"done_at": "2026-11-20T09:00:00Z"}],
    )
    def test_the_database_refuses_a_state_without_its_moment(self, enqueue, changes):
        job = enqueue()

        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(id=job.id).update(**changes)


class TestTheWay:
    def test_a_job_goes_from_the_outbox_through_the_broker_to_its_effect(self, enqueue, broker, now):
        job = enqueue()

        sent = services.relay_once(now=now, publish=broker)
        broker.deliver()

        job.refresh_from_db()
        assert sent == 1
        assert (job.state, job.attempts, job.done_at) == (State.DONE, 1, now)
        assert effects() == 1

    def test_an_idle_relay_asks_the_database_once(self, db, now, broker, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert services.relay_once(now=now, publish=broker) == 0

    def test_a_sent_job_is_not_sent_again_while_its_lease_lasts(self, enqueue, broker, now, clock):
        enqueue()
        services.relay_once(now=now, publish=broker)

        assert services.relay_once(now=clock.advance(seconds=59), publish=broker) == 0
        assert services.relay_once(now=clock.advance(seconds=1), publish=broker) == 1

    def test_an_old_job_is_sent_again_ever_more_rarely(self, enqueue, broker, clock):
        enqueue()

        for _minute in range(60):
            services.relay_once(now=clock(), publish=broker)
            clock.advance(minutes=1)

        assert len(broker.messages) < 12

    def test_old_jobs_go_first(self, enqueue, broker, now):
        younger = enqueue(1, now=now - timedelta(minutes=1))
        older = enqueue(2, now=now - timedelta(minutes=2))

        services.relay_once(now=now, publish=broker)

        assert [job_id for _name, job_id in broker.messages] == [older.id, younger.id]

    def test_a_clock_that_went_back_does_not_hold_a_queued_job(self, enqueue, broker, now):
        enqueue(now=now + timedelta(days=30))

        assert services.relay_once(now=now, publish=broker) == 1

    def test_a_clock_that_went_back_does_not_hold_a_lease(self, enqueue, broker, now):
        enqueue()
        services.relay_once(now=now + timedelta(days=30), publish=broker)

        assert services.relay_once(now=now, publish=broker) == 1


class TestBrokerTrouble:
    def test_what_was_not_sent_is_queued_again(self, enqueue, now):
        for number in range(5):
            enqueue(number)
        broker = Broker(breaks_after=2)

        with pytest.raises(services.BrokerUnavailable):
            services.relay_once(now=now, publish=broker)

        assert Job.objects.filter(state=State.SENT).count() == 2
        assert Job.objects.filter(state=State.QUEUED).count() == 3

    def test_an_outage_costs_no_attempt(self, enqueue, now):
        job = enqueue()
        broken, whole = Broker(breaks_after=0), Broker()
        for _try in range(10):
            with pytest.raises(services.BrokerUnavailable):
                services.relay_once(now=now, publish=broken)

        services.relay_once(now=now, publish=whole)
        whole.deliver()

        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.DONE, 1)


class TestF03CrashBetweenCommitAndPublish:
    def test_f_03_all_50_jobs_of_killed_processes_are_sent(self, enqueue, broker, now):
        for number in range(50):
            enqueue(number)

        services.relay_once(now=now, publish=broker)
        broker.deliver()

        assert effects() == 50

    def test_f_03_a_relay_killed_between_mark_and_publish_loses_nothing(self, enqueue, now, clock):
        for number in range(50):
            enqueue(number)
        with pytest.raises(ProcessKilled):
            services.relay_once(now=now, publish=Broker(breaks_after=0, error=ProcessKilled))
        after = Broker()

        services.relay_once(now=clock.advance(seconds=61), publish=after)
        after.deliver()

        assert effects() == 50
        assert not Job.objects.exclude(state=State.DONE).exists()


class TestF04CrashBetweenEffectAndAck:
    def test_f_04_a_message_that_comes_again_has_no_second_effect(self, enqueue, broker, now):
        job = enqueue()
        services.relay_once(now=now, publish=broker)

        for _delivery in range(5):
            write_a_line(str(job.id))

        job.refresh_from_db()
        assert effects() == 1
        assert job.attempts == 1

    def test_f_04_a_worker_killed_before_its_commit_is_replaced(self, enqueue, broker, now, clock, monkeypatch):
        job = enqueue()
        services.relay_once(now=now, publish=broker)
        with monkeypatch.context() as patch:
            patch.setattr(services, "complete", killed)
            with pytest.raises(ProcessKilled):
                broker.deliver()
        assert effects() == 0

        services.relay_once(now=clock.advance(seconds=31), publish=broker)
        broker.deliver()

        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.DONE, 2)
        assert effects() == 1

    def test_f_04_a_job_that_kills_every_worker_is_parked(self, enqueue, broker, clock):
        job = enqueue()
        for _life in range(services.MAX_ATTEMPTS):
            services.relay_once(now=clock(), publish=broker)
            services.claim(job.id, now=clock())
            clock.advance(seconds=31)

        services.relay_once(now=clock(), publish=broker)

        job.refresh_from_db()
        assert (job.state, job.last_error) == (State.PARKED, "WorkerLost")


class TestF05ParallelDelivery:
    def test_f_05_five_deliveries_at_once_have_one_effect(self, in_threads, clock):
        job = services.enqueue("test.jobs.write_a_line", key="f-05", payload={"number": 1}, now=clock())
        services.relay_once(now=clock(), publish=Broker())

        in_threads(5, lambda _index: write_a_line(str(job.id)))

        job.refresh_from_db()
        assert effects() == 1
        assert (job.state, job.attempts) == (State.DONE, 1)

    def test_f_05_a_late_worker_cannot_finish_what_another_has_taken_over(self, enqueue, broker, now, clock):
        job = enqueue()
        services.relay_once(now=now, publish=broker)
        late = services.claim(job.id, now=now)
        services.claim(job.id, now=clock.advance(seconds=31))

        with pytest.raises(services.ClaimLost):
            services.complete(late, now=clock())
        with pytest.raises(services.ClaimLost):
            services.fail(late, error="ValueError", now=clock())

    def test_f_05_the_effects_of_a_late_worker_are_rolled_back(self, enqueue, broker, now, clock, monkeypatch):
        enqueue()
        services.relay_once(now=now, publish=broker)
        record = audit.record

        def slow_record(*args: Any, **options: Any) -> Event:
            event = record(*args, **options)
            Job.objects.update(attempts=2)
            return event

        monkeypatch.setattr(audit, "record", slow_record)
        broker.deliver()

        assert effects() == 0

    @pytest.mark.parametrize("state", [State.QUEUED, State.DONE, State.PARKED])
    def test_f_05_a_stale_message_claims_nothing(self, enqueue, now, state):
        job = enqueue()
        done_at = now if state == State.DONE else None
        Job.objects.filter(id=job.id).update(state=state, next_at=now if state == State.QUEUED else None, done_at=done_at)

        with pytest.raises(services.ClaimRefused):
            services.claim(job.id, now=now)

    def test_f_05_an_unknown_job_is_refused(self, db, now):
        with pytest.raises(services.ClaimRefused):
            services.claim(uuid4(), now=now)


class TestF24Poison:
    def run_until_quiet(self, broker: Broker, clock: Any) -> int:
        rounds = 0
        while Job.objects.exclude(state__in=[State.DONE, State.PARKED]).exists():
            services.relay_once(now=clock(), publish=broker)
            broker.deliver()
            clock.advance(seconds=5)
            rounds += 1
        return rounds

    def test_f_24_a_poison_job_is_parked_after_five_attempts(self, enqueue, broker, clock):
        job = enqueue(name="test.jobs.always_raise")

        rounds = self.run_until_quiet(broker, clock)

        job.refresh_from_db()
        assert (job.state, job.attempts) == (State.PARKED, 5)
        assert rounds == 1 + (5 + 10 + 20 + 40) / 5

    def test_f_24_the_rest_of_the_queue_flows(self, enqueue, broker, now):
        enqueue(0, name="test.jobs.always_raise")
        for number in range(1, 11):
            enqueue(number)

        services.relay_once(now=now, publish=broker)
        broker.deliver()

        assert Job.objects.filter(state=State.DONE).count() == 10
        assert effects() == 10

    def test_f_24_a_failed_attempt_leaves_no_effect(self, enqueue, broker, clock):
        enqueue(name="test.jobs.always_raise")

        self.run_until_quiet(broker, clock)

        assert effects() == 0

    def test_f_24_the_journal_names_the_parked_job_and_quotes_no_text_of_the_error(self, enqueue, broker, clock):
        job = enqueue(name="test.jobs.always_raise")

        self.run_until_quiet(broker, clock)

        parked = Event.objects.get(action="job.parked")
        job.refresh_from_db()
        assert (parked.target, parked.reason, parked.data) == (f"job:{job.id}", "ValueError", {"task": "test.jobs.always_raise"})
        assert job.last_error == "ValueError"
