"""The environment of tests/third_party: packages written for FastAPI, beside the real one.

Some of them want older versions than the product needs, so they have a lock and a folder of their
own. Our framework is found there by its path; it is not installed.
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

from toolbox import stamps
from toolbox.environment import UV, Command, uv_settings
from toolbox.errors import Stop
from toolbox.mutex import one_at_a_time
from toolbox.paths import CACHE, REQUIREMENTS, ROOT, venv_program
from toolbox.processes import Processes

VENV = ROOT / ".venv-third-party"
LOCK = REQUIREMENTS / "third-party.txt"
STAMP = VENV / "complete.json"


def ensure(processes: Processes) -> Path:
    """Make the environment if it is missing, half made or out of date; return its Python.

    Raises `Stop` when something cannot be installed.
    """
    python = venv_program("python", VENV)
    with one_at_a_time(CACHE / "third-party.lock"):
        wanted = _wanted()
        if not (stamps.is_current(STAMP, wanted) and python.exists()):
            started = time.monotonic()
            print("Making .venv-third-party (the first time, this needs the network) …", flush=True)
            _make(processes, python)
            stamps.write(STAMP, wanted)
            print(f"… done in {time.monotonic() - started:.0f} s.", flush=True)
    return python


def settings() -> dict[str, str]:
    """Return the environment for a program that finds our framework by its path."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "framework")}


def _wanted() -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    base = {"root": str(ROOT), "python": version}
    return json.dumps({**base, "inputs": stamps.digest([LOCK])})


def _make(processes: Processes, python: Path) -> None:
    if VENV.exists():
        shutil.rmtree(VENV)
    target: Command = ["--quiet", "--python", python]
    _run(processes, [UV, "venv", "--quiet", "--python", sys.executable, VENV])
    _run(processes, [UV, "pip", "sync", *target, "--require-hashes", LOCK])


def _run(processes: Processes, command: Command) -> None:
    if processes.run(command, env=uv_settings()) != 0:
        raise Stop(
            "The environment of the third-party packages could not be made: the reason is above. "
            "The first run and every change of requirements/third-party.txt need the network; run "
            "this again when it is there."
        )
