import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from kingpost import APIRouter, Kingpost, WebSocket
from kingpost._cli.errors import CommandError
from kingpost._cli.listing import as_json, as_plans, as_sources, as_table, rows, select
from kingpost.staticfiles import StaticFiles


async def read_item(item_id: int) -> dict[str, int]:
    """Read an item."""
    return {"item_id": item_id}


def create_item() -> None:
    """Create an item."""


async def chat(socket: WebSocket) -> None:
    """Talk."""


async def plain(request: Request) -> PlainTextResponse:
    """Answer without any declaration."""
    return PlainTextResponse("")


@pytest.fixture
def app(tmp_path: Path) -> Kingpost:
    """Return an application with a route of each kind."""
    app = Kingpost(openapi_url=None)
    router = APIRouter(prefix="/items")
    router.get("/{item_id}")(read_item)
    router.post("", name="new")(create_item)
    app.include_router(router)
    app.websocket("/chat")(chat)
    app.router.add_route("/plain", plain)
    app.mount("/static", StaticFiles(directory=tmp_path), name="files")
    app.mount("/inner", Starlette(routes=[Route("/plain", plain, methods=["POST"])]))
    app.host("inner.test", Starlette(routes=[Route("/", plain)]))
    app.frontend("/", directory=tmp_path)
    return app


def line_of(function: object) -> int:
    """Return the line that a function of this file starts on."""
    return function.__code__.co_firstlineno  # type: ignore[attr-defined, no-any-return]


class TestRows:
    def test_lists_every_kind(self, app: Kingpost, tmp_path: Path) -> None:
        """Routes of routers and mounted applications have their whole path; files come last."""
        assert [(row.methods, row.path, row.name) for row in rows(app)] == [
            (("GET",), "/items/{item_id}", "read_item"),
            (("POST",), "/items", "new"),
            (("WS",), "/chat", "chat"),
            (("GET", "HEAD"), "/plain", "plain"),
            (("MOUNT",), "/static", "files"),
            (("POST",), "/inner/plain", "plain"),
            (("GET", "HEAD"), "inner.test/", "plain"),
            (("FILES",), "/", ""),
        ]
        assert rows(app)[-1].endpoint == str(tmp_path)

    def test_says_where_the_function_is(
        self, app: Kingpost, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file below the working directory is named from there, so that it is short."""
        monkeypatch.chdir(Path(__file__).parent)

        row = rows(app)[0]

        assert row.endpoint == f"{__name__}.read_item"
        assert row.place == f"test_listing.py:{line_of(read_item)}"

    def test_names_a_file_elsewhere_in_full(
        self, app: Kingpost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A path with dots in it would not help."""
        monkeypatch.chdir(tmp_path)

        assert rows(app)[0].place == f"{__file__}:{line_of(read_item)}"

    def test_does_not_point_into_the_framework(self) -> None:
        """The documents' own routes have no place that a user would look up."""
        assert {row.place for row in rows(Kingpost())} == {""}


class TestSelect:
    def test_prefers_the_whole_of_a_path_or_name(self, app: Kingpost) -> None:
        """``/items`` is meant alone, though it is part of another path."""
        assert [row.name for row in select(rows(app), ["/items"])] == ["new"]
        assert [row.name for row in select(rows(app), ["chat"])] == ["chat"]

    def test_takes_a_part(self, app: Kingpost) -> None:
        """Several routes may be meant, in their own order and each once."""
        found = select(rows(app), ["/item", "read"])

        assert [row.name for row in found] == ["read_item", "new"]

    def test_takes_everything_for_nothing(self, app: Kingpost) -> None:
        """No word is no restriction."""
        assert select(rows(app), []) == rows(app)

    def test_refuses_what_no_route_has(self, app: Kingpost) -> None:
        """A typing mistake does not look like an empty application."""
        with pytest.raises(CommandError, match="No route has 'itms'"):
            select(rows(app), ["itms"])


class TestTable:
    def test_aligns_the_columns(self, app: Kingpost, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each column is as wide as its widest cell."""
        monkeypatch.chdir(Path(__file__).parent)

        lines = as_table(rows(app)[:3]).splitlines()

        read, create, chat_ = (
            f"{__name__}.{function.__name__}  test_listing.py:{line_of(function)}"
            for function in (read_item, create_item, chat)
        )
        assert lines == [
            f"GET   /items/{{item_id}}  read_item  {read}",
            f"POST  /items            new        {create}",
            f"WS    /chat             chat       {chat_}",
        ]

    def test_of_nothing_is_empty(self) -> None:
        """An application without routes is no error."""
        assert as_table([]) == ""


class TestJson:
    def test_has_an_entry_for_each_route(self, app: Kingpost) -> None:
        """What the table shows, as data."""
        entries = json.loads(as_json(rows(app)))

        assert entries[0] == {
            "methods": ["GET"],
            "path": "/items/{item_id}",
            "name": "read_item",
            "endpoint": f"{__name__}.read_item",
            "file": rows(app)[0].file,
            "line": line_of(read_item),
        }
        assert len(entries) == 8

    def test_adds_what_is_asked_for(self, app: Kingpost) -> None:
        """Source and plan are null where there are none."""
        entries = json.loads(as_json(rows(app), source=True, plan=True))

        assert "read_item" in entries[0]["source"]
        assert entries[0]["plan"].startswith("GET /items/{item_id}\n")
        assert (entries[3]["source"], entries[3]["plan"]) == (None, None)


class TestSources:
    def test_is_the_handler_under_its_route(self, app: Kingpost) -> None:
        """The generated source is valid Python and named by a comment."""
        text = as_sources(rows(app)[:1])

        heading, source = text.split("\n", 1)
        assert heading.startswith("# GET /items/{item_id}  ")
        assert heading.endswith(f"test_listing.py:{line_of(read_item)}")
        compile(source, "handler", "exec")

    def test_leaves_out_what_is_not_generated(self, app: Kingpost) -> None:
        """Plain routes have no handler of their own."""
        assert as_sources(rows(app)).count("# ") >= 2
        with pytest.raises(CommandError, match="no generated handler for GET,HEAD /plain"):
            as_sources(rows(app)[3:4])


class TestPlans:
    def test_is_a_tree_for_each_operation(self, app: Kingpost) -> None:
        """WebSocket operations have a plan as well; each names the function's place."""
        plans = as_plans(rows(app)).split("\n\n")

        assert [plan.splitlines()[0] for plan in plans] == [
            "GET /items/{item_id}",
            "POST /items",
            "WS /chat",
        ]
        assert plans[0].splitlines()[1].endswith(f"test_listing.py:{line_of(read_item)}")

    def test_refuses_routes_without_one(self, app: Kingpost) -> None:
        """A plain route was never planned."""
        with pytest.raises(CommandError, match="no plan for GET,HEAD /plain"):
            as_plans(rows(app)[3:4])
