"""The first lines of every script: a Python new enough, or one sentence that names it.

This module, `handover` and the scripts themselves keep to syntax that Python 3.6 reads, because
an old interpreter must get as far as the sentence. So newer annotations stand in quotes.
"""

import os
import subprocess
import sys

from toolbox.handover import replace_process

OLDEST = (3, 11)
NEWEST_MINOR = 20  # how far ahead we look for a newer Python on the PATH


def start(module: str, environment: bool = True) -> None:
    """Run the `main` of a toolbox module on a Python new enough, in the project's environment.

    Without the environment nothing is installed: for a server, where Docker does all the rest.
    """
    if sys.version_info < OLDEST:
        newer = find_newer(os.environ.get("PATH", ""))
        if newer is None:
            sys.exit(too_old(sys.version_info[:3], sys.executable, sys.argv[0]))
        replace_process([newer, *sys.argv])
    from toolbox import entry

    entry.run(module, inside=environment)


def too_old(version: "tuple[int, ...]", executable: str, script: str) -> str:
    """Return the sentence for a Python that is too old."""
    needed = ".".join(map(str, OLDEST))
    found = ".".join(map(str, version))
    return (
        f"Python {needed} or newer is needed; this is {found} ({executable}). "
        f"Install a newer one and run this again with it, for example: python{needed} {script}"
    )


def find_newer(path: str) -> "str | None":
    """Return the newest `python3.N` on the PATH that starts and is new enough, or None."""
    for minor in range(NEWEST_MINOR, OLDEST[1] - 1, -1):
        found = find(minor, path)
        if found is not None:
            return found
    return None


def find(minor: int, path: str) -> "str | None":
    """Return the first `python3.MINOR` on the PATH that starts and is new enough, or None."""
    for folder in path.split(os.pathsep):
        candidate = os.path.join(folder, f"python3.{minor}")  # noqa: PTH118
        if os.access(candidate, os.X_OK) and is_new_enough(candidate):
            return candidate
    return None


def others(path: str) -> "dict[int, str]":
    """Return the other Pythons on the PATH, each once, by the minor version."""
    minors = range(OLDEST[1], NEWEST_MINOR + 1)
    found = {n: find(n, path) for n in minors if n != sys.version_info[1]}
    return {minor: python for minor, python in found.items() if python is not None}


def is_new_enough(executable: str) -> bool:
    """Say whether this interpreter starts (a version manager's shim may not) and is new enough."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    command = [executable, "-c", question]
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
