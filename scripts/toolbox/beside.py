"""Environments beside the real one, each from a lock of its own in `.venv-NAME`.

For packages that want other versions than the product needs, and must not decide what it gets. Our
framework is found there by its path; it is not installed.
"""

import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from toolbox import stamps
from toolbox.environment import UV, Command, uv_settings
from toolbox.errors import Stop
from toolbox.mutex import one_at_a_time
from toolbox.paths import CACHE, REQUIREMENTS, ROOT, venv_program
from toolbox.processes import Processes


@dataclass(frozen=True)
class Environment:
    """An environment made from requirements/NAME.txt, or from another lock, on this Python."""

    name: str
    holds: str = ""
    python: str = sys.executable

    @property
    def folder(self) -> Path:
        """Where it stands."""
        return ROOT / f".venv-{self.name}"

    @property
    def lock(self) -> Path:
        """What it holds."""
        return REQUIREMENTS / f"{self.holds or self.name}.txt"

    @property
    def stamp(self) -> Path:
        """What says that it is complete."""
        return self.folder / "complete.json"

    def ensure(self, processes: Processes) -> Path:
        """Make the environment if it is missing, half made or out of date; return its Python.

        Raises `Stop` when something cannot be installed.
        """
        python = venv_program("python", self.folder)
        with one_at_a_time(CACHE / f"{self.name}.lock"):
            wanted = self._wanted()
            if not (stamps.is_current(self.stamp, wanted) and python.exists()):
                started = time.monotonic()
                folder = self.folder.name
                print(f"Making {folder} (the first time, this needs the network) …", flush=True)
                self._make(processes, python)
                stamps.write(self.stamp, wanted)
                print(f"… done in {time.monotonic() - started:.0f} s.", flush=True)
        return python

    def _wanted(self) -> str:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        base = {"root": str(ROOT), "python": version}
        if self.python != sys.executable:
            base["python"] = self.python
        return json.dumps({**base, "inputs": stamps.digest([self.lock])})

    def _make(self, processes: Processes, python: Path) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        target: Command = ["--quiet", "--python", python]
        self._run(processes, [UV, "venv", "--quiet", "--python", self.python, self.folder])
        self._run(processes, [UV, "pip", "sync", *target, "--require-hashes", self.lock])

    def _run(self, processes: Processes, command: Command) -> None:
        if processes.run(command, env=uv_settings()) != 0:
            raise Stop(
                f"The environment {self.folder.name} could not be made: the reason is above. The "
                f"first run and every change of requirements/{self.lock.name} need the network; "
                "run this again when it is there."
            )


def settings() -> dict[str, str]:
    """Return the environment for a program that finds our framework by its path."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "framework")}


def on_python(minor: int, python: str) -> Environment:
    """Return the environment of the development's lock on another Python."""
    return Environment(f"python3.{minor}", "development", python)


BENCHMARKS = Environment("benchmarks")
THIRD_PARTY = Environment("third-party")
