"""Ports: read, free, answering."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from toolbox import ports
from toolbox.errors import Stop


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen on a port that the system chose."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


@pytest.mark.parametrize(("text", "port"), [("8300", 8300), (" 8300 ", 8300), ("", 8000)])
def test_a_setting_names_the_port(text: str, port: int) -> None:
    """A number is the port; an empty setting leaves the default."""
    assert port == ports.from_settings({"API_PORT": text}, "API_PORT", 8000)


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1", "8000.5", "٣"])
def test_what_is_no_port_is_refused_by_name(text: str) -> None:
    """The sentence names the setting and its range."""
    with pytest.raises(Stop, match=r"API_PORT is .* set it to a number from 1 to 65535"):
        ports.from_settings({"API_PORT": text}, "API_PORT", 8000)


def test_a_taken_port_names_the_setting_that_changes_it(listener: socket.socket) -> None:
    """The sentence has the port, the setting and an example that can be typed."""
    port = _port(listener)
    with pytest.raises(Stop) as caught:
        ports.ensure_free(port, "WEB_PORT")

    assert f"Port {port} is taken by another program" in str(caught.value)
    assert "WEB_PORT=" in str(caught.value)


def test_a_port_taken_on_every_address_is_taken() -> None:
    """A listener on all addresses takes the loopback address as well."""
    with socket.create_server(("", 0)) as listener, pytest.raises(Stop, match="is taken"):
        ports.ensure_free(_port(listener), "API_PORT")


def test_a_free_port_is_free(listener: socket.socket) -> None:
    """A port that was just given back can be used."""
    port = _port(listener)
    listener.close()

    ports.ensure_free(port, "API_PORT")


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/good" else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


def test_only_a_success_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is no answer, nor is silence; the system's proxy is not asked."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        answers = [ports.answers(f"{base}/{path}") for path in ("good", "bad")]
        server.shutdown()
        thread.join()

    assert answers == [True, False]
    assert not ports.answers(f"{base}/good")
