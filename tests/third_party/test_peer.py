"""That the other tests could notice the real peer."""

import subprocess
import sys
from pathlib import Path

import fastapi

import kingpost


def test_the_name_is_ours() -> None:
    """The alias is in force in this process."""
    assert id(fastapi.FastAPI) == id(kingpost.Kingpost)
    assert fastapi.__version__ == "0.165.0"


def test_without_the_alias_the_peer_is_loaded() -> None:
    """It is installed, so a package that found it would load its files."""
    program = "import fastapi, kingpost; print(fastapi.__file__); print(kingpost.__file__)"

    done = subprocess.run(  # noqa: S603 - the interpreter of this very test
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    theirs, ours = (Path(line) for line in done.stdout.splitlines())
    assert ours.parent not in theirs.parents
    assert theirs.parent.name == "fastapi"
