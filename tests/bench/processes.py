"""Processes as the kernel sees them: who belongs to whom, processor time, memory, cores."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")
# proc(5): fields of /proc/<pid>/stat after the name, counted from 0
_PARENT, _USER, _SYSTEM = 1, 11, 12
# proc(5): fields of a line of /proc/stat that are idle time: idle and iowait
_IDLE: Final = slice(3, 5)
# user, nice, system, idle, iowait, irq, softirq, steal; the rest is counted in user already
_ALL: Final = slice(0, 8)


@dataclass(frozen=True)
class Cores:
    """Which core the servers run on, and which one loads them."""

    servers: int
    generator: int

    @property
    def are_apart(self) -> bool:
        """Whether the generator takes nothing from the servers."""
        return self.servers != self.generator


def choose_cores() -> Cores:
    """Return two of the cores that this process may use; on a machine of one core the same one twice."""
    allowed = sorted(os.sched_getaffinity(0))
    return Cores(allowed[0], allowed[-1])


def pin(pids: Iterable[int], core: int) -> None:
    """Keep processes with all their threads on one core; threads and children of later inherit it."""
    for pid in pids:
        for task in (_PROC / str(pid) / "task").iterdir():
            # a thread may end at any moment
            with suppress(ProcessLookupError):
                os.sched_setaffinity(int(task.name), {core})


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Run a block, and every program that it starts, on one core."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def children(parent: int) -> list[int]:
    """Return the direct children of a process."""
    found = []
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                if parent_of((folder / "stat").read_text()) == parent:
                    found.append(int(folder.name))
    return sorted(found)


def family(root: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [root]
    for pid in found:
        found.extend(children(pid))
    return found


def command_of(pid: int) -> list[str]:
    """Return the words of the command line."""
    return (_PROC / str(pid) / "cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the processor time that processes have used so far, in user and kernel mode."""
    return sum(cpu_of((_PROC / str(pid) / "stat").read_text()) for pid in pids)


def busy_seconds(core: int) -> float:
    """Return how long a core has worked since the machine started, for whomever."""
    return busy_of((_PROC / "stat").read_text(), core)


def pss_bytes(pid: int) -> int:
    """Return the proportional set size of a process: memory shared by n processes counts 1/n in each."""
    return pss_of((_PROC / str(pid) / "smaps_rollup").read_text())


def parent_of(stat: str) -> int:
    """Read the parent out of /proc/<pid>/stat; the name of a process may hold spaces and brackets."""
    return int(_after_name(stat)[_PARENT])


def cpu_of(stat: str) -> float:
    """Read the processor time out of /proc/<pid>/stat, seconds."""
    fields = _after_name(stat)
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS_PER_SECOND


def busy_of(stat: str, core: int) -> float:
    """Read the working time of one core out of /proc/stat, seconds."""
    line = next(line for line in stat.splitlines() if line.startswith(f"cpu{core} "))
    times = [int(word) for word in line.split()[1:]]
    return (sum(times[_ALL]) - sum(times[_IDLE])) / _TICKS_PER_SECOND


def pss_of(rollup: str) -> int:
    """Read the proportional set size out of /proc/<pid>/smaps_rollup, bytes."""
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024


def _after_name(stat: str) -> list[str]:
    return stat.rpartition(")")[2].split()
