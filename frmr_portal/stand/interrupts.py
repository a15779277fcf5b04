"""Signals turned into something that a loop can wait for."""

import select
import signal
import socket
from types import FrameType
from typing import Final

STOP: Final = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class Interrupts:
    """Counts the wishes to stop and wakes the waiting loop, also when a child ends."""

    def __init__(self) -> None:
        """Take over the signals of this process."""
        self.wishes = 0
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)  # noqa: FBT003  # the signature of the standard library
        self._writer.setblocking(False)  # noqa: FBT003
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in (*STOP, signal.SIGCHLD):
            signal.signal(number, _leave_it_to_the_loop)

    def wait(self, seconds: float) -> None:
        """Sleep for `seconds`, or until a signal comes."""
        ready, _, _ = select.select([self._reader], [], [], max(seconds, 0.0))
        if ready:
            self.wishes += sum(number in STOP for number in self._reader.recv(4096))

    def close(self) -> None:
        """Give the wake-up descriptor back."""
        signal.set_wakeup_fd(-1)
        self._reader.close()
        self._writer.close()


def _leave_it_to_the_loop(_number: int, _frame: FrameType | None) -> None:
    """Let the wake-up descriptor carry the signal."""
