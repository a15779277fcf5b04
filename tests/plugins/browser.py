"""Where the browser is, and one worker process for everything that shares the running stand."""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOLDER: Final = Path(__file__).resolve().parent.parent / "browser"
# the first test also waits for the stand to start
SECONDS: Final = 180


class BrowserMissing(Exception):
    """There is no Chromium where one must be."""


def find_chromium() -> str | None:
    """Return the path of a browser: the one that $CHROMIUM names, else the first that is installed."""
    candidates = [os.environ.get("CHROMIUM", ""), *NAMES]
    return next((path for name in candidates if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Path of the browser. Without one the tests are skipped, which the summary shows; CI takes no skip."""
    path = find_chromium()
    if path is None and os.environ.get("CI"):
        raise BrowserMissing(f"none of {', '.join(NAMES)} is installed: sudo apt-get install chromium")
    if path is None:
        pytest.skip("НЕТ БРАУЗЕРА, проверки в браузере не выполнены. Установите его: sudo apt-get install chromium")
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests, and send all users of the running stand to one worker: it starts once."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if "running_stand" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(SECONDS))
            item.add_marker(pytest.mark.xdist_group("stand"))
