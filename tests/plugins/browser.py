"""Where the browser is, and one worker process for its tests."""

import os
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from xdist.scheduler import LoadFileScheduling

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
    """Mark the browser tests, and give time to all users of the running stand."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if "running_stand" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(SECONDS))


class OneBrowser(LoadFileScheduling):
    """Give a file to a worker process as a whole, and the folder of the browser tests too: they share one stand and one browser."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return "browser" if file.startswith("tests/browser/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneBrowser | None:
    """Take part in `--dist loadfile`. Groups by mark (`loadgroup`) have no effect under pytest 9.2 and xdist 3.8."""
    return OneBrowser(config, log) if config.getvalue("dist") == "loadfile" else None
