"""Starts programs, watches them and stops them."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from frmr_portal.stand.child import Child
from frmr_portal.stand.interrupts import Interrupts
from frmr_portal.stand.places import Place
from frmr_portal.stand.programs import Program

START_SECONDS: Final = 60.0
LOG_BYTES: Final = 5 * 1024 * 1024
_GLANCE_SECONDS: Final = 0.05
# a program may end unexpectedly so often within a minute; once more, and the stand gives up
RESTARTS: Final = 4
RESTART_WINDOW_SECONDS: Final = 60.0


class ProgramFailed(Exception):
    """A program did not start, or ended again and again."""

    def __init__(self, child: Child, reason: str) -> None:
        """Remember whose log to show."""
        super().__init__(f"{child.program.name}: {reason}")
        self.child = child


class StopWished(Exception):
    """Somebody pressed Ctrl-C or asked the supervisor to end."""


class Supervisor:
    """The programs of one stand."""

    def __init__(self, place: Place, *, report: Callable[[str], None]) -> None:
        """Prepare to run programs in `place`; `report` takes one line for the person at the terminal."""
        self._place = place
        self._report = report
        self._interrupts = Interrupts()
        self._children: list[Child] = []
        self._ends: dict[str, deque[float]] = {}

    def run_once(self, program: Program) -> None:
        """Run a program to its end.

        Raises:
            ProgramFailed: its exit code is not zero.
            StopWished: the wait was interrupted.
        """
        child = self._launch(program)
        self._children.append(child)
        while (code := child.exit_code()) is None:
            self._glance()
        self._children.remove(child)
        if code != 0:
            raise ProgramFailed(child, f"код выхода {code}")

    def start(self, programs: Iterable[Program]) -> None:
        """Start programs in order, then wait for them in order: they load side by side.

        Raises:
            ProgramFailed: one of them ended or did not answer in time.
            StopWished: the wait was interrupted.
        """
        begun = time.monotonic()
        fresh = []
        for program in programs:
            child = self._launch(program)
            self._children.append(child)
            fresh.append(child)
        for child in fresh:
            self._wait_until_ready(child)
            self._report(f"  {child.program.name:<9} готов, {time.monotonic() - begun:.1f} с")

    def watch(self) -> None:
        """Keep the programs running until somebody wants to stop.

        Raises:
            ProgramFailed: one of them ends again and again.
            StopWished: the orderly end of the watch.
        """
        while True:
            self._glance(seconds=60.0)
            for child in list(self._children):
                code = child.exit_code()
                if code is not None:
                    self._replace(child, code)

    def stop(self) -> None:
        """Stop the programs in reverse order; one that does not end in time, or a second Ctrl-C, is met with a kill."""
        wishes = self._interrupts.wishes
        while self._children:
            child = self._children.pop()
            child.ask_to_end()
            deadline = time.monotonic() + child.program.stop_seconds
            while child.exit_code() is None and time.monotonic() < deadline and self._interrupts.wishes == wishes:
                self._interrupts.wait(_GLANCE_SECONDS)
            child.kill()

    def close(self) -> None:
        """Let go of the signals."""
        self._interrupts.close()

    def _launch(self, program: Program) -> Child:
        log = self._place.log_dir / f"{program.name}.log"
        _turn_over(log)
        return Child(program, environment=self._place.environment(), log=log)

    def _glance(self, seconds: float = _GLANCE_SECONDS) -> None:
        self._interrupts.wait(seconds)
        if self._interrupts.wishes:
            raise StopWished

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not child.is_ready():
            if (code := child.exit_code()) is not None:
                raise ProgramFailed(child, f"код выхода {code}")
            if time.monotonic() > deadline:
                raise ProgramFailed(child, f"не отвечает {START_SECONDS:.0f} с")
            self._glance()

    def _replace(self, child: Child, code: int) -> None:
        ends = self._ends.setdefault(child.program.name, deque(maxlen=RESTARTS + 1))
        ends.append(time.monotonic())
        if len(ends) > RESTARTS and ends[-1] - ends[0] < RESTART_WINDOW_SECONDS:
            raise ProgramFailed(child, f"завершается раз за разом, последний код {code}")
        self._report(f"{child.program.name}: неожиданно завершился (код {code}), запускаю снова")
        # the rest of its group would hold the port or the socket
        child.kill()
        self._pause(2.0 ** (len(ends) - 1) - 1)
        fresh = self._launch(child.program)
        self._children[self._children.index(child)] = fresh
        self._wait_until_ready(fresh)
        self._report(f"  {fresh.program.name:<9} снова готов")

    def _pause(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._glance(left)


def _turn_over(log: Path) -> None:
    """Start a new log when the old one has grown; one old one is kept."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
