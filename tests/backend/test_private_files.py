"""Files that their owner alone may read."""

import stat
from pathlib import Path

import pytest

from app.private_files import write_private


def test_replaces(tmp_path: Path) -> None:
    """The file holds what was written last, for its owner alone."""
    file = tmp_path / "folder" / "file"
    write_private(file, "old")
    file.chmod(0o644)

    write_private(file, "new")

    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["file"]


def test_keeps(tmp_path: Path) -> None:
    """A file that is there stays, when it is to be kept."""
    file = tmp_path / "file"
    write_private(file, "old", keep=True)

    write_private(file, "new", keep=True)

    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_lost_race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two processes that both find no file, the one that comes second leaves it alone."""
    file = tmp_path / "file"
    file.write_text("first")
    monkeypatch.setattr(Path, "exists", lambda path: False)

    write_private(file, "second", keep=True)

    assert file.read_text() == "first"


def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no hard links can keep a secret too."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)

    write_private(tmp_path / "file", "kept", keep=True)

    assert (tmp_path / "file").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
