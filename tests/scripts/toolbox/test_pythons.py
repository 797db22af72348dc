"""Which other Pythons are found, and what is said of those that are not."""

import sys
from collections.abc import Collection
from pathlib import Path
from types import SimpleNamespace

import pytest

from toolbox import pythons


def install(folder: Path, minor: int) -> str:
    """Put something that passes for a Python into a folder, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / f"python3.{minor}"
    program.symlink_to(sys.executable)
    return str(program)


def test_pyenv_is_looked_at_behind_the_path(tmp_path: Path) -> None:
    """Of pyenv's the newest of a minor version is taken; one on the PATH comes before it."""
    versions = tmp_path / "pyenv" / "versions"
    install(versions / "3.18.9" / "bin", 18)
    newest = install(versions / "3.18.10" / "bin", 18)
    install(versions / "3.19.0" / "bin", 19)
    first = install(tmp_path / "path", 19)
    install(versions / "pypy3.20-7.3.1" / "bin", 20)
    install(versions / "3.20-dev" / "bin", 20)

    found = pythons.others({"PATH": str(tmp_path / "path"), "PYENV_ROOT": str(tmp_path / "pyenv")})

    assert found == {18: newest, 19: first}


def test_dead_shim_is_passed_over(tmp_path: Path) -> None:
    """A shim of pyenv's for a version that is not chosen starts nothing; the version does."""
    shim = tmp_path / "shims" / "python3.18"
    shim.parent.mkdir()
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    real = install(tmp_path / "versions" / "3.18.0" / "bin", 18)

    found = pythons.others({"PATH": str(shim.parent), "PYENV_ROOT": str(tmp_path)})

    assert found == {18: real}


def test_without_pyenv(tmp_path: Path) -> None:
    """A machine that has none has no others but those of the PATH."""
    assert pythons.others({"PATH": "", "PYENV_ROOT": str(tmp_path / "none")}) == {}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([13, 12], "on 3.12, 3.13; not found: 3.14"),
        ([12, 13, 14], "on 3.12, 3.13, 3.14"),
        ([], "no other Python is here; not found: 3.12, 3.13, 3.14"),
    ],
)
def test_note(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: Collection[int], said: str
) -> None:
    """It names those that it ran on, and those of the manifest that it did not."""
    lines = [f'"Programming Language :: Python :: 3.{minor}"' for minor in range(11, 15)]
    lines.append('"Programming Language :: Python :: 3 :: Only"')
    manifest = tmp_path / "pyproject.toml"
    manifest.write_text(f"[project]\nclassifiers = [{', '.join(lines)}]\n")
    monkeypatch.setattr(pythons, "MANIFEST", manifest)
    monkeypatch.setattr(sys, "version_info", SimpleNamespace(minor=11))

    assert pythons.note(found) == said


def test_promised_by_the_framework() -> None:
    """The manifest names the Python that runs here."""
    assert sys.version_info.minor in pythons._promised()
