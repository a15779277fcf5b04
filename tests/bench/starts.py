"""How long the stand takes to be ready and to stop."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.plugins.stand import ROOT, Stand, StandDidNotStart, free_ports

READY: Final = "READY "
# a bench that is killed leaves no stand behind
WITH_BENCH: Final = ("--stop-with-parent",)
# a slow line to the package index is no failure of the bench
COLD_SECONDS: Final = 900.0
# every stand of the bench is the one of `make run`, whatever stands in the environment of the bench
AS_SHIPPED: Final = {"DATABASE_URL": "", "BROKER_URL": "", "STAND_PROFILE": "stand", "LOG_LEVEL": ""}
# what make hands to its children; a clone has its own
_OF_MAKE: Final = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "ARGS", "DATA_DIR", "VIRTUAL_ENV", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT")


@dataclass(frozen=True)
class Start:
    """One life of a stand in a new folder, seconds.

    Attributes:
        first: to READY in an empty folder: keys, tables, static files, people.
        stop: from Ctrl-C to the end of the last program.
        second: to READY in the same folder.
    """

    first: float
    stop: float
    second: float


@dataclass(frozen=True)
class ColdStart:
    """`make run` in a new clone, seconds.

    Attributes:
        first: with empty package caches.
        second: again in the same clone.
    """

    first: float
    second: float


def new_stand(folder: Path) -> Stand:
    """Return a stand that has not started yet."""
    port, esia_port = free_ports(2)
    return Stand(folder, port, esia_port, extra=AS_SHIPPED)


@contextmanager
def running(folder: Path) -> Iterator[Stand]:
    """Run a stand; whatever happens, nothing of it is left."""
    stand = new_stand(folder)
    try:
        yield stand.start(*WITH_BENCH)
        stand.stop()
    finally:
        stand.kill()


def measure(folder: Path) -> Start:
    """Start, stop and start again in an empty folder."""
    stand = new_stand(folder)
    try:
        first, stop = _seconds_to_ready(stand), _seconds_to_stop(stand)
        second = _seconds_to_ready(stand)
        stand.stop()
    finally:
        stand.kill()
    return Start(first, stop, second)


def measure_cold(folder: Path) -> ColdStart:
    """Clone the last commit into an empty folder and run it twice; the package index must answer."""
    clone = folder / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    caches = {name: str(folder / name.lower()) for name in ("UV_CACHE_DIR", "PIP_CACHE_DIR", "XDG_CACHE_HOME")}
    return ColdStart(_make_run(clone, caches), _make_run(clone, caches))


def _seconds_to_ready(stand: Stand) -> float:
    begun = time.monotonic()
    stand.launch(*WITH_BENCH)
    if not stand.wait_for(READY):
        raise StandDidNotStart(stand.said)
    return time.monotonic() - begun


def _seconds_to_stop(stand: Stand) -> float:
    begun = time.monotonic()
    stand.stop()
    return time.monotonic() - begun


def _make_run(clone: Path, caches: Mapping[str, str]) -> float:
    stand = new_stand(clone / "var")
    environment = {name: value for name, value in os.environ.items() if name not in _OF_MAKE}
    own = {**AS_SHIPPED, **caches, "PORT": str(stand.port), "ESIA_PORT": str(stand.esia_port)}
    begun = time.monotonic()
    process = subprocess.Popen(["make", "run"], cwd=clone, env={**environment, **own}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    stand.process = process
    try:
        if not stand.wait_for(READY, COLD_SECONDS):
            raise StandDidNotStart(stand.said)
        ready = time.monotonic() - begun
        # as Ctrl-C in a terminal: the whole group gets it, and make waits for the stand
        os.killpg(process.pid, signal.SIGINT)
        stand.wait()
    finally:
        stand.kill()
    return ready
