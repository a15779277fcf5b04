"""Memory of a running stand, program by program."""

from dataclasses import dataclass
from typing import Final

from tests.bench import processes

# words of a command line -> what the report calls the program, in the order of the report
PROGRAMS: Final = {
    "frmr_portal.wsgi": "портал",
    "frmr_portal.idp_wsgi": "учебный вход",
    "celery": "обработчик заданий с расписанием",
    "manage.py relay": "передатчик заданий",
    "valkey-server": "очередь",
}
# a program that has served nobody yet has not loaded everything
REQUESTS_BEFORE: Final = 200
SUPERVISOR: Final = "супервизор"


@dataclass(frozen=True)
class Part:
    """One program with everything that it has started.

    Attributes:
        name: what the report calls it.
        processes: how many processes it consists of.
        pss_bytes: sum of their proportional set sizes.
    """

    name: str
    processes: int
    pss_bytes: int


def measure(supervisor: int) -> list[Part]:
    """Return the programs of a stand; every process is counted in exactly one of them."""
    parts = [_part(name_of(_command(pid)), processes.family(pid)) for pid in processes.children(supervisor)]
    order = list(PROGRAMS.values())
    known = sorted(parts, key=lambda part: order.index(part.name) if part.name in order else len(order))
    return [*known, _part(SUPERVISOR, [supervisor])]


def name_of(command: str) -> str:
    """Return the name of a program; one that is not in the table keeps its command line."""
    return next((name for words, name in PROGRAMS.items() if words in command), command)


def program(supervisor: int, words: str) -> list[int]:
    """Return the processes of the program with these words in its command line."""
    found = [pid for pid in processes.children(supervisor) if words in _command(pid)]
    return processes.family(found[0])


def _command(pid: int) -> str:
    return " ".join(processes.command_of(pid))


def _part(name: str, pids: list[int]) -> Part:
    return Part(name, len(pids), sum(processes.pss_bytes(pid) for pid in pids))
