"""A Chromium for the end-to-end tests."""

from pathlib import Path

import pytest

from toolbox import browser, debian
from toolbox.errors import Stop
from toolbox.processes import Processes


def test_the_setting_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser that the setting names is taken."""
    (tmp_path / "mine").touch()
    monkeypatch.setenv("CHROMIUM_PATH", str(tmp_path / "mine"))

    assert tmp_path / "mine" == browser.find()


def test_a_wrong_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that names no program stops, instead of taking another browser."""
    monkeypatch.setenv("CHROMIUM_PATH", str(tmp_path / "none"))

    with pytest.raises(browser.MissingBrowser, match="CHROMIUM_PATH names"):
        browser.find()


def test_the_path_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's Chromium is found by its usual names."""
    (tmp_path / "chromium-browser").touch(mode=0o755)
    monkeypatch.delenv("CHROMIUM_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert tmp_path / "chromium-browser" == browser.find()


def test_no_browser_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none is found and none can be installed, the sentence says what to install."""
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(browser, "_install", lambda processes: None)

    with (
        Processes() as processes,
        pytest.raises(browser.MissingBrowser, match="install the package"),
    ):
        browser.ensure(processes)


def test_system_packages_are_named_where_we_may_not_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A user who is not root, or not on Debian, is told what to type."""
    monkeypatch.setattr(debian, "can_install", lambda: False)

    with Processes() as processes, pytest.raises(Stop, match="apt-get install chromium"):
        debian.install(processes, "chromium", "tests drive it")
