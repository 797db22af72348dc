"""The Python environment: made once, made again when it is half made or out of date."""

import json
import sys
from pathlib import Path

import pytest

from toolbox import environment, stamps
from toolbox.errors import Stop
from toolbox.processes import Processes


class Installer:
    """Stands for pip and uv: notes the commands, and fails when told to."""

    def __init__(self, venv: Path) -> None:
        self.venv = venv
        self.commands: list[list[str]] = []
        self.fails_at = ""

    def __call__(self, processes: Processes, command: list[str | Path]) -> None:
        """Take the place of `environment._install`."""
        words = [str(word) for word in command]
        self.commands.append(words)
        if self.fails_at and self.fails_at in words:
            raise Stop("no network")
        if "venv" in words:
            for name in ("python", "uv"):
                program = self.venv / "bin" / name
                program.parent.mkdir(parents=True, exist_ok=True)
                program.touch()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a temporary folder with locks and packages stand for the repository."""
    for name in ("framework", "backend", "requirements"):
        (tmp_path / name).mkdir()
    locks = [tmp_path / "requirements" / name for name in ("bootstrap.txt", "development.txt")]
    packages = [tmp_path / "framework", tmp_path / "backend"]
    for file in [*locks, *(package / "pyproject.toml" for package in packages)]:
        file.write_text(file.name)
    venv = tmp_path / ".venv"
    for name, value in {
        "ROOT": tmp_path,
        "CACHE": tmp_path / ".cache",
        "VENV": venv,
        "LOCKS": locks,
        "PACKAGES": packages,
        "PYTHON": venv / "bin" / "python",
        "UV": venv / "bin" / "uv",
        "STAMP": venv / "complete.json",
    }.items():
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def installer(root: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Replace what would need the network."""
    installer = Installer(root / ".venv")
    monkeypatch.setattr(environment, "_install", installer)
    return installer


def test_it_is_made_once(root: Path, installer: Installer) -> None:
    """The second start installs nothing, and so needs no network and no time."""
    first = environment.ensure()
    commands = len(installer.commands)
    second = environment.ensure()

    assert root / ".venv" / "bin" / "python" == first == second
    assert commands == len(installer.commands) > 0


def test_everything_third_party_is_installed_by_hash(root: Path, installer: Installer) -> None:
    """The locks are installed with hashes; our own packages bring nothing along."""
    environment.ensure()
    bootstrap, locks, own = installer.commands[1:]

    assert "--require-hashes" in bootstrap
    assert "--require-hashes" in locks
    assert {"--no-deps", str(root / "framework"), str(root / "backend")} <= set(own)


@pytest.mark.parametrize("step", ["pip", "sync", "--no-deps"])
def test_an_interrupted_attempt_is_made_again(root: Path, installer: Installer, step: str) -> None:
    """A half-made environment is thrown away, whatever step it broke off at."""
    installer.fails_at = step
    with pytest.raises(Stop):
        environment.ensure()
    leftover = root / ".venv" / "leftover"
    leftover.touch()
    installer.fails_at = ""
    environment.ensure()

    assert not leftover.exists()
    assert environment.STAMP.exists()


@pytest.mark.parametrize("name", ["requirements/development.txt", "backend/pyproject.toml"])
def test_a_changed_lock_is_installed(root: Path, installer: Installer, name: str) -> None:
    """A changed input is installed into the environment that is there; it is not made anew."""
    environment.ensure()
    kept = root / ".venv" / "kept"
    kept.touch()
    installer.commands.clear()
    (root / name).write_text("changed")
    environment.ensure()

    assert ["sync", "install"] == [command[2] for command in installer.commands]
    assert kept.exists()


def test_a_failed_change_leaves_no_stamp(root: Path, installer: Installer) -> None:
    """A change that could not be installed is tried again at the next start."""
    environment.ensure()
    (root / "requirements" / "bootstrap.txt").write_text("changed")
    installer.fails_at = "sync"
    with pytest.raises(Stop, match="no network"):
        environment.ensure()

    assert not environment.STAMP.exists()


def test_a_moved_or_broken_environment_is_made_again(root: Path, installer: Installer) -> None:
    """When its Python is gone, as after an upgrade of the system's, all of it is made again."""
    environment.ensure()
    leftover = root / ".venv" / "leftover"
    leftover.touch()
    environment.PYTHON.unlink()
    environment.ensure()

    assert not leftover.exists()


@pytest.mark.parametrize(("name", "value"), [("root", "elsewhere"), ("python", "3.0")])
def test_another_base_is_another_environment(
    root: Path, installer: Installer, name: str, value: str
) -> None:
    """An environment of another Python, or one that was moved here, is not built upon."""
    environment.ensure()
    leftover = root / ".venv" / "leftover"
    leftover.touch()
    known = json.loads(environment.STAMP.read_text())
    environment.STAMP.write_text(json.dumps({**known, name: value}))
    environment.ensure()

    assert not leftover.exists()


def test_the_tests_run_inside_of_it() -> None:
    """The process that runs this test was started in the environment."""
    assert environment.is_inside() == (Path(sys.prefix).name == ".venv")


def test_a_failed_step_says_what_to_do(tmp_path: Path) -> None:
    """The sentence says that the first run needs the network."""
    with Processes() as processes, pytest.raises(Stop, match="need the network"):
        environment._install(processes, [sys.executable, "-c", "raise SystemExit(1)"])
