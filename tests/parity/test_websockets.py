"""WebSockets: parameters, dependencies, refusals, errors, ends."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from kingpost import (
    APIRouter,
    Cookie,
    Depends,
    Header,
    HTTPException,
    Kingpost,
    Path,
    Query,
    WebSocket,
    WebSocketDisconnect,
    WebSocketException,
    status,
)
from kingpost.exceptions import WebSocketRequestValidationError
from tests.parity.harness import (
    Log,
    case,
    close,
    differs,
    get,
    receive,
    send,
    send_bytes,
    send_json,
    websocket,
)

NOT_AN_INTEGER = "Input should be a valid integer, unable to parse string as an integer"
PATH_ERROR = {"type": "int_parsing", "loc": ["path", "n"], "msg": NOT_AN_INTEGER}


@case(
    websocket("/ws", send("a"), receive(), send("ü"), receive(), close()),
    websocket("/other", status=1000),
    get("/ws", 404),
)
def test_echo() -> Kingpost:
    """Text in both directions; an unknown path is closed."""
    app = Kingpost()

    @app.websocket("/ws")
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        async for text in socket.iter_text():
            await socket.send_text(f"got {text}")

    return app


@case(
    websocket("/ws", send_json({"a": 1}), receive(), send_bytes(b"\x00"), receive(), receive()),
    get("/ws", 404),
)
def test_json_bytes_and_server_close() -> Kingpost:
    """JSON, bytes, and a close by the server with code and reason."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept(headers=[(b"x-accepted", b"1")])
        await socket.send_json({"got": await socket.receive_json()})
        await socket.send_bytes(await socket.receive_bytes() + b"\x01")
        await socket.close(code=4001, reason="enough")

    return app


@case(
    websocket("/items/3?q=a&tags=x&tags=y", receive(), headers={"X-H": "h", "Cookie": "c=c"}),
    differs(
        websocket("/items/x?q=a", status=1008),
        "transcript",
        reason="a close reason is text",
        ours=[f"closed 1008 'path.n: {NOT_AN_INTEGER}'"],
        theirs=[f"closed 1008 {[{**PATH_ERROR, 'input': 'x'}]}"],
    ),
    get("/items/3", 404),
)
def test_parameters() -> Kingpost:
    """Path, query, header and cookie parameters; invalid ones close with 1008 (behaviour 52)."""
    app = Kingpost()

    @app.websocket("/items/{n}")
    async def talk(
        socket: WebSocket,
        n: Annotated[int, Path(ge=1)],
        q: str,
        tags: Annotated[list[str], Query()] = [],  # noqa: B006 - declared
        x_h: Annotated[str | None, Header()] = None,
        c: Annotated[str | None, Cookie()] = None,
    ) -> None:
        await socket.accept()
        await socket.send_json([n, q, tags, x_h, c])

    return app


@case(
    websocket("/before", status=1008),
    websocket("/after", receive()),
    websocket("/plain", status=1011),
    get("/x", 404),
)
def test_websocket_exception() -> Kingpost:
    """WebSocketException keeps its code and reason, before and after acceptance (behaviour 52)."""
    app = Kingpost()

    @app.websocket("/before")
    async def before(socket: WebSocket) -> None:
        raise WebSocketException(code=status.WS_1008_POLICY_VIOLATION, reason="not you")

    @app.websocket("/after")
    async def after(socket: WebSocket) -> None:
        await socket.accept()
        raise WebSocketException(4000, "later")

    @app.websocket("/plain")
    async def plain(socket: WebSocket) -> None:
        raise WebSocketException(1011)

    return app


