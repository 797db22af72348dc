import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kingpost._cli import aliased, server
from kingpost._cli.discovery import Target
from kingpost._cli.errors import CommandError
from kingpost._cli.server import ServerOptions, check_server, serve, web_address


def options(host: str = "127.0.0.1", port: int = 0, **others: Any) -> ServerOptions:
    """Return options for a server on any free port."""
    return ServerOptions(host=host, port=port, reload=False, **others)


@pytest.fixture
def taken() -> Iterator[int]:
    """Return a port that something listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


class TestCheck:
    def test_passes_a_free_port(self) -> None:
        """The probe leaves the port free for the server."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]

        check_server(options(port=port))
        check_server(options(port=port))

    @pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104
    def test_refuses_a_taken_port(self, taken: int, host: str) -> None:
        """One sentence names the port and both ways to choose another."""
        with pytest.raises(CommandError) as caught:
            check_server(options(host=host, port=taken))

        assert str(caught.value) == (
            f"Port {taken} is taken by another program: choose another one with --port or the "
            "variable PORT."
        )

    def test_refuses_a_port_without_the_rights(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A low port that the system reserves is told apart from a taken one."""

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(socket.socket, "bind", refuse)

        with pytest.raises(CommandError, match="Port 80 needs more rights"):
            check_server(options(port=80))

    def test_refuses_an_address_of_another_machine(self) -> None:
        """203.0.113.1 is reserved for examples (RFC 5737), so no machine has it."""
        with pytest.raises(CommandError, match=r"Cannot listen on 203\.0\.113\.1: .*--host"):
            check_server(options(host="203.0.113.1"))

    def test_names_the_extra_that_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a server the way to install one is said."""
        monkeypatch.setattr(server, "find_spec", lambda name: None)

        with pytest.raises(CommandError, match=r"pip install .kingpost\[standard\]"):
            check_server(options())


class TestServe:
    def test_hands_everything_to_the_server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each option has its counterpart; the application goes by name, for its workers."""
        calls: list[Any] = []
        monkeypatch.setattr("uvicorn.run", lambda *args, **kwargs: calls.append((args, kwargs)))

        serve(
            Target("shop.web", "app", None),
            options(
                port=8001,
                workers=2,
                reload_dirs=(Path("src"),),
                root_path="/api",
                proxy_headers=False,
                forwarded_allow_ips="*",
                verbose=True,
            ),
        )

        assert calls == [
            (
                ("shop.web:app",),
                {
                    "factory": False,
                    "host": "127.0.0.1",
                    "port": 8001,
                    "reload": False,
                    "reload_dirs": ["src"],
                    "workers": 2,
                    "root_path": "/api",
                    "proxy_headers": False,
                    "forwarded_allow_ips": "*",
                    "log_level": "debug",
                },
            )
        ]

    def test_leaves_the_import_to_the_workers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Under the alias each worker puts it in force before it imports the application."""
        calls: list[Any] = []
        monkeypatch.setattr("uvicorn.run", lambda *args, **kwargs: calls.append((args, kwargs)))
        monkeypatch.setenv(aliased.ENTRYPOINT, "")

        serve(Target("shop.web", "app", None), options(port=8001, as_fastapi=True))

        args, keywords = calls[0]
        assert args == ("kingpost._cli.aliased:application",)
        assert keywords["factory"] is True
        assert os.environ[aliased.ENTRYPOINT] == "shop.web:app"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104
        ("::", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("shop.test", "http://shop.test:8000"),
    ],
)
def test_the_address_can_be_opened(host: str, address: str) -> None:
    """An address for all interfaces is none that a browser can open."""
    assert web_address(options(host=host, port=8000)) == address
