"""One browser for the folder, a fresh profile for every visitor."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.states import Rooms
from tests.browser.walk import Visit, Visitor, Watch
from tests.plugins.stand import ROOT, START_SECONDS, Stand, free_ports

# no sandbox: containers run as root; no traffic of the browser's own
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--no-first-run")
# a page answers in milliseconds; this much is for a machine that does something else besides
WAIT_MS: Final = 15_000
WIDE: Final = {"width": 1280, "height": 900}


class ServerEnded(Exception):
    """A server that a test started did not come up."""


# not of the session: Playwright keeps an event loop running, and Django refuses its database beside one
@pytest.fixture(scope="package")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The browser itself, without a window."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield found
        found.close()


@pytest.fixture(scope="package")
def new_visitor(browser: Browser, running_stand: Stand) -> Visit:
    """Make a visitor; whoever calls this closes the context."""
    stand = (running_stand.portal_url, running_stand.esia_url)

    def new_visitor(origins: tuple[str, ...] = stand, **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": WIDE, "locale": "ru-RU", "timezone_id": "Europe/Moscow", "reduced_motion": "reduce", **options})
        context.set_default_timeout(WAIT_MS)
        watch = Watch(origins)
        watch.listen_to(context)
        return Visitor(context.new_page(), *stand, watch)

    return new_visitor


@pytest.fixture
def visit(new_visitor: Visit) -> Iterator[Visit]:
    """Make visitors for one test: `visit(java_script_enabled=False)`. At the end no browser may have complained (WEB-02)."""
    visitors: list[Visitor] = []

    def visit(**options: Any) -> Visitor:
        visitors.append(new_visitor(**options))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.page.context.close()
    assert [visitor.watch.take() for visitor in visitors] == [[] for _ in visitors]


@pytest.fixture
def visitor(visit: Visit) -> Visitor:
    """Somebody new in front of a wide screen."""
    return visit()


@pytest.fixture(scope="package")
def sample_url(running_stand: Stand) -> Iterator[str]:
    """A portal in the development profile beside the stand, over the same data: it shows pages that are hard to reach."""
    (port,) = free_ports(1)
    environment = {**running_stand.environment, "STAND_PROFILE": "development", "PORT": str(port), "LOG_LEVEL": "ERROR"}
    words = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for_port(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with suppress(subprocess.TimeoutExpired):
            raise ServerEnded(process.wait(timeout=0.1))
    raise ServerEnded("too late")


@pytest.fixture(scope="package")
def rooms(new_visitor: Visit, running_stand: Stand, sample_url: str) -> Iterator[Rooms]:
    """Browser profiles for looking at pages."""
    found = Rooms(new_visitor, {"portal": running_stand.portal_url, "esia": running_stand.esia_url, "sample": sample_url})
    yield found
    found.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for pictures of pages: the one that $SHOTS names, else one that pytest throws away."""
    folder = Path(os.environ["SHOTS"]) if os.environ.get("SHOTS") else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
