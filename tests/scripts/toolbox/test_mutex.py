"""One script at a time."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from toolbox.mutex import one_at_a_time
from toolbox.paths import ROOT

HOLDER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from toolbox.mutex import one_at_a_time
with one_at_a_time(Path(sys.argv[2])):
    print("held", flush=True)
    time.sleep(60)
"""


def _is_free(file: Path) -> bool:
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_it_is_held_inside_and_free_after(tmp_path: Path) -> None:
    """Another one must wait while it is held, also when the holder fails."""
    file = tmp_path / "folder" / "lock"
    states = []

    def work() -> None:
        with one_at_a_time(file):
            states.append(_is_free(file))
            raise ValueError("failed")

    with pytest.raises(ValueError, match="failed"):
        work()

    assert states == [False]
    assert _is_free(file)


def test_a_killed_holder_leaves_nothing_behind(tmp_path: Path) -> None:
    """The lock ends with the process that held it, even by SIGKILL."""
    file = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(ROOT / "scripts"), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        held = not _is_free(file)
        holder.kill()

    assert held
    assert _is_free(file)
