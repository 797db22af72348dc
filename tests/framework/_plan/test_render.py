from collections.abc import AsyncIterator, Iterator
from textwrap import dedent
from typing import Annotated, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.websockets import WebSocket

from kingpost._declare.depends import Depends, Security
from kingpost._declare.markers import Depends as DependsMarker
from kingpost._declare.parameters import Body, Cookie, Form, Header, Query
from kingpost._declare.security.oauth2 import OAuth2PasswordBearer, SecurityScopes
from kingpost._http.background import BackgroundTasks
from kingpost._http.datastructures import UploadFile
from kingpost._plan.render import render_plan
from kingpost._plan.route import plan_websocket
from tests.framework._plan.declarations import planned


class Item(BaseModel):
    """A body and a response."""

    name: str


class Filters(BaseModel):
    """Several parameters."""

    limit: int = Field(10, ge=1, le=100)
    tags: list[str] = []


scheme = OAuth2PasswordBearer("/token")


async def connect() -> AsyncIterator[int]:
    """Yield a connection."""
    yield 1


def session(
    connection: Annotated[int, Depends(connect)],
    trace_id: Annotated[str | None, Header()] = None,
) -> Iterator[int]:
    """Yield a session."""
    yield connection


def user(scopes: SecurityScopes, token: Annotated[str, Depends(scheme)]) -> str:
    """Return the user."""
    return token


def guard() -> None:
    """Let everyone in."""


def shown(text: str) -> str:
    """Return an expected tree as it is written in a test."""
    return dedent(text).strip()


def test_a_tree_of_calls_in_the_order_of_execution() -> None:
    """Dependencies come before parameters, shared ones are not repeated, the response is last."""

    async def read_item(
        item_id: int,
        session: Annotated[int, Depends(session)],
        connection: Annotated[int, Depends(connect)],
        user: Annotated[str, Security(user, scopes=["items"])],
        q: Annotated[str, Query(min_length=3, alias="query")] = "all",
        theme: Annotated[str, Cookie()] = "dark",
    ) -> list[Item]:
        """Need one of everything."""
        return []

    plan = planned(
        read_item, "/items/{item_id}", dependencies=[DependsMarker(guard)], status_code=200
    )

    assert render_plan(plan, "items.py:7") == shown(
        """
        GET /items/{item_id}
        read_item  async  items.py:7
        ├── guard()  sync
        ├── session = session()  sync generator, ends after the response
        │   ├── connection = connect()  async generator, ends after the response
        │   └── trace_id: str | None = None  header trace-id
        ├── connection = connect()  shared with the call above
        ├── user = user()  sync, requires items
        │   ├── token = OAuth2PasswordBearer()  async, requires items
        │   │   └── request  the connection
        │   └── scopes  the scopes required here
        ├── item_id: int  path
        ├── q: str = 'all'  query query  min_length=3
        ├── theme: str = 'dark'  cookie
        └── sends list[Item] straight to JSON, status 200
        """
    )


def test_how_a_dependency_is_used() -> None:
    """Lifetime, sharing and limits are part of a call."""

    def read(
        a: Annotated[int, Depends(connect, scope="function", use_cache=False)],
        b: Annotated[None, Depends(guard, max_concurrency=2)],
    ) -> None:
        """Need two dependencies."""

    assert render_plan(planned(read)) == shown(
        """
        GET /
        read  sync
        ├── a = connect()  async generator, ends before the response, not shared
        ├── b = guard()  sync, at most 2 at once
        └── sends the result as JSONResponse
        """
    )


def test_a_model_shows_its_fields() -> None:
    """Each field is read under its own name, with its own limits."""

    def search(filters: Annotated[Filters, Query()]) -> Any:
        """Search."""

    assert render_plan(planned(search)) == shown(
        """
        GET /
        search  sync
        ├── filters: Filters  query
        │   ├── limit: int = 10  query  ge=1, le=100
        │   └── tags: list[str] = []  query
        └── sends Any straight to JSON
        """
    )


def test_a_json_body() -> None:
    """One parameter is the body, several are read from it."""

    async def create(item: Item, request: Request, tasks: BackgroundTasks) -> None:
        """Create."""

    async def replace(item: Item, force: Annotated[bool, Body()] = False) -> None:
        """Replace."""

    def optional(tags: Annotated[list[str], Body(default_factory=list)]) -> None:
        """Need nothing."""

    assert render_plan(planned(create)).splitlines()[2:] == [
        "├── item: Item  body",
        "├── request  the request",
        "├── tasks  the work after the response",
        "├── reads application/json as item",
        "└── sends the result as JSONResponse",
    ]
    assert "├── reads application/json with item, force" in render_plan(planned(replace))
    assert render_plan(planned(optional)).splitlines()[2:4] == [
        "├── tags: list[str] = list()  body",
        "├── reads application/json as tags, if there is one",
    ]


def test_a_form() -> None:
    """Fields and files are told apart."""

    def upload(name: Annotated[str, Form()], file: UploadFile | None = None) -> str:
        """Take a file."""
        return name

    assert render_plan(planned(upload, response_class=HTMLResponse)).splitlines()[2:] == [
        "├── name: str  form",
        "├── file: UploadFile | None = None  file",
        "├── reads multipart/form-data with name, file",
        "└── sends str as HTMLResponse",
    ]


def test_a_stream() -> None:
    """What is sent item by item says so."""

    def lines() -> Iterator[Item]:
        """Yield items."""
        yield Item(name="x")

    assert render_plan(planned(lines)).splitlines()[-1] == (
        "└── sends Item as one JSON line for each item"
    )
    assert render_plan(planned(lines, response_class=HTMLResponse)).splitlines()[-1] == (
        "└── sends the result in chunks, as HTMLResponse"
    )


def test_an_option_of_the_response() -> None:
    """What becomes of a response that is returned."""

    def read() -> Any:
        """Return anything."""

    plan = render_plan(planned(read, merge_injected_response=True))
    assert plan.endswith("sends Any straight to JSON, merged with what was injected")


def test_a_websocket() -> None:
    """It has no body and sends nothing by itself."""

    async def chat(socket: WebSocket, room: int) -> None:
        """Talk."""

    assert render_plan(plan_websocket("/rooms/{room}", chat, None, [])) == shown(
        """
        WS /rooms/{room}
        chat  async
        ├── room: int  path
        └── socket  the WebSocket
        """
    )
