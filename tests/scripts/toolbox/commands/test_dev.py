"""`./scripts/dev`, started for real: to a page where one can sign in, and to its end."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from toolbox.paths import ROOT


class Dev:
    """A running `./scripts/dev`: its lines so far, and everything that it started."""

    def __init__(self, env: dict[str, str]) -> None:
        self.page = f"http://localhost:{env['WEB_PORT']}"
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "dev")],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started: list[psutil.Process] = []

    def wait_until_ready(self) -> None:
        """Read its lines up to the last one of the announcement."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("Ctrl-C"):
                break
        else:
            pytest.fail("it ended early:\n" + "\n".join(self.lines))
        self.started = psutil.Process(self.process.pid).children(recursive=True)

    def wait_until_ended(self) -> int:
        """Read the rest and return the exit code."""
        output, _ = self.process.communicate(timeout=60)
        self.lines += output.splitlines()
        return self.process.returncode

    def left(self) -> list[psutil.Process]:
        """Return what it started and did not end."""
        return [
            process
            for process in self.started
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        ]

    def said(self, pattern: str) -> list[str]:
        """Return what the pattern's group caught, in every line that it matches as a whole."""
        return [found[1] for line in self.lines if (found := re.fullmatch(pattern, line))]


def _free_ports() -> list[int]:
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in "ab"]
        return [listener.getsockname()[1] for listener in listeners]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Give free ports and a data folder of the test's own, and no settings of the machine."""
    api, web = _free_ports()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "PYTHONPATH") if name in os.environ}
    return {**kept, "API_PORT": str(api), "WEB_PORT": str(web), "DATA_DIR": str(tmp_path)}


@pytest.fixture
def start(env: dict[str, str]) -> Iterator[Callable[..., Dev]]:
    """Start it with these settings; end what a failed test left."""
    made: list[Dev] = []

    def begin(**settings: str) -> Dev:
        made.append(Dev(env | settings))
        return made[-1]

    yield begin
    for dev in made:
        if dev.process.poll() is None:
            dev.process.terminate()
        dev.process.communicate(timeout=60)


def _sign_in(page: str, email: str, password: str) -> dict[str, object]:
    form = urllib.parse.urlencode({"username": email, "password": password}).encode()
    with urllib.request.urlopen(f"{page}/api/v1/login/access-token", form, timeout=30) as response:
        token: dict[str, object] = json.load(response)
    return token


def _page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as response:
        text: str = response.read().decode()
    return text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_from_the_first_start_to_the_second(
    start: Callable[..., Dev], number: signal.Signals
) -> None:
    """The page answers, the printed credentials sign in, once; a signal leaves no process."""
    first = start()
    first.wait_until_ready()
    (email,) = set(first.said(r"E-mail: (\S+)"))
    (password,) = set(first.said(r"Password: (\S+)"))
    token = _sign_in(first.page, email, password)
    page = _page(first.page)
    first.process.send_signal(number)
    code = first.wait_until_ended()
    second = start()
    second.wait_until_ready()

    assert first.said(r"Ready: (.*)") == [first.page]
    assert email == "admin@example.com"
    assert token["token_type"] == "bearer"
    assert "<div id=" in page
    assert code == 0
    assert len(first.started) >= 2
    assert first.left() == []
    assert second.said(r"Password: (\S+)") == []


def test_when_one_half_ends_the_other_does(start: Callable[..., Dev]) -> None:
    """A server that ends by itself ends the script, which says which one it was."""
    dev = start()
    dev.wait_until_ready()
    (server,) = [one for one in dev.started if "kingpost" in one.cmdline()]
    server.kill()
    code = dev.wait_until_ended()

    assert code == 1
    assert "The API ended by itself" in dev.lines[-1]
    assert dev.left() == []


@pytest.mark.parametrize("setting", ["API_PORT", "WEB_PORT"])
def test_a_taken_port_stops_before_anything_starts(
    start: Callable[..., Dev], env: dict[str, str], tmp_path: Path, setting: str
) -> None:
    """The port and the setting that changes it are named; no database was made."""
    with socket.create_server(("127.0.0.1", int(env[setting]))):
        dev = start()
        code = dev.wait_until_ended()

    assert code == 1
    assert f"Port {env[setting]} is taken" in dev.lines[-1]
    assert f"{setting}=" in dev.lines[-1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [("API_PORT", "http"), ("DATABASE_URL", "mysql://db/app"), ("SECRET_KEY", "changeme")],
)
def test_a_wrong_setting_stops_the_start_by_name(
    start: Callable[..., Dev], setting: str, value: str
) -> None:
    """One sentence names the variable, and its value only where it is no secret."""
    dev = start(**{setting: value})
    code = dev.wait_until_ended()
    output = "\n".join(dev.lines)

    assert code == 1
    assert setting in output
    assert "Traceback" not in output
    assert "Ready" not in output
