"""Less common errors: raised validation errors, groups, handlers of every kind and place."""

import asyncio
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from kingpost import (
    Body,
    Depends,
    Header,
    HTTPException,
    Kingpost,
    Query,
    Request,
    Response,
    WebSocket,
    WebSocketException,
)
from kingpost.exceptions import (
    RequestValidationError,
    ResponseValidationError,
    WebSocketRequestValidationError,
)
from kingpost.responses import JSONResponse, PlainTextResponse, StreamingResponse
from tests.parity.harness import Log, case, get, post, receive, request, websocket


@case(get("/", 422), get("/ok"))
def test_validation_error_raised_by_hand() -> Kingpost:
    """A RequestValidationError raised by the application is a 422."""
    app = Kingpost()

    @app.get("/")
    def read() -> None:
        raise RequestValidationError(
            [{"type": "own", "loc": ("body", "x"), "msg": "M", "input": 1, "ctx": {"a": "b"}}]
        )

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(post("/", json={"n": 2}), post("/", 422, json={"n": 1}), post("/", 422, json={"n": 7}))
def test_custom_pydantic_errors() -> Kingpost:
    """PydanticCustomError keeps its type, text and context."""

    class Item(BaseModel):
        n: int

        @field_validator("n")
        @classmethod
        def check(cls, value: int) -> int:
            if value == 1:
                raise PydanticCustomError("own_type", "Bad {n}", {"n": value})
            if value == 7:
                raise ValueError("seven", {"x": 1})
            return value

    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> Item:
        return item

    return app


@case(get("/?q=1", 418), get("/", 418), get("/ok"))
def test_pydantic_error_handled() -> Kingpost:
    """A handler for pydantic's ValidationError catches those raised in endpoints only."""

    class Item(BaseModel):
        n: int

    app = Kingpost()

    @app.exception_handler(ValidationError)
    async def on_pydantic(request: Request, error: ValidationError) -> Response:
        return JSONResponse([e["type"] for e in error.errors()], status_code=418)

    @app.get("/")
    def read(q: str | None = None) -> Item:
        return Item.model_validate({"n": q and "x"})

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/group", 500), get("/caught", 418), get("/ok"), messages=False)
def test_exception_groups() -> Kingpost:
    """Exception groups raised by an endpoint."""
    app = Kingpost()

    async def fail() -> None:
        raise ValueError("in group")

    @app.exception_handler(KeyError)
    async def on_key(request: Request, error: KeyError) -> Response:
        return PlainTextResponse("key", status_code=418)

    @app.get("/group")
    async def group() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(fail())

    @app.get("/caught")
    async def caught() -> None:
        raise KeyError("k")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/a", 409), get("/b", 418), get("/ok"))
def test_handlers_for_errors_of_dependencies(log: Log) -> Kingpost:
    """Errors of dependencies reach the same handlers, generators see them first."""

    def fails(request: Request) -> None:
        log.append("dependency")
        raise LookupError(request.url.path)

    app = Kingpost()

    @app.exception_handler(LookupError)
    async def on_lookup(request: Request, error: LookupError) -> Response:
        log.append("handler")
        return PlainTextResponse(str(error), status_code=409)

    @app.exception_handler(KeyError)
    async def on_key(request: Request, error: KeyError) -> Response:
        return PlainTextResponse("key", status_code=418)

    @app.get("/a", dependencies=[Depends(fails)])
    def a() -> str:
        return "a"

    @app.get("/b")
    def b() -> str:
        raise KeyError("b")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/?q=x", 422), get("/?q=1"), post("/", 405), get("/none", 404))
def test_handlers_for_422_and_405_by_number() -> Kingpost:
    """A handler for the number 422 does not catch validation errors; one for 405 does."""
    app = Kingpost()

    @app.exception_handler(422)
    async def on_422(request: Request, error: Any) -> Response:
        return PlainTextResponse("by number", status_code=422)

    @app.exception_handler(405)
    async def on_405(request: Request, error: Any) -> Response:
        return PlainTextResponse("no such method", status_code=405, headers=error.headers)

    @app.get("/")
    def read(q: int) -> int:
        return q

    return app


@case(get("/", 400), get("/sync", 400), get("/ok"))
def test_handler_with_headers() -> Kingpost:
    """A handler's answer has its own headers, for sync and async endpoints."""
    app = Kingpost()

    @app.exception_handler(ValueError)
    async def on_value(request: Request, error: ValueError) -> Response:
        return JSONResponse({"detail": str(error)}, status_code=400, headers={"X-H": "1"})

    @app.get("/")
    async def read() -> None:
        raise ValueError("async")

    @app.get("/sync")
    def read_sync() -> None:
        raise ValueError("sync")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/", 404), get("/ok"))
def test_http_exception_in_handler() -> Kingpost:
    """An HTTPException raised by a handler is answered by the outer one."""
    app = Kingpost()

    @app.exception_handler(ValueError)
    async def on_value(request: Request, error: ValueError) -> Response:
        raise HTTPException(404)

    @app.get("/")
    async def read() -> None:
        raise ValueError("v")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(websocket("/ws", receive()), websocket("/ws?stop=1", status=4001), get("/ws", 404))
def test_handler_for_websocket_exception() -> Kingpost:
    """A handler for WebSocketException closes in its own way."""
    app = Kingpost()

    @app.exception_handler(WebSocketException)
    async def on_socket(socket: WebSocket, error: WebSocketException) -> None:
        await socket.close(4001, reason=f"own {error.reason}")

    def guard(stop: bool = False) -> None:
        if stop:
            raise WebSocketException(1008, "stop")

    @app.websocket("/ws", dependencies=[Depends(guard)])
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("x")

    return app


