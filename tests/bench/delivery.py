"""From an open session to the notification row: outbox, relay, queue, worker."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.walker import Walker

PATIENCE_SECONDS: Final = 20.0
_GLANCE_SECONDS: Final = 0.002
_COUNT: Final = "SELECT count(*) FROM cabinet_notifications_notification"


class NotDelivered(Exception):
    """A notification did not come in time."""


@dataclass(frozen=True)
class Watch:
    """Counts the notifications of a stand, by its database and not by its pages: a page would cost the time that is measured."""

    database: Path

    def count(self) -> int:
        """Return how many there are."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as connection:
            found: int = connection.execute(_COUNT).fetchone()[0]
            return found

    def wait_for(self, number: int) -> float:
        """Return the monotonic moment at which so many were there.

        Raises:
            NotDelivered: they did not come.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.count() < number:
            if time.monotonic() > deadline:
                raise NotDelivered(f"{self.count()} of {number}")
            time.sleep(_GLANCE_SECONDS)
        return time.monotonic()


def sign_in_often(walker: Walker, watch: Watch, times: int) -> list[float]:
    """Sign in again and again with the provider's session; return the seconds that each notification took."""
    found = []
    for _ in range(times):
        before = watch.count()
        walker.sign_out_of_portal()
        opened_at = walker.sign_in().opened_at
        found.append(watch.wait_for(before + 1) - opened_at)
    return found
