"""Marks of running programs: a file that says «this process is at work», renewed while it is."""

import os
from pathlib import Path

from django.conf import settings


def mark_of(program: str) -> Path:
    """Return the file in which a program without a port shows that it works."""
    path: Path = settings.RUN_DIR / f"{program}.ready"
    return path


def leave(program: str) -> None:
    """Write or renew the mark of this process; whoever watches looks at the id and the age of the file."""
    path = mark_of(program)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(str(os.getpid()), encoding="ascii")
    draft.replace(path)


def remove(program: str) -> None:
    """Take the mark away at the end of an orderly life."""
    mark_of(program).unlink(missing_ok=True)
