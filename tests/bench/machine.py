"""What the figures were made on and with."""

import os
import platform
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from tests.bench.load import find_wrk
from tests.plugins.stand import ROOT

PACKAGES: Final = {"Django": "django", "granian": "granian", "Celery": "celery"}
_MOSCOW: Final = ZoneInfo("Europe/Moscow")


def facts() -> list[tuple[str, str]]:
    """Return names and values in the order of the report."""
    wrk = subprocess.run([find_wrk(), "-v"], capture_output=True, text=True, check=False).stdout.split()
    return [
        ("Когда", f"{datetime.now(_MOSCOW):%d.%m.%Y %H:%M} (МСК)"),
        ("Версия проекта", commit()),
        ("Python", platform.python_version()),
        *((name, version(package)) for name, package in PACKAGES.items()),
        ("wrk", wrk[1] if len(wrk) > 1 else "неизвестно"),
        ("Ядро системы", f"{platform.system()} {platform.release()}"),
        ("Процессор", f"{_cpu_model()}, ядер: {os.cpu_count()}"),
    ]


def commit() -> str:
    """Return the commit of the working tree, and whether tracked files differ from it."""
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return _git("rev-parse", "--short=10", "HEAD") + (" и несохранённые правки" if changed else "")


def load_average() -> float:
    """Return how many processes wanted a core in the last minute, on average."""
    return os.getloadavg()[0]


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
