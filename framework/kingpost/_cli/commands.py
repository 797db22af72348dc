"""The commands and their options."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kingpost._alias.install import install_as_fastapi
from kingpost._cli.discovery import Target, find
from kingpost._cli.document import document_of, save
from kingpost._cli.errors import CommandError
from kingpost._cli.listing import as_json, as_plans, as_sources, as_table, rows, select
from kingpost._cli.server import ServerOptions, check_server, serve, web_address
from kingpost._http.naming import NAMES
from kingpost._serve.application import Kingpost

__all__ = ["commands"]

commands = typer.Typer(
    name="kingpost",
    help="Serve a Kingpost application, and look into it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="The application's file or folder; by default the first of main.py, app.py and "
        "api.py, here and in app/.",
    ),
]
_App = Annotated[str | None, typer.Option("--app", help="The application's name in its module.")]
_Entrypoint = Annotated[
    str | None,
    typer.Option("--entrypoint", "-e", metavar="MODULE:APP", help="The application itself."),
]
_Host = Annotated[str, typer.Option("--host", help="The address to listen on.")]
_Port = Annotated[
    int, typer.Option("--port", envvar="PORT", min=0, max=65535, help="The port to listen on.")
]
_Reload = Annotated[bool, typer.Option("--reload/--no-reload", help="Restart on changes.")]
_ReloadDirs = Annotated[
    list[Path] | None,
    typer.Option("--reload-dir", help="A folder whose changes count; may be repeated."),
]
_Workers = Annotated[int | None, typer.Option("--workers", min=1, help="How many processes serve.")]
_RootPath = Annotated[
    str, typer.Option("--root-path", help="The part of the path that a proxy takes off.")
]
_ProxyHeaders = Annotated[
    bool,
    typer.Option(
        "--proxy-headers/--no-proxy-headers",
        help="Believe X-Forwarded-* headers of trusted addresses.",
    ),
]
_ForwardedAllowIps = Annotated[
    str | None,
    typer.Option("--forwarded-allow-ips", help="The trusted addresses, with commas, or * for all."),
]
_AsFastapi = Annotated[
    bool,
    typer.Option(
        "--as-fastapi", help="Let `import fastapi` mean this package, for unchanged code."
    ),
]
_Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Whole tracebacks, and more of the server's log.")
]


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn a refusal into its message and exit status 1."""
    try:
        yield
    except CommandError as exc:
        typer.echo(str(exc), err=True)
        raise typer.Exit(1) from exc


@commands.command()
def dev(
    path: _File = None,
    *,
    host: _Host = "127.0.0.1",
    port: _Port = 8000,
    reload: _Reload = True,
    reload_dir: _ReloadDirs = None,
    root_path: _RootPath = "",
    app: _App = None,
    entrypoint: _Entrypoint = None,
    proxy_headers: _ProxyHeaders = True,
    forwarded_allow_ips: _ForwardedAllowIps = None,
    as_fastapi: _AsFastapi = False,
    verbose: _Verbose = False,
) -> None:
    """Serve for development: for this machine only, with a restart on every change."""
    if as_fastapi:
        install_as_fastapi()
    os.environ.setdefault(f"{NAMES.environment}_ENV", "development")
    _serve(
        path,
        app,
        entrypoint,
        ServerOptions(
            host=host,
            port=port,
            reload=reload,
            reload_dirs=tuple(reload_dir or ()),
            root_path=root_path,
            proxy_headers=proxy_headers,
            forwarded_allow_ips=forwarded_allow_ips,
            as_fastapi=as_fastapi,
            verbose=verbose,
        ),
    )


@commands.command()
def run(
    path: _File = None,
    *,
    host: _Host = "0.0.0.0",  # noqa: S104 - a server in a container has to be reached from outside
    port: _Port = 8000,
    reload: _Reload = False,
    workers: _Workers = None,
    root_path: _RootPath = "",
    app: _App = None,
    entrypoint: _Entrypoint = None,
    proxy_headers: _ProxyHeaders = True,
    forwarded_allow_ips: _ForwardedAllowIps = None,
    as_fastapi: _AsFastapi = False,
    verbose: _Verbose = False,
) -> None:
    """Serve for production: on all addresses, without reloading."""
    if as_fastapi:
        install_as_fastapi()
    _serve(
        path,
        app,
        entrypoint,
        ServerOptions(
            host=host,
            port=port,
            reload=reload,
            workers=workers,
            root_path=root_path,
            proxy_headers=proxy_headers,
            forwarded_allow_ips=forwarded_allow_ips,
            as_fastapi=as_fastapi,
            verbose=verbose,
        ),
    )


def _serve(
    path: Path | None, app: str | None, entrypoint: str | None, options: ServerOptions
) -> None:
    with _plainly():
        check_server(options)
        target = find(path, app=app, entrypoint=entrypoint, verbose=options.verbose)
        if options.port:
            typer.echo(f"Serving {target.entrypoint} at {web_address(options)}{_docs(target)}")
        serve(target, options)


def _docs(target: Target) -> str:
    docs = getattr(target.app, "docs_url", None) if getattr(target.app, "openapi_url", None) else ""
    return f" (documents at {docs})" if docs else ""


@commands.command()
def routes(
    wanted: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|PATH|NAME",
            help="The application's file, which ends with .py, and the routes to show: a path or a "
            "name, or a part of it. By default all.",
        ),
    ] = None,
    *,
    source: Annotated[
        bool, typer.Option("--source", help="Print the generated handlers instead.")
    ] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Print what each operation reads, calls and sends.")
    ] = False,
    as_data: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    app: _App = None,
    entrypoint: _Entrypoint = None,
    as_fastapi: _AsFastapi = False,
    verbose: _Verbose = False,
) -> None:
    """List the application's routes, or show what became of them."""
    if as_fastapi:
        install_as_fastapi()
    words = wanted or []
    files = [word for word in words if word.endswith(".py")]
    with _plainly():
        if len(files) > 1:
            raise CommandError(f"{' and '.join(files)} are two files; name one application.")
        target = find(
            Path(files[0]) if files else None, app=app, entrypoint=entrypoint, verbose=verbose
        )
        if not isinstance(target.app, Kingpost):
            raise CommandError(
                f"{target.entrypoint} is of type {type(target.app).__name__}, whose routes are not "
                "known. Name a Kingpost with --app."
            )
        found = select(rows(target.app), [word for word in words if word not in files])
        if as_data:
            text = as_json(found, source=source, plan=plan)
        elif source or plan:
            parts = ([as_plans(found)] if plan else []) + ([as_sources(found)] if source else [])
            text = "\n\n".join(parts)
        else:
            text = as_table(found)
        typer.echo(text)


@commands.command()
def openapi(
    path: _File = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead."),
    ] = None,
    indent: Annotated[
        int,
        typer.Option("--indent", min=0, help="Spaces for each level; 0 for a single line."),
    ] = 2,
    app: _App = None,
    entrypoint: _Entrypoint = None,
    as_fastapi: _AsFastapi = False,
    verbose: _Verbose = False,
) -> None:
    """Print the application's OpenAPI document, without serving it."""
    if as_fastapi:
        install_as_fastapi()
    with _plainly():
        target = find(path, app=app, entrypoint=entrypoint, verbose=verbose)
        content = document_of(target, indent=indent)
        if output is None:
            # As bytes: a terminal with another encoding would make something else of it.
            typer.echo(content, nl=False)
        else:
            save(content, output)