@case(
    post("/", json={"items": [{"n": 1}, {"n": "x"}], "more": {"k": {"n": "y"}}}, status=422),
    post("/", json={"items": [{"n": 1}], "more": {}}),
    post("/", 422, json={"items": "x", "more": [1]}),
    post("/", 422, json={"items": [1, None, []], "more": {"k": 1}}),
)
def test_places_of_nested_errors() -> Kingpost:
    """loc leads through lists and dicts."""

    class Inner(BaseModel):
        n: int

    class Outer(BaseModel):
        items: list[Inner]
        more: dict[str, Inner]

    app = Kingpost()

    @app.post("/")
    def create(body: Outer) -> Outer:
        return body

    return app


@case(
    post("/?q=x", 422, json={"a": -1}, headers={"X-Long": "y" * 300}),
    post("/?q=1", json={"a": 1}, headers={"X-Long": "1"}),
)
def test_contexts_of_constraints() -> Kingpost:
    """ctx of constraints, for every place."""

    class Item(BaseModel):
        a: int = Field(gt=0)

    app = Kingpost()

    @app.post("/")
    def create(
        item: Item,
        q: Annotated[str, Query(pattern="^[0-9]$")],
        x_long: Annotated[str, Header(max_length=10)],
    ) -> Item:
        return item

    return app


@case(post("/", json="x" * 3), post("/", 422, json="x" * 5000), post("/", 422, json=None))
def test_long_input_is_echoed_whole() -> Kingpost:
    """The input of an error is not shortened."""
    app = Kingpost()

    @app.post("/")
    def create(text: Annotated[str, Body(max_length=10)]) -> str:
        return text

    return app


@case(
    get("/shop/n/1"),
    get("/shop/n/x", 422),
    request("DELETE", "/shop/n/x", 422),
    get("/shop/wrong", 500),
    get("/shop/inner/n/x", 422),
    websocket("/shop/talk/1", receive()),
    websocket("/shop/talk/x", status=4000),
)
def test_place_of_a_mounted_operation() -> Kingpost:
    """An error names the method of the request, and the path with what it is mounted on."""
    app, shop, inner = Kingpost(), Kingpost(), Kingpost()

    async def place(request: Request, exc: Any) -> JSONResponse:
        return JSONResponse([exc.endpoint_path, str(exc).splitlines()[-1]], len(exc.errors()) + 421)

    async def fail(request: Request, exc: Any) -> JSONResponse:
        return JSONResponse(exc.endpoint_path, 500)

    async def close(socket: WebSocket, exc: Any) -> None:
        await socket.close(4000, exc.endpoint_path)

    for each in (shop, inner):
        each.add_exception_handler(RequestValidationError, place)
        each.add_exception_handler(ResponseValidationError, fail)
        each.add_exception_handler(WebSocketRequestValidationError, close)

    def read(n: int) -> int:
        return n

    shop.api_route("/n/{n}", methods=["GET"])(read)
    shop.delete("/n/{n}")(read)
    inner.get("/n/{n}")(read)

    @shop.get("/wrong")
    def wrong() -> int:
        return "x"  # type: ignore[return-value]

    @shop.websocket("/talk/{n}")
    async def talk(socket: WebSocket, n: int) -> None:
        await socket.accept()
        await socket.send_json(n)

    shop.mount("/inner", inner)
    app.mount("/shop", shop)
    return app


@case(get("/late"), get("/stream"), get("/early", 500), get("/ok"))
def test_handler_hears_of_errors_after_the_response_has_started(log: Log) -> Kingpost:
    """The handler for the unexpected is called, though what it answers cannot be sent."""
    app = Kingpost()

    def fails_late() -> Iterator[int]:
        yield 1
        raise RuntimeError("after the response")

    def fails_on_the_way() -> Iterator[str]:
        yield "begun"
        raise RuntimeError("on the way")

    @app.get("/late", dependencies=[Depends(fails_late)])
    def read() -> str:
        return "sent"

    @app.get("/stream")
    def stream() -> StreamingResponse:
        return StreamingResponse(fails_on_the_way())

    @app.get("/early")
    def early() -> None:
        raise RuntimeError("before the response")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    @app.exception_handler(Exception)
    async def on_error(request: Request, error: Exception) -> JSONResponse:
        log.append(f"handler: {error}")
        return JSONResponse({"handled": True}, status_code=500)

    return app


@case(
    get("/http", 418),
    get("/own", 500),
    get("/invalid", 418),
    get("/invalid?q=1"),
    get("/again", 500),
    get("/thread", 418),
    get("/nowhere", 404),
)
def test_handlers_that_raise() -> Kingpost:
    """What a handler of exceptions raises is answered by a handler too, though only once."""
    app = Kingpost()

    @app.exception_handler(OSError)
    async def teapot(request: Request, error: OSError) -> Response:
        raise HTTPException(418, str(error) or "teapot")

    @app.exception_handler(LookupError)
    async def own(request: Request, error: LookupError) -> Response:
        raise OSError("own") from error

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        raise HTTPException(418, "invalid")

    @app.exception_handler(ArithmeticError)
    async def again(request: Request, error: ArithmeticError) -> Response:
        raise error

    @app.get("/http")
    async def http() -> None:
        raise OSError

    @app.get("/own")
    async def lookup() -> None:
        raise KeyError("own")

    @app.get("/invalid")
    async def validated(q: int) -> int:
        return q

    @app.get("/again")
    async def arithmetic() -> None:
        raise ZeroDivisionError

    @app.get("/thread")
    def thread() -> None:
        raise FileNotFoundError("derived")

    return app
