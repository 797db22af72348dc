"""An environment beside the real one: made once, made again when it is half made."""

from pathlib import Path

import pytest

from toolbox import beside, stamps
from toolbox.errors import Stop
from toolbox.paths import ROOT

PEERS = beside.Environment("peers")


class Installer:
    """Stands for uv: notes the commands, and fails when told to."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.fails_at = ""

    def run(self, command: list[str | Path], *, env: dict[str, str]) -> int:
        """Take the place of `Processes.run`."""
        words = [str(word) for word in command]
        self.commands.append(words)
        if self.fails_at and self.fails_at in words:
            return 2
        if "venv" in words:
            python = Path(words[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.touch()
        return 0


@pytest.fixture
def installer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Let a temporary folder stand for the repository."""
    (tmp_path / "peers.txt").write_text("a==1")
    for name, value in {
        "ROOT": tmp_path,
        "CACHE": tmp_path / ".cache",
        "REQUIREMENTS": tmp_path,
    }.items():
        monkeypatch.setattr(beside, name, value)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    return Installer()


def ensure(installer: Installer) -> Path:
    """Make the environment with the installer's stand-in for processes."""
    return PEERS.ensure(installer)  # type: ignore[arg-type]


def test_it_is_made_once(installer: Installer) -> None:
    """The second run installs nothing, and so needs no network and no time."""
    first, second = ensure(installer), ensure(installer)

    assert first == second == PEERS.folder / "bin" / "python"
    assert len(installer.commands) == 2
    assert "--require-hashes" in installer.commands[1]


@pytest.mark.parametrize("change", ["lock", "stamp", "python"])
def test_it_is_made_again(installer: Installer, change: str) -> None:
    """When the lock has changed, when it was half made, and when its Python is gone."""
    ensure(installer)
    if change == "lock":
        PEERS.lock.write_text("a==2")
    elif change == "stamp":
        PEERS.stamp.unlink()
    else:
        (PEERS.folder / "bin" / "python").unlink()

    ensure(installer)

    assert len(installer.commands) == 4


def test_a_failure_leaves_no_stamp(installer: Installer) -> None:
    """The next run starts over, and this one says what is missing."""
    installer.fails_at = "sync"

    with pytest.raises(Stop, match="need the network"):
        ensure(installer)

    assert not PEERS.stamp.exists()


def test_the_framework_is_found_by_its_path() -> None:
    """It is not installed there, so that no build is needed."""
    assert beside.settings()["PYTHONPATH"] == str(ROOT / "framework")


def test_another_python_holds_what_the_development_needs(installer: Installer) -> None:
    """It has a folder of its own, and is made anew when another one takes its place."""
    beside.on_python(12, "").lock.write_text("a==1")
    for python in ("/one/python3.12", "/two/python3.12"):
        environment = beside.on_python(12, python)
        environment.ensure(installer)  # type: ignore[arg-type]

        assert environment.folder.name == ".venv-python3.12"
        assert python in installer.commands[-2]
        assert str(environment.lock) in installer.commands[-1]
