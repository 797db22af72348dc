"""The Python environment in .venv: made once from the locks, made again when they change.

Only the standard library is used here, because this runs before anything is installed.
"""

import importlib.util
import json
import os
import shutil
import sys
import time
from pathlib import Path

from toolbox import debian, stamps
from toolbox.errors import Stop
from toolbox.mutex import one_at_a_time
from toolbox.paths import CACHE, REQUIREMENTS, ROOT, VENV, venv_program
from toolbox.processes import Processes

LOCKS = [REQUIREMENTS / "bootstrap.txt", REQUIREMENTS / "development.txt"]
PACKAGES = [ROOT / "framework", ROOT / "backend"]
PYTHON = venv_program("python")
STAMP = VENV / "complete.json"
UV = venv_program("uv")

Command = list[str | Path]


def is_inside() -> bool:
    """Say whether this very process runs in the environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def ensure() -> Path:
    """Make the environment if it is missing, half made or out of date; return its Python.

    Raises `Stop` when something cannot be installed.
    """
    with one_at_a_time(CACHE / "environment.lock"):
        if not (stamps.is_current(STAMP, _wanted()) and _starts()):
            _make()
    return PYTHON


def uv_settings() -> dict[str, str]:
    """Return the environment for a run of uv: the system's certificates, no Python of its own."""
    return {"UV_SYSTEM_CERTS": "true", **os.environ, "UV_PYTHON_DOWNLOADS": "never"}


def _wanted() -> str:
    manifests = [package / "pyproject.toml" for package in PACKAGES]
    return json.dumps({**_base(), "inputs": stamps.digest([*LOCKS, *manifests])})


def _base() -> dict[str, str]:
    """Return what an environment is made on, and cannot be changed to."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    # It holds absolute paths: one that was moved does not work.
    return {"root": str(ROOT), "python": version}


def _starts() -> bool:
    """Say whether the environment's Python exists; an upgrade of the system's may remove it."""
    return PYTHON.exists()


def _is_sound() -> bool:
    """Say whether the environment was once complete and stands on the same base.

    No stamp means that the last attempt was interrupted, so nothing in it is trusted.
    """
    if not (STAMP.exists() and _starts() and UV.exists()):
        return False
    known = json.loads(STAMP.read_text("utf-8"))
    return all(known.get(name) == value for name, value in _base().items())


def _make() -> None:
    started = time.monotonic()
    print("Making the Python environment in .venv (the first time, this needs the network) …")
    with Processes() as processes:
        if not _is_sound():
            if VENV.exists() and not is_inside():
                shutil.rmtree(VENV)
            _make_empty(processes)
        stamps.clear(STAMP)
        target: Command = ["--quiet", "--python", PYTHON]
        _install(processes, [UV, "pip", "sync", *target, "--require-hashes", *LOCKS])
        # Built with what the locks hold, so that nothing unlocked is fetched for it.
        target += ["--no-deps", "--no-build-isolation"]
        editable = [word for package in PACKAGES for word in ("--editable", package)]
        _install(processes, [UV, "pip", "install", *target, *editable])
    stamps.write(STAMP, _wanted())
    print(f"… done in {time.monotonic() - started:.0f} s.", flush=True)


def _make_empty(processes: Processes) -> None:
    """Make .venv with nothing but the pinned uv in it."""
    base = getattr(sys, "_base_executable", sys.executable)
    bootstrap = ["install", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    bootstrap += ["--disable-pip-version-check", "-r", str(LOCKS[0])]
    if importlib.util.find_spec("ensurepip") is None and importlib.util.find_spec("pip") is None:
        # Debian and Ubuntu split venv's other half into a package of its own.
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        debian.install(processes, package, "Python's own module venv is incomplete without it")
    if importlib.util.find_spec("ensurepip") is not None:
        _install(processes, [base, "-m", "venv", VENV])
        _install(processes, [PYTHON, "-m", "pip", *bootstrap])
    else:
        _install(processes, [base, "-m", "venv", "--without-pip", VENV])
        _install(processes, [base, "-m", "pip", "--python", PYTHON, *bootstrap])


def _install(processes: Processes, command: Command) -> None:
    env = uv_settings()
    env.pop("PYTHONPATH", None)
    code = processes.run(command, env=env)
    if code != 0:
        raise Stop(
            "The Python environment could not be made: the reason is above. The first run and "
            "every change of requirements/ need the network; run this again when it is there."
        )
