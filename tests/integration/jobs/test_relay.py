from datetime import datetime
from threading import Event
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError
from kombu.exceptions import OperationalError as NoBroker
from kombu.utils import functional

from frmr_portal.base.jobs import relay, services
from frmr_portal.base.jobs.models import Job, State
from frmr_portal.celery import app
from frmr_portal.management.commands import relay as command


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    """What the relay would have slept."""
    return []


@pytest.fixture
def stop(pauses) -> Event:
    class Stop(Event):
        """Ends the loop in its sixth pause instead of sleeping."""

        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout or 0)
            if len(pauses) == 6:
                self.set()
            return self.is_set()

    return Stop()


def refuse(_name: str, _job_id: object) -> None:
    raise services.BrokerUnavailable


def refuse_to_sleep(seconds: float) -> None:
    assert seconds == 0


def locked(*_args: object, **_options: object) -> None:
    raise OperationalError("database is locked")


class TestLoop:
    def test_an_idle_relay_looks_five_times_a_second(self, db, stop, pauses):
        relay.Relay(publish=refuse, show_life=lambda: None, stop=stop).run()

        assert pauses == [0.2] * 6

    def test_the_relay_does_not_pause_while_there_is_work(self, db, stop, pauses, now, monkeypatch):
        monkeypatch.setattr(services, "_BATCH_ROWS", 1)
        for number in range(3):
            services.enqueue("test.jobs.nothing", key=f"job:{number}", payload={}, now=now)
        sent: list[object] = []

        relay.Relay(publish=lambda _name, job_id: sent.append((job_id, len(pauses))), show_life=lambda: None, stop=stop).run()

        assert [count for _job, count in sent] == [0, 0, 0]

    def test_a_broker_that_is_down_slows_the_relay_but_does_not_end_it(self, db, stop, pauses, now):
        services.enqueue("test.jobs.nothing", key="job", payload={}, now=now)

        relay.Relay(publish=refuse, show_life=lambda: None, stop=stop).run()

        assert pauses == [0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
        assert Job.objects.get().state == State.QUEUED

    def test_a_locked_database_slows_the_relay_but_does_not_end_it(self, db, stop, pauses, monkeypatch):
        monkeypatch.setattr(services, "relay_once", locked)
        monkeypatch.setattr(relay.connection, "close", lambda: None)

        relay.Relay(publish=refuse, show_life=lambda: None, stop=stop).run()

        assert pauses == [0.4, 0.8, 1.6, 3.2, 5.0, 5.0]

    def test_a_clock_that_cannot_be_read_slows_the_relay_but_does_not_end_it(self, db, stop, pauses, monkeypatch):
        monkeypatch.setattr(relay.connection, "close", lambda: None)

        def clock() -> datetime:
            raise OperationalError("database is locked")

        relay.Relay(publish=refuse, show_life=lambda: None, stop=stop, now=clock).run()

        assert len(pauses) == 6

    def test_after_a_success_the_relay_is_quick_again(self, db, stop, pauses, now):
        services.enqueue("test.jobs.nothing", key="job", payload={}, now=now)
        tries: list[object] = []

        def recovers(_name: str, job_id: object) -> None:
            tries.append(job_id)
            if len(tries) < 3:
                raise services.BrokerUnavailable

        relay.Relay(publish=recovers, show_life=lambda: None, stop=stop).run()

        assert pauses == [0.4, 0.8, 0.2, 0.2, 0.2, 0.2]


class TestSignOfLife:
    def test_whoever_watches_sees_a_sign_of_life_every_five_seconds(self, db, stop, pauses, monkeypatch):
        monkeypatch.setattr(relay.time, "monotonic", lambda: 100 + sum(pauses) * 10)
        signs: list[int] = []

        relay.Relay(publish=refuse, show_life=lambda: signs.append(len(pauses)), stop=stop).run()

        assert signs == [0, 3]


class TestPublisher:
    @pytest.mark.parametrize("error", [NoBroker("refused"), ConnectionRefusedError(), TimeoutError()])
    def test_every_trouble_of_the_transport_is_one_named_exception(self, monkeypatch, error):
        def send(*_args: object, **_options: object) -> None:
            raise error

        monkeypatch.setattr(app, "send_task", send)

        with pytest.raises(services.BrokerUnavailable):
            command.Publisher()("test.jobs.nothing", uuid4())

    def test_the_message_holds_the_id_and_nothing_else(self, monkeypatch):
        sent: list[object] = []
        monkeypatch.setattr(app, "send_task", lambda name, args, **_options: sent.append((name, args)))
        job_id = uuid4()

        command.Publisher()("test.jobs.nothing", job_id)

        assert sent == [("test.jobs.nothing", [str(job_id)])]

    def test_f_06_a_broker_that_is_not_there_is_noticed_at_once(self, monkeypatch, tmp_path):
        """One attempt and one immediate second one: the relay itself decides when to try again."""
        address = f"redis+socket://{tmp_path}/nobody.sock"
        monkeypatch.setattr(app.conf, "broker_write_url", address)
        monkeypatch.setattr(functional, "sleep", refuse_to_sleep)

        with pytest.raises(services.BrokerUnavailable):
            command.Publisher()("test.jobs.nothing", uuid4())


class TestCommand:
    def test_sigterm_ends_the_relay_cleanly(self, db, monkeypatch, capsys, settings, tmp_path):
        settings.RUN_DIR = tmp_path
        handlers = {}
        monkeypatch.setattr(command.signal, "signal", lambda number, handler: handlers.update({number: handler}))
        monkeypatch.setattr(relay.Relay, "step", lambda _self: handlers[command.signal.SIGTERM]())

        call_command("relay")

        assert "relay: stopped" in capsys.readouterr().out
        assert not list(tmp_path.iterdir())
