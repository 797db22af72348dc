"""An application's routes as a table, as JSON, as plans and as source."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from starlette.routing import BaseRoute, Host, Mount, WebSocketRoute

from kingpost._cli.errors import CommandError
from kingpost._plan.callables import name_of
from kingpost._plan.errors import locate
from kingpost._plan.render import render_plan
from kingpost._serve.application import Kingpost
from kingpost._serve.route import APIRoute, APIWebSocketRoute

__all__ = ["Row", "as_json", "as_plans", "as_sources", "as_table", "rows", "select"]

_PACKAGE = Path(__file__).parent.parent


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One route."""

    methods: tuple[str, ...]
    """``WS`` for a WebSocket, ``MOUNT`` for another application, ``FILES`` for a front end."""
    path: str
    name: str
    endpoint: str
    file: str | None
    line: int | None
    route: Any

    @property
    def place(self) -> str:
        """Where the endpoint is defined, in the form that editors and terminals can open."""
        return f"{self.file}:{self.line}" if self.file else ""

    @property
    def title(self) -> str:
        """Methods and path."""
        return f"{','.join(self.methods)} {self.path}"


def rows(app: Kingpost) -> list[Row]:
    """Return all routes in the order in which they are tried, the front ends last."""
    front_ends = [
        Row(("FILES",), site.path or "/", "", str(site.frontend.directory), None, None, site)
        for site in app.router.frontends()
    ]
    return [*_rows(app.routes, ""), *front_ends]


def _rows(routes: Iterable[BaseRoute], prefix: str) -> Iterator[Row]:
    for route in routes:
        if isinstance(route, Mount | Host) and route.routes:
            inner = prefix + (route.path if isinstance(route, Mount) else route.host)
            yield from _rows(route.routes, inner)
        else:
            yield _row(route, prefix)


def _row(route: Any, prefix: str) -> Row:
    if isinstance(route, Mount | Host):
        methods: tuple[str, ...] = ("MOUNT",)
        call = route.app
    else:
        is_socket = isinstance(route, WebSocketRoute)
        methods = ("WS",) if is_socket else tuple(sorted(route.methods or ("ANY",)))
        call = route.endpoint
    where = locate(call)
    file = _shortest(where["file"]) if "file" in where else None
    module = getattr(call, "__module__", None) or type(call).__module__
    return Row(
        methods=methods,
        path=prefix + (route.host if isinstance(route, Host) else route.path),
        name=route.name or "",
        endpoint=f"{module}.{name_of(call)}",
        file=file,
        line=where.get("line") if file else None,
        route=route,
    )


def _shortest(file: str) -> str | None:
    """Return a file's path from the working directory; None for the framework's own."""
    path = Path(file)
    if path.is_relative_to(_PACKAGE):
        return None
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file


def select(found: Sequence[Row], wanted: Sequence[str]) -> list[Row]:
    """Return the routes that are meant.

    Args:
        found: All routes.
        wanted: Paths or names; the whole of one, or else a part of one. Nothing means all.

    Raises:
        CommandError: One of them is part of no path and no name.
    """
    chosen: list[Row] = []
    for text in wanted:
        whole = [row for row in found if text in (row.path, row.name)]
        matching = whole or [row for row in found if text in row.path or text in row.name]
        if not matching:
            raise CommandError(
                f"No route has {text!r} in its path or its name; `kingpost routes` lists them all."
            )
        chosen += [row for row in matching if row not in chosen]
    return chosen if wanted else list(found)


def as_table(found: Sequence[Row]) -> str:
    """Return one line for each route."""
    cells = [
        (",".join(row.methods), row.path, row.name, f"{row.endpoint}  {row.place}".rstrip())
        for row in found
    ]
    widths = [max((len(line[column]) for line in cells), default=0) for column in range(3)]
    return "\n".join(
        "  ".join(
            [*(text.ljust(width) for text, width in zip(line, widths, strict=False)), line[3]]
        )
        for line in cells
    )


def as_json(found: Sequence[Row], *, source: bool = False, plan: bool = False) -> str:
    """Return the routes for programs.

    Args:
        found: The routes.
        source: Add each generated handler.
        plan: Add each plan, as text.
    """
    entries = []
    for row in found:
        entry: dict[str, Any] = {
            "methods": row.methods,
            "path": row.path,
            "name": row.name,
            "endpoint": row.endpoint,
            "file": row.file,
            "line": row.line,
        }
        if source:
            entry["source"] = _source(row)
        if plan:
            entry["plan"] = _plan(row)
        entries.append(entry)
    return json.dumps(entries, indent=2, ensure_ascii=False)


def as_sources(found: Sequence[Row]) -> str:
    """Return the generated handlers, each below a comment that says whose it is.

    Raises:
        CommandError: None of the routes has one.
    """
    return "\n\n".join(_each(found, "generated handler", _source, "# "))


def as_plans(found: Sequence[Row]) -> str:
    """Return what each operation reads, calls and sends.

    Raises:
        CommandError: None of the routes has a plan.
    """
    return "\n\n".join(_each(found, "plan", _plan, None))


def _each(found: Sequence[Row], what: str, text_of: Any, heading: str | None) -> list[str]:
    texts = []
    for row in found:
        text = text_of(row)
        if text:
            title = f"{heading}{row.title}  {row.place}".rstrip() + "\n" if heading else ""
            texts.append(f"{title}{text.rstrip()}")
    if not texts:
        raise CommandError(
            f"There is no {what} for {', '.join(row.title for row in found) or 'no route'}: only "
            "path operations, declared with the decorators of Kingpost and APIRouter, have one."
        )
    return texts


def _source(row: Row) -> str | None:
    return row.route.handler_source if isinstance(row.route, APIRoute) else None


def _plan(row: Row) -> str | None:
    if isinstance(row.route, APIRoute | APIWebSocketRoute):
        return render_plan(row.route.plan, row.place)
    return None
