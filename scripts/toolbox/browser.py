"""A Chromium for the end-to-end tests: found, installed, or named in one sentence."""

import os
import shutil
import sys
from pathlib import Path

from toolbox import debian
from toolbox.errors import Stop
from toolbox.processes import Processes

SETTING = "CHROMIUM_PATH"
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
]


class MissingBrowser(Stop):
    """No Chromium, and none could be installed."""


def ensure(processes: Processes) -> Path:
    """Return a Chromium; install one where that is possible.

    Raises `MissingBrowser` with the one sentence that says what to install.
    """
    found = find()
    if found is None:
        _install(processes)
        found = find()
    if found is None:
        raise MissingBrowser(
            "No Chromium was found, and none could be installed: install the package `chromium` "
            f"(or Google Chrome), or set {SETTING} to the path of one."
        )
    return found


def find() -> Path | None:
    """Return the first Chromium among the setting, the PATH, the usual places, Playwright's own."""
    chosen = os.environ.get(SETTING)
    if chosen:
        if not Path(chosen).is_file():
            raise MissingBrowser(
                f"{SETTING} names {chosen}, where there is no program: correct it."
            )
        return Path(chosen)
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if on_path is not None:
        return Path(on_path)
    places = [*map(Path, PLACES), *_of_playwright()]
    return next((place for place in places if place.is_file()), None)


def _of_playwright() -> list[Path]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return [Path(playwright.chromium.executable_path)]


def _install(processes: Processes) -> None:
    if debian.can_install():
        try:
            debian.install(processes, "chromium", "the end-to-end tests drive it")
        except Stop as stop:
            raise MissingBrowser(str(stop)) from stop
    else:
        print("Fetching a Chromium for the end-to-end tests …", flush=True)
        processes.run([sys.executable, "-m", "playwright", "install", "chromium"])
