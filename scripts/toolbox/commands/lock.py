"""`./scripts/lock`: write the locks from what the project asks for."""

import argparse

from toolbox import node_lock
from toolbox.environment import UV, uv_settings
from toolbox.errors import Stop
from toolbox.paths import REQUIREMENTS
from toolbox.processes import Processes

# A lock that another includes is written before it; the rest follows in the order of the names.
FIRST = ["bootstrap", "runtime", "development"]


def main(arguments: list[str]) -> int:
    """Lock requirements/*.in and frontend/package.json: same versions where they still fit."""
    parser = argparse.ArgumentParser(prog="./scripts/lock", description=main.__doc__)
    parser.add_argument("--upgrade", action="store_true", help="Python: the newest that fit")
    options = parser.parse_args(arguments)
    names = [file.stem for file in sorted(REQUIREMENTS.glob("*.in"))]
    names.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    with Processes() as processes:
        for name in names:
            if processes.run(_command(name, upgrade=options.upgrade), env=uv_settings()) != 0:
                raise Stop(f"requirements/{name}.in could not be locked: uv's reason is above.")
            print(f"requirements/{name}.txt is written.", flush=True)
        node_lock.write(processes)
        print("frontend/package-lock.json is written.", flush=True)
    return 0


def _command(name: str, *, upgrade: bool) -> list[str]:
    # Paths from the root, because uv writes them into the lock.
    source, lock = (f"{REQUIREMENTS.name}/{name}.{ending}" for ending in ("in", "txt"))
    command = [str(UV), "pip", "compile", "--quiet", source, "--output-file", lock]
    # One lock for every system and every Python from 3.11 on, that names no index and no path.
    command += ["--universal", "--python-version", "3.11", "--generate-hashes"]
    command += ["--no-emit-index-url", "--custom-compile-command", "./scripts/lock"]
    return [*command, "--upgrade"] if upgrade else command
