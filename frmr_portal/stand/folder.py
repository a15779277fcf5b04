"""The folder of a stand: one stand at a time lives in it, and only a stand's folder is ever thrown away."""

import fcntl
import os
import shutil
from io import TextIOWrapper
from pathlib import Path
from typing import Final

MARK: Final = ".frmr-stand"
# everything that some program of the stand may have written before the mark was there
OWN_ENTRIES: Final = frozenset({MARK, "broker", "files", "logs", "run", "secrets", "static", "stand.sqlite3", "stand.sqlite3-shm", "stand.sqlite3-wal"})


class FolderRefused(Exception):
    """The folder cannot serve as asked; the text is shown to the person at the terminal."""


def adopt(folder: Path) -> None:
    """Mark a new or empty folder as the stand's own.

    Raises:
        FolderRefused: it holds foreign files, which `reset` would later throw away.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = folder / MARK
    if mark.exists():
        return
    foreign = sorted({entry.name for entry in folder.iterdir()} - OWN_ENTRIES)
    if foreign:
        raise FolderRefused(f"В папке {folder} лежат посторонние файлы ({foreign[0]}). Задайте для стенда отдельную папку: DATA_DIR.")
    mark.write_text("data of a training stand; `make reset` removes this folder\n", encoding="utf-8")


def lock(folder: Path) -> TextIOWrapper:
    """Take the folder for this process; the lock ends with the process, however it ends.

    Raises:
        FolderRefused: another stand works in it.
    """
    path = folder / "run" / "stand.pid"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pid_file = path.open("a+", encoding="ascii")
    try:
        fcntl.flock(pid_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        pid_file.seek(0)
        owner = pid_file.read().strip()
        pid_file.close()
        raise FolderRefused(f"В папке {folder} уже работает стенд (процесс {owner}). Остановите его или задайте другую папку: DATA_DIR.") from error
    pid_file.truncate(0)
    pid_file.write(f"{os.getpid()}\n")
    pid_file.flush()
    return pid_file


def throw_away(folder: Path) -> None:
    """Delete the folder of a stand that does not run.

    Raises:
        FolderRefused: it is not a stand's, or the stand still works.
    """
    if not folder.exists():
        return
    if not (folder / MARK).exists():
        raise FolderRefused(f"Папка {folder} не похожа на данные стенда: в ней нет файла {MARK}. Удалите её сами, если уверены.")
    with lock(folder):
        shutil.rmtree(folder)
