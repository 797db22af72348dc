"""What the journeys run on: one product and one browser for all, a new window for each."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.browsing import NewWindow, Window, browsing
from tests.e2e.site import Site, given_site, running_site
from toolbox import browser as chromium

WAIT_MS = 15_000

expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the product, unless the environment names one that runs."""
    given = given_site()
    if given is not None:
        yield given
        return
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, without a way to any other machine."""
    program = chromium.find()
    if program is None:
        pytest.fail(
            "No Chromium was found: install the package `chromium` (or Google Chrome), or set "
            f"{chromium.SETTING} to the path of one."
        )
    arguments = [
        "--no-sandbox",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@pytest.fixture
def new_window(browser: Browser, site: Site) -> Iterator[NewWindow]:
    """Open windows that end with the test, and fail it for what their pages should not do."""
    with ExitStack() as windows:

        def new(*, width: int = 1280, height: int = 800, dark: bool = False) -> Window:
            options = browsing(browser, site, width=width, height=height, dark=dark)
            window = windows.enter_context(options)
            window.context.set_default_timeout(WAIT_MS)
            return window

        yield new


@pytest.fixture
def window(new_window: NewWindow) -> Window:
    """Open one window."""
    return new_window()
