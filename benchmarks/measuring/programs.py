"""Programs that a measurement starts: on a core of their own, ended with the measurement."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
SERVER_CORE, CLIENT_CORE = 0, 1
GRACE = 10.0  # seconds that a program has to start, and to end

Words = Sequence[str | Path]


def can_pin() -> bool:
    """Say whether server and load can have a core each."""
    return shutil.which("taskset") is not None and (os.cpu_count() or 1) > 1


def pinned(core: int, words: Words) -> list[str]:
    """Return the command that runs on one core; the command itself where that is not possible."""
    before = ["taskset", "--cpu-list", str(core)] if can_pin() else []
    return [*before, *map(str, words)]


def python(*words: str | Path) -> list[str | Path]:
    """Return a command of this very Python."""
    return [sys.executable, *words]


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the process that leads it."""

    port: int
    pid: int

    def processor_seconds(self) -> float | None:
        """Return the processor's time that its process has used; None where no one can tell."""
        if sys.platform != "linux":
            return None
        # What clock_getcpuclockid(3) returns: the clock of another process, all threads together.
        return time.clock_gettime((~self.pid << 3) | 2)


@contextmanager
def running(words: Words, *, talks: bool = False) -> Iterator["subprocess.Popen[str]"]:
    """Run a program until the block ends; one that `talks` has pipes."""
    pipe = subprocess.PIPE if talks else None
    command = [str(word) for word in words]
    # It stays in this process's group, so that an interrupt reaches it too.
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as program:
        try:
            yield program
        finally:
            program.terminate()
            try:
                program.wait(GRACE)
            except subprocess.TimeoutExpired:
                program.kill()


def output(words: Words) -> str:
    """Run a program to its end and return what it printed.

    Raises `CalledProcessError` when it fails.
    """
    command = [str(word) for word in words]
    # Modules are compiled once and kept, as where a package is installed to be used.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


@contextmanager
def serving(stack: str, *, workers: int = 1) -> Iterator[Server]:
    """Serve a stack's application with Uvicorn, on one core unless it has several workers.

    Raises `RuntimeError` when it does not start.
    """
    port = _free_port()
    words = python("-m", "uvicorn", f"benchmarks.apps.on_{stack}:app", "--port", str(port))
    words += ["--workers", str(workers), "--log-level", "warning", "--no-access-log"]
    command = pinned(SERVER_CORE, words) if workers == 1 else [str(word) for word in words]
    with running(command) as server:
        deadline = time.monotonic() + GRACE
        while not _listens(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server of {stack} did not start: its reason is above.")
            time.sleep(0.05)
        yield Server(port, server.pid)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0
