"""One browser for the folder, a fresh profile for every visitor."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.walk import Visit, Visitor, Watch
from tests.plugins.stand import Stand

# no sandbox: containers run as root; no traffic of the browser's own
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--no-first-run")
# a page answers in milliseconds; this much is for a machine that does something else besides
WAIT_MS: Final = 15_000
WIDE: Final = {"width": 1280, "height": 900}


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

    def new_visitor(**options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": WIDE, "locale": "ru-RU", "timezone_id": "Europe/Moscow", "reduced_motion": "reduce", **options})
        context.set_default_timeout(WAIT_MS)
        watch = Watch((running_stand.portal_url, running_stand.esia_url))
        watch.listen_to(context)
        return Visitor(context.new_page(), running_stand.portal_url, running_stand.esia_url, watch)

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
