"""Programs that a script starts, and their end.

Each program leads a process group of its own. Ending it ends the group, so that what it started
itself (a reloader's worker, a bundler's helper) ends too, even when the program is gone already.

Signals only set a number; every wait looks at it. Raising from the handler would be shorter, but
a signal between the start of a program and the line that remembers it would leave it running.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from toolbox.errors import Interrupted
from toolbox.paths import ROOT

GRACE = 8.0  # seconds that a program has to end by itself
LEFTOVER_GRACE = 1.0  # ... and what it started, once it is gone itself
STEP = 0.05  # seconds between two looks
SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
]


class Process:
    """A running program: its name for people, and the process that leads its group."""

    def __init__(self, name: str, popen: "subprocess.Popen[str]") -> None:
        self.name = name
        self.popen = popen
        self.reader: threading.Thread | None = None

    @property
    def code(self) -> int | None:
        """The exit code, or None while it runs."""
        return self.popen.poll()


class Processes:
    """All programs of one script; a context manager that leaves none behind."""

    def __init__(self, grace: float = GRACE) -> None:
        self.grace = grace
        self.signal: int | None = None
        self._running: list[Process] = []
        self._previous: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in SIGNALS:
            self._previous[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.signal = number

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        on_line: Callable[[str], None] | None = None,
    ) -> Process:
        """Start a program; `on_line` gets its output, stdout and stderr together, line by line."""
        self.check()
        popen = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
            stdout=None if on_line is None else subprocess.PIPE,
            stderr=None if on_line is None else subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=os.name != "nt",
            creationflags=NEW_GROUP,
        )
        process = Process(name, popen)
        self._running.append(process)
        if on_line is not None:
            process.reader = threading.Thread(target=_read, args=(popen, on_line), daemon=True)
            process.reader.start()
        return process

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        on_line: Callable[[str], None] | None = None,
    ) -> int:
        """Run a program to its end and return its exit code.

        Raises `Interrupted` when the script was told to end; the program is ended by then.
        """
        process = self.start(str(command[0]), command, cwd=cwd, env=env, on_line=on_line)
        try:
            while process.code is None:
                self.pause()
        finally:
            self._end([process])
        return process.popen.wait()

    def pause(self) -> None:
        """Wait a moment. Raises `Interrupted` when the script was told to end."""
        time.sleep(STEP)
        self.check()

    def check(self) -> None:
        """Raise `Interrupted` when the script was told to end."""
        if self.signal is not None:
            raise Interrupted(self.signal)

    def ended(self) -> Process | None:
        """Return a program that has ended, if one has."""
        return next((process for process in self._running if process.code is not None), None)

    def stop(self) -> None:
        """End every program with all it started: asked first, then killed after the grace."""
        self._end(list(self._running))

    def _end(self, processes: list[Process]) -> None:
        for process in processes:
            _signal_group(process.popen, kill=False)
        deadline = time.monotonic() + self.grace
        while any(map(_group_lives, processes)) and time.monotonic() < deadline:
            time.sleep(STEP)
            if all(process.code is not None for process in processes):
                # Ended children that nobody collects, as in a container without an init, count
                # as members of the group for good; they are not worth the whole grace.
                deadline = min(deadline, time.monotonic() + LEFTOVER_GRACE)
        for process in processes:
            _signal_group(process.popen, kill=True)
            process.popen.wait()
            if process.reader is not None:
                process.reader.join(timeout=2)
            self._running.remove(process)


def _read(popen: "subprocess.Popen[str]", on_line: Callable[[str], None]) -> None:
    if popen.stdout is None:
        return
    with popen.stdout as lines:
        for line in lines:
            on_line(line.rstrip("\r\n"))


if sys.platform == "win32":
    NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP

    def _signal_group(popen: "subprocess.Popen[str]", *, kill: bool) -> None:
        # Windows has no signal that reaches a whole tree; taskkill walks it.
        if popen.poll() is None:
            command = ["taskkill", "/T", "/F", "/PID", str(popen.pid)]
            subprocess.run(command, capture_output=True, check=False)

    def _group_lives(process: Process) -> bool:
        return process.code is None

else:
    NEW_GROUP = 0

    def _signal_group(popen: "subprocess.Popen[str]", *, kill: bool) -> None:
        popen.poll()
        try:
            os.killpg(popen.pid, signal.SIGKILL if kill else signal.SIGTERM)
        except (ProcessLookupError, PermissionError):
            return  # PermissionError: macOS answers so for a group of ended processes

    def _group_lives(process: Process) -> bool:
        process.popen.poll()
        try:
            os.killpg(process.popen.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True
