"""The loop that empties the outbox into the broker."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Final

from django.db import DatabaseError, InterfaceError, connection

from frmr_portal.base.clock import services as clock
from frmr_portal.base.jobs import services

logger = logging.getLogger(__name__)

IDLE_SECONDS: Final = 0.2
_LONGEST_PAUSE_SECONDS: Final = 5.0
_SIGN_OF_LIFE_SECONDS: Final = 5.0


@dataclass
class Relay:
    """Looks for due jobs until it is told to stop; trouble with the database or the broker only slows it down.

    Attributes:
        publish: sends the name and the id of a job; raises `BrokerUnavailable`.
        show_life: called every few seconds for whoever watches the process.
        stop: set by the signal handler.
        now: the stand's clock.
    """

    publish: services.Publish
    show_life: Callable[[], None]
    stop: Event
    now: Callable[[], datetime] = clock.now
    _pause_seconds: float = IDLE_SECONDS
    _shown_at: float = float("-inf")

    def run(self) -> None:
        """Work until `stop` is set."""
        while not self.stop.is_set():
            self._show_life()
            if not self.step():
                self.stop.wait(self._pause_seconds)

    def step(self) -> bool:
        """Send what is due and return whether something was sent; each failure doubles the pause, up to 5 s."""
        try:
            sent = services.relay_once(now=self.now(), publish=self.publish)
        except services.BrokerUnavailable as error:
            self._slow_down("broker", error)
        except (DatabaseError, InterfaceError) as error:
            # a locked or restarted database: begin with a fresh connection
            connection.close()
            self._slow_down("database", error)
        else:
            self._pause_seconds = IDLE_SECONDS
            return sent > 0
        return False

    def _show_life(self) -> None:
        moment = time.monotonic()
        if moment - self._shown_at >= _SIGN_OF_LIFE_SECONDS:
            self.show_life()
            self._shown_at = moment

    def _slow_down(self, what: str, error: Exception) -> None:
        self._pause_seconds = min(self._pause_seconds * 2, _LONGEST_PAUSE_SECONDS)
        logger.warning("relay: %s unavailable (%s), next try in %.1f s", what, type(error).__name__, self._pause_seconds)