@case(
    websocket("/http", status=403),
    websocket("/ws?token=t", receive()),
    websocket("/ws?token=u", status=401),
    get("/x", 404),
)
def test_http_exception_is_a_denial() -> Kingpost:
    """An HTTPException before acceptance becomes a denial response (behaviour 52)."""

    def guard(token: str) -> str:
        if token != "t":
            raise HTTPException(401, {"no": token}, {"X-Denied": "1"})
        return token

    app = Kingpost()

    @app.websocket("/http")
    async def http(socket: WebSocket) -> None:
        raise HTTPException(403, "denied")

    @app.websocket("/ws")
    async def talk(socket: WebSocket, token: Annotated[str, Depends(guard)]) -> None:
        await socket.accept()
        await socket.send_text(token)

    return app


@case(websocket("/r/ws", receive(), receive()), websocket("/r/bad", status=101), get("/x", 404))
def test_dependencies_of_routers(log: Log) -> Kingpost:
    """Router and include dependencies apply; generators exit at the end (behaviour 53)."""

    def named(name: str) -> Any:
        async def dependency() -> AsyncIterator[None]:
            log.append(f"enter {name}")
            try:
                yield
            except BaseException as error:
                log.append(f"{name} saw {type(error).__name__}")
                raise
            finally:
                log.append(f"exit {name}")

        return Depends(dependency)

    app = Kingpost(dependencies=[named("app")])
    router = APIRouter(prefix="/r", dependencies=[named("router")])

    @router.websocket("/ws", dependencies=[named("operation")])
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        log.append("handler ends")

    @router.websocket("/bad")
    async def bad(socket: WebSocket) -> None:
        await socket.accept()
        raise ValueError("handler")

    app.include_router(router, dependencies=[named("include")])
    return app


@case(websocket("/ws", send("a"), receive(), close(4004)), get("/x", 404))
def test_client_disconnects(log: Log) -> Kingpost:
    """A close by the client is a WebSocketDisconnect with its code."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        try:
            while True:
                await socket.send_text(await socket.receive_text())
        except WebSocketDisconnect as gone:
            log.append(f"gone {gone.code}")

    return app


@case(
    websocket("/ws", receive(), subprotocols=["a", "b"]),
    websocket("/ws", receive()),
    get("/x", 404),
)
def test_subprotocols() -> Kingpost:
    """The accepted subprotocol, and what the scope offers."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        offered = list(socket.scope["subprotocols"])
        await socket.accept(subprotocol="b" if "b" in offered else None)
        await socket.send_json([offered, socket.url.path, socket.scope["path_params"]])

    return app


@case(websocket("/named/a", receive()), websocket("/plain", receive()), get("/url"), get("/x", 404))
def test_names_and_plain_routes() -> Kingpost:
    """Names of websocket routes, and plain ones without injection."""
    app = Kingpost()

    @app.websocket("/named/{word}", name="named")
    async def named(socket: WebSocket, word: str) -> None:
        await socket.accept()
        await socket.send_text(word)

    @app.websocket_route("/plain")
    async def plain(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("plain")

    @app.get("/url")
    def url() -> str:
        return str(app.url_path_for("named", word="x"))

    return app


@case(websocket("/ws?n=x", status=4422), websocket("/ws?n=1", receive()), get("/x", 404))
def test_own_handler_for_validation_errors() -> Kingpost:
    """A handler for WebSocketRequestValidationError decides the close."""
    app = Kingpost()

    @app.exception_handler(WebSocketRequestValidationError)
    async def on_invalid(socket: WebSocket, error: WebSocketRequestValidationError) -> None:
        await socket.close(4422, reason=str(error.errors()[0]["loc"]))

    @app.websocket("/ws")
    async def talk(socket: WebSocket, n: int) -> None:
        await socket.accept()
        await socket.send_json(n)

    return app


@case(websocket("/ws", receive()), get("/ws"), get("/x", 404))
def test_same_path_for_http_and_websocket() -> Kingpost:
    """One path may serve both."""
    app = Kingpost()

    @app.get("/ws")
    def read() -> str:
        return "http"

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("websocket")

    return app


@case(websocket("/ws", receive()), get("/ok"))
def test_unhandled_exception(log: Log) -> Kingpost:
    """An exception of the handler leaves the application."""
    app = Kingpost()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        log.append("raising")
        raise KeyError("k")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app
