"""Annotations as text (PEP 563): this module has `from __future__ import annotations`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import (
    APIRouter,
    BackgroundTasks,
    Body,
    Depends,
    Form,
    Header,
    Kingpost,
    Query,
    Request,
    Response,
    UploadFile,
    WebSocket,
)
from kingpost.responses import JSONResponse, PlainTextResponse
from tests.parity.harness import Log, case, get, post, receive, websocket


class Item(BaseModel):
    """A thing that refers to a later one."""

    name: str
    parent: Later | None = None


class Later(BaseModel):
    """Defined after its use."""

    n: int


Item.model_rebuild()


@dataclass
class Common:
    """A dataclass as dependency."""

    q: str
    limit: Annotated[int, Query(ge=1)] = 5


def common(q: str, x_h: Annotated[str | None, Header()] = None) -> list[str | None]:
    """A dependency at module level."""
    return [q, x_h]


@case(
    post("/3?q=1", json={"name": "a", "parent": {"n": 1}}),
    post("/x?q=y", 422, json={"parent": {"n": "z"}}),
)
def test_parameters_and_body() -> Kingpost:
    """Path, query, body and a response model by annotation."""
    app = Kingpost()

    @app.post("/{n}")
    def create(n: int, q: Annotated[int, Query(gt=0)], item: Item) -> Item:
        return item

    return app


@case(get("/?q=a", headers={"X-H": "h"}), get("/?q=a&limit=0", 422), get("/", 422))
def test_dependencies() -> Kingpost:
    """Functions, classes and aliases as dependencies."""
    app = Kingpost()

    @app.get("/")
    def read(
        values: Annotated[list[str | None], Depends(common)],
        data: Annotated[Common, Depends()],
        more: Common = Depends(),
    ) -> list[Any]:
        return [values, data.limit, more is data]

    return app


@case(get("/?q=a"), get("/", 422))
def test_local_names_in_a_dependency() -> Kingpost:
    """Dependencies that are local names of the function that declares the operation."""

    def local(q: str) -> Iterator[str]:
        yield q

    app = Kingpost()

    @app.get("/")
    def read(value: str = Depends(local)) -> str:
        return value

    return app


@case(get("/"), get("/plain"), get("/x", 404))
def test_injected_objects(log: Log) -> Kingpost:
    """Request, Response and BackgroundTasks by name."""
    app = Kingpost()

    @app.get("/")
    async def read(request: Request, response: Response, tasks: BackgroundTasks) -> dict[str, Any]:
        response.headers["X-A"] = "1"
        tasks.add_task(log.append, "task")
        return {"path": request.url.path}

    @app.get("/plain")
    async def plain() -> PlainTextResponse:
        return PlainTextResponse("p")

    @app.get("/json")
    async def json() -> JSONResponse:
        return JSONResponse({})

    return app


@case(post("/f", data={"a": "1"}), post("/u", files={"file": ("a", b"a")}), post("/f", 422))
def test_forms_and_files() -> Kingpost:
    """Form fields and uploads."""
    app = Kingpost()

    @app.post("/f")
    def form(a: Annotated[int, Form()]) -> int:
        return a

    @app.post("/u")
    def upload(file: UploadFile) -> str | None:
        return file.filename

    return app


@case(post("/", json={"a": 1, "b": [1]}), post("/", 422, json={"a": "x", "b": ["y"]}))
def test_embedded_bodies_in_a_router() -> Kingpost:
    """Several body parameters behind a router."""
    router = APIRouter()

    @router.post("/")
    def create(a: Annotated[int, Body()], b: list[int]) -> list[Any]:
        return [a, b]

    app = Kingpost()
    app.include_router(router)
    return app


@case(get("/items"), get("/lines"), get("/x", 404))
def test_generators_and_lists() -> Kingpost:
    """Return annotations of lists and generators."""
    app = Kingpost()

    @app.get("/items")
    def items() -> list[Item]:
        return [Item(name="a")]

    @app.get("/lines")
    def lines() -> Iterator[Item]:
        yield Item(name="a", parent=Later(n=1))

    return app


@case(websocket("/ws?q=a", receive()), get("/ws", 404))
def test_websocket() -> Kingpost:
    """Annotations of a websocket operation."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket, q: str, n: int = 1) -> None:
        await socket.accept()
        await socket.send_json([q, n])

    return app
