"""The floor: a minimal Django project behind the very web server of the portal."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frmr_portal.stand import lifeline
from tests.plugins.stand import ROOT, free_ports

START_SECONDS: Final = 30.0
_BIND: Final = "127.0.0.1"


class FloorDidNotStart(Exception):
    """The server of the floor ended, or did not answer in time; the text is what it said."""


@dataclass(frozen=True)
class Floor:
    """A running floor.

    Attributes:
        pid: its first process.
        host: address with the port.
        environment: what a process needs to use the same settings and data.
    """

    pid: int
    host: str
    environment: dict[str, str]


@contextmanager
def running(folder: Path, *, portal: Sequence[str]) -> Iterator[Floor]:
    """Make the database of the floor and serve it.

    Args:
        folder: where its database and its log go.
        portal: command line of the running portal, which the floor shares but for the port and the application.

    Raises:
        FloorDidNotStart: it did not answer.
    """
    (port,) = free_ports(1)
    environment = {"DJANGO_SETTINGS_MODULE": "tests.bench.floor.settings", "FLOOR_DATABASE": str(folder / "floor.sqlite3"), lifeline.LIFELINE: "1"}
    everything = {**os.environ, **environment}
    subprocess.run([sys.executable, "-m", "tests.bench.floor.fill"], cwd=ROOT, env=everything, check=True)
    log = folder / "floor.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            like(portal, port),
            cwd=ROOT,
            env=everything,
            stdout=output,
            stderr=subprocess.STDOUT,
            # a busy kernel shares a core between sessions (sched(7), autogroup), and each program of the stand has its own
            start_new_session=True,
            # the bench has one thread at this point, so code between fork and exec is safe
            preexec_fn=lifeline.die_with_parent,  # noqa: PLW1509
        )
    try:
        _wait(process, port, log)
        yield Floor(process.pid, f"{_BIND}:{port}", environment)
    finally:
        process.terminate()
        process.wait()


def like(portal: Sequence[str], port: int) -> list[str]:
    """Return the command line of the portal with another port and another application."""
    words = [*portal]
    words[words.index("--port") + 1] = str(port)
    return [*words[:-1], "tests.bench.floor.wsgi:application"]


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise FloorDidNotStart(log.read_text(encoding="utf-8", errors="replace"))
        time.sleep(0.05)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(_BIND, port, timeout=5)
    try:
        connection.request("GET", "/rows")
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
