"""Programs that a script starts, and their end."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from toolbox.errors import Interrupted
from toolbox.processes import Processes

# Starts a child of its own that sleeps, writes its number to the file, and goes on as told.
PARENT = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
draft = pathlib.Path(sys.argv[1] + ".draft")
draft.write_text(str(child.pid))
draft.rename(sys.argv[1])
time.sleep(float(sys.argv[2]))
"""


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _child(processes: Processes, file: Path) -> int:
    while not file.exists():
        processes.pause()
    return int(file.read_text())


@pytest.fixture
def processes() -> Iterator[Processes]:
    """Give processes with a short grace, and end them."""
    with Processes(grace=2) as processes:
        yield processes


def test_a_program_ends_with_all_it_started(processes: Processes, tmp_path: Path) -> None:
    """Ending a program ends its children too."""
    parent = processes.start("p", [sys.executable, "-c", PARENT, str(tmp_path / "pid"), "300"])
    child = _child(processes, tmp_path / "pid")
    lived = _lives(child)
    processes.stop()

    assert lived
    assert parent.code == -signal.SIGTERM
    assert not _lives(child)


def test_what_a_dead_program_left_ends_too(processes: Processes, tmp_path: Path) -> None:
    """A program that is gone already may have left children; they end as well."""
    parent = processes.start("p", [sys.executable, "-c", PARENT, str(tmp_path / "pid"), "0"])
    child = _child(processes, tmp_path / "pid")
    while parent.code is None:
        processes.pause()
    lived = _lives(child)
    ended = processes.ended()
    processes.stop()

    assert lived
    assert parent is ended
    assert not _lives(child)


def test_a_program_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    """Who ignores the request to end is killed after the grace."""
    deaf = (
        "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(300)"
    )
    with Processes(grace=0.1) as processes:
        program = processes.start("deaf", [sys.executable, "-c", deaf, str(tmp_path / "ready")])
        while not (tmp_path / "ready").exists():
            processes.pause()

    assert program.code == -signal.SIGKILL


def test_run_returns_the_code_and_gives_the_lines(processes: Processes) -> None:
    """Output of both kinds comes line by line; the exit code is the answer."""
    lines: list[str] = []
    program = "import sys; print('out', flush=True); print('err', file=sys.stderr); sys.exit(3)"
    code = processes.run([sys.executable, "-c", program], on_line=lines.append)

    assert code == 3
    assert lines == ["out", "err"]


def test_a_signal_ends_what_runs() -> None:
    """SIGTERM raises `Interrupted` with its number once the running program has been ended."""
    program = "import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(300)"
    before = signal.getsignal(signal.SIGTERM)
    with Processes(grace=2) as processes:
        with pytest.raises(Interrupted) as caught:
            processes.run([sys.executable, "-c", program])
        left = psutil.Process(os.getpid()).children(recursive=True)

    assert caught.value.signal == signal.SIGTERM
    assert left == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_nothing_starts_after_the_signal(processes: Processes, tmp_path: Path) -> None:
    """A script that was told to end starts no further program."""
    os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(Interrupted):
        processes.start("late", [sys.executable, "-c", PARENT, str(tmp_path / "pid"), "0"])

    assert processes.ended() is None
