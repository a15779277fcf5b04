"""A process that ends together with its parent, so that a killed supervisor leaves no orphan."""

import ctypes
import os
import signal
import sys
from typing import Final

PR_SET_PDEATHSIG: Final = 1  # linux/prctl.h
# children of the supervisor pass it on to their own children
LIFELINE: Final = "STAND_LIFELINE"


def die_with_parent(stop: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel for `stop` as soon as the thread that started this process ends.

    Only Linux offers this; elsewhere the call does nothing and a killed supervisor may leave its
    programs running. The wish survives exec but not fork, so each generation asks for itself.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(stop), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")


def hold_on() -> None:
    """Keep a grandchild of the stand tied to its parent: a web worker, a pool worker, the beat."""
    if os.environ.get(LIFELINE):
        die_with_parent()
