"""Runs an application on Uvicorn."""

import dataclasses
import errno
import os
import socket
from importlib.util import find_spec
from pathlib import Path

from kingpost._cli import aliased
from kingpost._cli.discovery import Target
from kingpost._cli.errors import CommandError

__all__ = ["ServerOptions", "check_server", "serve", "web_address"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """How to serve."""

    host: str
    port: int
    reload: bool
    reload_dirs: tuple[Path, ...] = ()
    """Where changes count; by default the working directory."""
    workers: int | None = None
    root_path: str = ""
    proxy_headers: bool = True
    forwarded_allow_ips: str | None = None
    as_fastapi: bool = False
    """Let ``import fastapi`` mean this package, in every worker."""
    verbose: bool = False


def check_server(options: ServerOptions) -> None:
    """Make sure that serving can work, before the application is imported.

    Raises:
        CommandError: Uvicorn is not installed, the port is taken or not allowed, or the host is not
            one of this machine.
    """
    if find_spec("uvicorn") is None:
        raise CommandError(
            'Serving needs the package uvicorn: install it with pip install "kingpost[standard]".'
        )
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # A port whose last connections are still closing is free; without this it seems taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as exc:
        raise CommandError(_reason(options.host, options.port, exc)) from exc


def _reason(host: str, port: int, exc: OSError) -> str:
    if exc.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program: choose another one with --port or the "
            "variable PORT."
        )
    if exc.errno == errno.EACCES:
        return (
            f"Port {port} needs more rights than this program has: choose one above 1023 with "
            "--port or the variable PORT."
        )
    return f"Cannot listen on {host}: {exc.strerror or exc}. Choose another address with --host."


def web_address(options: ServerOptions) -> str:
    """Return where a browser on this machine finds the application."""
    host = "127.0.0.1" if options.host in ("0.0.0.0", "::", "") else options.host  # noqa: S104
    return f"http://[{host}]:{options.port}" if ":" in host else f"http://{host}:{options.port}"


def serve(target: Target, options: ServerOptions) -> None:
    """Serve until a signal ends it.

    Args:
        target: The application; imported anew in each worker process.
        options: How to serve it.
    """
    # Only here, so that the other commands do without it.
    import uvicorn

    entrypoint = target.entrypoint
    if options.as_fastapi:
        os.environ[aliased.ENTRYPOINT] = entrypoint
        entrypoint = f"{aliased.__name__}:{aliased.application.__name__}"
    uvicorn.run(
        entrypoint,
        factory=options.as_fastapi,
        host=options.host,
        port=options.port,
        reload=options.reload,
        reload_dirs=[str(folder) for folder in options.reload_dirs] or None,
        workers=options.workers,
        root_path=options.root_path,
        proxy_headers=options.proxy_headers,
        forwarded_allow_ips=options.forwarded_allow_ips,
        log_level="debug" if options.verbose else None,
    )
