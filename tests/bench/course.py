"""The order of the measurements, from an empty folder to a report."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import requests

from tests.bench import delivery, floors, load, machine, memory, processes, queries, starts, tokens
from tests.bench.floors import Floor
from tests.bench.load import Target
from tests.bench.processes import Cores
from tests.bench.report import Report
from tests.bench.samples import Page, Sample
from tests.bench.walker import Walker
from tests.plugins.stand import Stand

# the page of notifications shows 25
SIGN_INS: Final = 26
TIMED_SIGN_INS: Final = 10
_WARM_UP_SECONDS: Final = 1


@dataclass(frozen=True)
class Wishes:
    """What the command line asked for.

    Attributes:
        rounds: how often each figure is measured.
        seconds: length of a round of load.
        cold: also run a new clone with empty package caches.
        command: what was typed.
    """

    rounds: int
    seconds: int
    cold: bool
    command: str


def run(wishes: Wishes) -> Report:
    """Measure everything; nothing stays behind."""
    load.find_wrk()
    facts, load_before = machine.facts(), machine.load_average()
    # /tmp itself: the path of a socket may have 107 bytes
    with tempfile.TemporaryDirectory(prefix="frmr-bench-") as name:
        folder = Path(name)
        lives = [_said("запуск и остановка", starts.measure(folder / f"life-{number}")) for number in range(wishes.rounds)]
        with starts.running(folder / "stand") as stand:
            report = _measure_running(stand, folder, wishes)
        cold = _said("новая копия", starts.measure_cold(folder)) if wishes.cold else None
    return replace(report, facts=facts, load_before=load_before, starts=lives, cold=cold)


def _measure_running(stand: Stand, folder: Path, wishes: Wishes) -> Report:
    people = [Walker(stand.portal_url, number) for number in range(1, tokens.PEOPLE + 1)]
    watch = delivery.Watch(stand.data_dir / "stand.sqlite3")
    for person in people:
        person.sign_in()
    doctor = people[0]
    watch.wait_for(len(people))
    delivery.sign_in_often(doctor, watch, SIGN_INS - TIMED_SIGN_INS - 1)
    deliveries = _said("уведомления", delivery.sign_in_often(doctor, watch, TIMED_SIGN_INS))
    _look_around(stand, doctor, memory.REQUESTS_BEFORE)
    parts = _said("память", memory.measure(stand.pid))
    with floors.running(folder, portal=processes.command_of(memory.program(stand.pid, "frmr_portal.wsgi")[0])) as floor:
        cores = processes.choose_cores()
        pages = Rounds(stand, floor, people, cores).run(wishes)
    return Report(command=wishes.command, rounds=wishes.rounds, seconds=wishes.seconds, cores=cores, pages=pages, deliveries=deliveries, memory=parts)


def _look_around(stand: Stand, person: Walker, times: int) -> None:
    addresses = (f"{stand.portal_url}/", f"{stand.portal_url}/notifications/", f"{stand.portal_url}/audit/me/", f"{stand.esia_url}/")
    for number in range(times):
        person.browser.get(addresses[number % len(addresses)]).raise_for_status()


@dataclass(frozen=True)
class Rounds:
    """Floors and pages in turn, on one core, loaded from another."""

    stand: Stand
    floor: Floor
    people: Sequence[Walker]
    cores: Cores

    def run(self, wishes: Wishes) -> list[Page]:
        """Return every address with its rounds."""
        targets = self._targets()
        pages = self._pages(targets)
        ours = [*processes.family(self.stand.pid), *processes.family(self.floor.pid)]
        processes.pin(ours, self.cores.servers)
        pages_in_turn = partial(self._round, targets, ours)
        with processes.on_core(self.cores.generator):
            pages_in_turn(_WARM_UP_SECONDS)
            rounds = [_said(f"круг {number + 1} из {wishes.rounds}", pages_in_turn(wishes.seconds)) for number in range(wishes.rounds)]
        return [replace(page, samples=own) for page, own in zip(pages, zip(*rounds, strict=True), strict=True)]

    def _round(self, targets: Sequence[Target], ours: Sequence[int], seconds: int) -> list[Sample]:
        """Load every address once; the token rounds come last."""
        core = self.cores.servers
        found = [load.run(target, seconds=seconds, ours=ours, core=core) for target in targets]
        system = tokens.system_of(self.stand.data_dir, esia=self.stand.esia_url, portal=self.stand.portal_url)
        provider = self._servers("frmr_portal.idp_wsgi")
        return [*found, tokens.run(system, self.people, seconds=seconds, servers=provider, ours=ours, core=core)]

    def _servers(self, words: str) -> list[int]:
        return memory.program(self.stand.pid, words)

    def _targets(self) -> list[Target]:
        portal, esia, floor = self.stand.portal_url, self.stand.esia_url, f"http://{self.floor.host}"
        cookies = self.people[0].cookies_for(f"{portal}/")
        of_floor, of_portal = processes.family(self.floor.pid), self._servers("frmr_portal.wsgi")
        return [
            # each floor stands right before the page that is judged by it: a busy minute meets both
            Target("hello", "**пол: hello**", f"{floor}/hello", "", of_floor),
            Target("live", "портал, `/health/live`", f"{portal}/health/live", "", of_portal),
            Target("rows", "**пол: 20 строк**", f"{floor}/rows", "", of_floor),
            Target("home", "портал, `/`, вошедший", f"{portal}/", cookies, of_portal),
            Target("notifications", "портал, `/notifications/`, 25 строк", f"{portal}/notifications/", cookies, of_portal),
            Target("start", "портал, `/`, гость", f"{portal}/", "", of_portal),
            Target("login", "портал, `/login/`", f"{portal}/login/", "", of_portal),
            Target("esia_login", "учебный вход, `/login/`", f"{esia}/login/", "", self._servers("frmr_portal.idp_wsgi")),
        ]

    def _pages(self, targets: Sequence[Target]) -> list[Page]:
        counted = self._queries(targets)
        pages = [Page(target.key, target.label, counted[target.key], _length(target)) for target in targets]
        return [*pages, Page("tokens", f"учебный вход, ac → te → rs, {tokens.REQUESTS_OF_A_ROUND} запросов", None, 0)]

    def _queries(self, targets: Sequence[Target]) -> dict[str, int]:
        """Count with the settings of each side, on the data of the running stand."""
        sides = {
            self.floor.host: self.floor.environment,
            f"127.0.0.1:{self.stand.port}": {**self.stand.environment, "STAND_SIDE": "portal"},
            f"localhost:{self.stand.esia_port}": {**self.stand.environment, "STAND_SIDE": "provider"},
        }
        found: dict[str, int] = {}
        for host, environment in sides.items():
            here = [target for target in targets if target.url.startswith(f"http://{host}/")]
            asked = [(target.url.removeprefix(f"http://{host}"), target.cookies) for target in here]
            settings = {"DJANGO_SETTINGS_MODULE": "frmr_portal.settings"}
            counts = queries.count(asked, host=host, environment={**settings, **environment})
            found.update(zip((target.key for target in here), counts, strict=True))
        return found


def _length(target: Target) -> int:
    response = requests.get(target.url, headers={"Cookie": target.cookies} if target.cookies else {}, allow_redirects=False, timeout=20)
    response.raise_for_status()
    return len(response.content)


def _said[T](what: str, found: T) -> T:
    _say(f"  {what}: готово")
    return found


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
