"""One running program: its process, its log, its end."""

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

from frmr_portal.env import BASE_DIR
from frmr_portal.stand import lifeline
from frmr_portal.stand.programs import Program

TAIL_LINES: Final = 20


class Child:
    """A started program.

    It gets a session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops
    the programs in order, and the whole group of a stubborn program can be killed at once.
    """

    def __init__(self, program: Program, *, environment: dict[str, str], log: Path) -> None:
        """Start `program` with its output in `log`."""
        self.program = program
        self.log = log
        supervisor = os.getpid()
        with log.open("ab") as output:
            self._log_start = output.tell()
            self._process = subprocess.Popen(  # noqa: S603  # a fixed list of words, no shell
                program.argv,
                cwd=BASE_DIR,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # the supervisor has one thread, so code between fork and exec is safe
                preexec_fn=lambda: _tie_to(supervisor),  # noqa: PLW1509
            )

    @property
    def pid(self) -> int:
        """Id of the process, which is also the id of its group."""
        return self._process.pid

    def is_ready(self) -> bool:
        """Tell whether the program does its work."""
        return self.program.is_ready(self.pid)

    def exit_code(self) -> int | None:
        """Return the exit code, negative for a signal, or None while the program runs."""
        return self._process.poll()

    def ask_to_end(self) -> None:
        """Ask for an orderly end."""
        self._process.terminate()

    def wait(self, seconds: float) -> bool:
        """Wait for the end; tell whether it came in time."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def kill(self) -> None:
        """End the program and everything that it started, now."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def tail(self) -> str:
        """Return the last lines that this program wrote."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])


def _tie_to(supervisor: int) -> None:
    lifeline.die_with_parent()
    # it may have died before the wish was known to the kernel
    if os.getppid() != supervisor:
        os._exit(1)
