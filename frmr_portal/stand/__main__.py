"""`python -m frmr_portal.stand`: what `make run`, `make esia` and `make reset` call."""

import argparse
import errno
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from frmr_portal.env import Values
from frmr_portal.stand import folder, lifeline, places, probes, programs, screen
from frmr_portal.stand.places import Place
from frmr_portal.stand.programs import Program
from frmr_portal.stand.supervisor import ProgramFailed, StopWished, Supervisor

# a container runs one program and watches it by itself
ALONE: Final[Mapping[str, Callable[[Place], Program]]] = {
    "portal": programs.portal,
    "provider": programs.provider,
    "worker": programs.worker,
    "beat": programs.beat,
    "relay": programs.relay,
}
WITHOUT_PORT: Final = frozenset({"worker", "beat", "relay"})


class PortRefused(Exception):
    """A web server cannot listen where it should; the text says what to change."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    wishes = _arguments(words)
    if wishes.stop_with_parent:
        lifeline.die_with_parent(signal.SIGTERM)
    try:
        place = places.from_environment(Values())
        if wishes.reset:
            return _reset(place)
        if wishes.serve:
            return _serve(place, wishes.serve)
        if wishes.probe:
            return _probe(place, wishes.probe)
        return _run(place, only=wishes.only)
    except (folder.FolderRefused, PortRefused, programs.BrokerUnavailable, places.WrongPort) as refusal:
        _say(str(refusal))
        return 1


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="frmr_portal.stand", description="Стенд одной командой")
    parser.add_argument("--only", choices=["provider"], help="запустить только учебный вход")
    parser.add_argument("--serve", choices=sorted(ALONE), help="стать одной из программ стенда, без надзора: для контейнеров")
    parser.add_argument("--probe", choices=sorted(ALONE), help="спросить, работает ли программа: для контейнеров")
    parser.add_argument("--reset", action="store_true", help="выбросить данные стенда")
    parser.add_argument("--stop-with-parent", action="store_true", help="завершиться вместе с запустившей программой")
    return parser.parse_args(words)


def _reset(place: Place) -> int:
    folder.throw_away(place.data_dir)
    _say(f"Данные стенда удалены: {place.data_dir}")
    return 0


def _serve(place: Place, name: str) -> int:
    argv = ALONE[name](place).argv
    os.execve(argv[0], argv, place.environment())  # noqa: S606  # no shell, and nothing to come back to


def _probe(place: Place, name: str) -> int:
    mark = place.run_dir / f"{name}.ready"
    is_well = probes.mark_is_fresh(mark) if name in WITHOUT_PORT else ALONE[name](place).is_ready(0)
    return 0 if is_well else 1


def _run(place: Place, *, only: str | None) -> int:
    folder.adopt(place.data_dir)
    place.make_folders()
    with folder.lock(place.data_dir):
        for name, port in _ports(place, only=only):
            _check_port(place.bind, name, port)
        return _supervise(place, only=only)


def _supervise(place: Place, *, only: str | None) -> int:
    supervisor = Supervisor(place, report=_say)
    try:
        _say(f"Готовлю данные в {place.data_dir}")
        supervisor.run_once(programs.prepare(place))
        facts = json.loads(place.facts_file.read_text(encoding="utf-8"))
        for wave in _waves(place, only=only):
            supervisor.start(wave)
        _show(place, facts, only=only)
        supervisor.watch()
    except StopWished:
        _say("Останавливаю стенд")
    except ProgramFailed as failure:
        _say(f"{failure.child.tail()}\n{failure}\nВесь журнал: {failure.child.log}")
        return 1
    finally:
        supervisor.stop()
        supervisor.close()
    return 0


def _ports(place: Place, *, only: str | None) -> list[tuple[str, int]]:
    esia = ("ESIA_PORT", place.esia_port)
    return [esia] if only else [("PORT", place.port), esia]


def _check_port(bind: str, name: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # as a server would: a port in TIME_WAIT is free
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            reason = "занят" if error.errno == errno.EADDRINUSE else f"недоступен: {os.strerror(error.errno or 0)}"
            raise PortRefused(f"Порт {port} на {bind} {reason}. Задайте другой, например {name}={port + 10}.") from error


def _waves(place: Place, *, only: str | None) -> list[list[Program]]:
    """Return the programs in groups; a group starts when the one before it answers."""
    if only:
        return [[programs.provider(place)]]
    rest = [programs.worker_with_beat(place), programs.relay(place), programs.provider(place), programs.portal(place)]
    return [rest] if place.broker_url else [[programs.broker(place)], rest]


def _show(place: Place, facts: dict[str, Any], *, only: str | None) -> None:
    addresses = {"esia": place.esia_url} if only else {"portal": place.portal_url, "esia": place.esia_url}
    sys.stdout.write(f"{screen.ready_line(addresses)}\n{screen.greeting(facts)}\n")
    sys.stdout.flush()


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    raise SystemExit(main())
