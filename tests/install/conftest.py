"""A clean environment with nothing in it but the framework and what it declares."""

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from toolbox.environment import UV, uv_settings
from toolbox.paths import REQUIREMENTS, ROOT, venv_program


def _uv(words: Iterable[str | Path]) -> None:
    """Run uv with what it has kept; ask the network only for what is missing."""
    command = [str(UV), *map(str, words)]
    env = uv_settings()
    kept = subprocess.run([*command, "--offline"], env=env, capture_output=True, check=False)
    if kept.returncode != 0:
        subprocess.run(command, env=env, check=True)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the framework as it would be published."""
    folder = tmp_path_factory.mktemp("wheel")
    _uv(["build", "--quiet", "--wheel", "--out-dir", folder, ROOT / "framework"])
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that has the wheel, its dependencies and a server."""
    venv = tmp_path_factory.mktemp("alone") / "venv"
    _uv(["venv", "--quiet", "--python", sys.executable, venv])
    python = venv_program("python", venv)
    target = ["pip", "install", "--quiet", "--python", str(python)]
    constraints = REQUIREMENTS / "runtime.txt"
    _uv([*target, "--constraints", str(constraints), str(wheel), "uvicorn"])
    return python


@pytest.fixture(scope="session")
def clean_env() -> dict[str, str]:
    """Return an environment in which only the clean environment's own packages are found."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
