"""`manage.py relay`: hands the outbox to the task queue, one process per stand (any number on PostgreSQL)."""

import signal
from functools import partial
from threading import Event
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand
from kombu.exceptions import OperationalError

from frmr_portal.base.jobs.relay import Relay
from frmr_portal.base.jobs.services import BrokerUnavailable
from frmr_portal.base.kit import marks
from frmr_portal.celery import app


class Publisher:
    """Sends ids over one connection of its own, which gives up at once instead of trying again by itself for six seconds."""

    def __init__(self) -> None:
        connection = app.connection_for_write(transport_options={"max_retries": 1, "interval_start": 0, "interval_step": 0})
        self._producer = app.amqp.Producer(connection, auto_declare=False)

    def __call__(self, name: str, job_id: UUID) -> None:
        """Send one id to the broker.

        Raises:
            BrokerUnavailable: it could not be reached or did not answer in time.
        """
        try:
            app.send_task(name, args=[str(job_id)], producer=self._producer, retry=False)
        except (OperationalError, OSError) as error:
            raise BrokerUnavailable from error


class Command(BaseCommand):
    """Run the relay until SIGTERM or Ctrl-C."""

    help = "Hand queued jobs to the task queue until stopped"
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Loop; both signals end the current round cleanly."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        try:
            Relay(publish=Publisher(), show_life=partial(marks.leave, "relay"), stop=stop).run()
        finally:
            marks.remove("relay")
        self.stdout.write("relay: stopped")
