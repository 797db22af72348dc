"""Where exceptions become answers."""

import itertools
from typing import Any

import pytest
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kingpost import APIRouter, HTTPException, Kingpost, Request, Response
from kingpost._serve.boundary import build_stack
from kingpost.responses import PlainTextResponse, StreamingResponse
from kingpost.testclient import TestClient
from tests.framework._serve.exchange import Exchange, exchange


def client(app: Kingpost) -> TestClient:
    """A client that sees the answer to an exception, not the exception."""
    return TestClient(app, raise_server_exceptions=False)


class PassThrough:
    """Middleware that does nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self.app(scope, receive, send)


@pytest.mark.parametrize("middleware", [[], [Middleware(PassThrough)]])
@pytest.mark.parametrize("key", [500, Exception])
def test_unexpected_errors_have_one_handler(middleware: Any, key: Any) -> None:
    """It answers outside of all middleware, and the exception still reaches the server."""

    async def handle(request: Request, exc: Exception) -> Response:
        return PlainTextResponse(f"sorry: {exc}", status_code=500)

    app = Kingpost(exception_handlers={key: handle}, middleware=middleware)

    @app.get("/")
    def read() -> None:
        raise ValueError("x")

    assert client(app).get("/").text == "sorry: x"
    with pytest.raises(ValueError, match="x"):
        TestClient(app).get("/")


@pytest.mark.parametrize("middleware", [[], [Middleware(PassThrough)]])
def test_a_broken_stream_is_not_answered_twice(middleware: Any) -> None:
    """Once a response has begun, an exception can only end it."""
    app = Kingpost(middleware=middleware)

    async def chunks() -> Any:
        yield b"a"
        raise ValueError("in the middle")

    @app.get("/")
    def read() -> StreamingResponse:
        return StreamingResponse(chunks())

    with pytest.raises(ValueError, match="in the middle"):
        TestClient(app).get("/")


@pytest.mark.anyio
@pytest.mark.parametrize("key", [None, Exception])
async def test_middleware_that_fails_after_its_answer(key: Any) -> None:
    """The server refuses a second answer; the handler for the unexpected hears, and so does it."""
    heard: list[str] = []

    async def hear(request: Request, exc: Exception) -> Response:
        heard.append(str(exc))
        return PlainTextResponse("sorry", status_code=500)

    class Answering(PassThrough):
        """Answers itself, and fails then."""

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            """Answer."""
            await PlainTextResponse("early")(scope, receive, send)
            raise ValueError("late")

    handlers: Any = {key: hear} if key else {}
    app = Kingpost(middleware=[Middleware(Answering)], exception_handlers=handlers)
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start" and sent:
            raise RuntimeError("Unexpected ASGI message")
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    with pytest.raises(ValueError, match="late"):
        await app(scope, receive, send)

    assert [message.get("body") for message in sent] == [None, b"early"]
    assert heard == (["late"] if key else [])


def test_debug_shows_the_traceback() -> None:
    """In development the answer says where it happened."""
    app = Kingpost(debug=True)

    @app.get("/")
    def read() -> None:
        raise ValueError("on purpose")

    assert "on purpose" in client(app).get("/").text


@pytest.mark.anyio
async def test_a_failing_answer_does_not_hide_the_first_error() -> None:
    """The server's log names what went wrong first."""

    class Failing(APIRouter):
        async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
            raise LookupError("the cause")

    async def send(message: Message) -> None:
        raise OSError("the client has gone")

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    stack = build_stack(Failing(), handlers={}, middleware=[], max_body_size=None, debug=False)

    with pytest.raises(LookupError, match="the cause"):
        await stack({"type": "http", "headers": [], "method": "GET"}, receive, send)


def test_a_bound_for_bodies_is_outermost() -> None:
    """A large body is refused before middleware reads it."""
    app = Kingpost(max_body_size=3)

    @app.post("/")
    async def create(request: Request) -> int:
        return len(await request.body())

    assert client(app).post("/", content=b"123").json() == 3
    assert client(app).post("/", content=b"1234").status_code == 413


def read_fixed() -> str:
    """At a path without parameters."""
    return "fixed"


def read_any(name: str) -> str:
    """At a path with one."""
    return name


def fail(name: str) -> str:
    """There is a handler for it."""
    raise HTTPException(418, name)


async def plain(request: Request) -> Response:
    """No operation, but a function of Starlette's kind."""
    return PlainTextResponse("plain")


below = PlainTextResponse("below")


def routes() -> APIRouter:
    """Operations of each kind that a path can lead to, and what is no operation."""
    router = APIRouter()
    router.get("/fixed")(read_fixed)
    router.post("/any/{name}")(read_any)
    router.get("/any/{name}")(read_any)
    router.get("/any/fixed")(read_fixed)
    router.get("/failing/{name}")(fail)
    router.add_route("/plain", plain)
    router.routes.append(Mount("/below", below))
    return router


def application(**options: Any) -> Kingpost:
    """An application of these operations, twice."""
    app = Kingpost(openapi_url=None, **options)
    app.include_router(routes())
    app.include_router(routes(), prefix="/v1")
    return app


BARE, WRAPPED = application(), application(middleware=[Middleware(PassThrough)])


def ask(app: Kingpost, known: dict[str, Any], **request: Any) -> tuple[Exchange, dict[str, Any]]:
    """Return the answer, and what is noted in the scope by then."""
    noted: dict[str, Any] = {}

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        scope.update(known)
        await app(scope, receive, send)
        noted.update(scope)

    answer = exchange(served, **request)
    assert noted.pop("app") is app
    by_class, by_status = noted.pop("starlette.exception_handlers")
    noted["handlers"] = set(by_class), set(by_status)
    noted["router"] = "of the application" if noted["router"] is app.router else noted["router"]
    if noted.get("route") is not None:
        noted["route"] = app.routes.index(noted["route"])
    return answer, noted


PATHS = (
    "/",
    "/fixed",
    "/fixed/",
    "/any/a",
    "/any/fixed",
    "/any/a/b",
    "/failing/a",
    "/plain",
    "/below",
)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PURGE"])
@pytest.mark.parametrize(
    "known",
    [
        {},
        {"path_params": {}},
        {"path_params": {"name": "before"}},
        {"path_params": {"other": "before"}},
        {"router": APIRouter()},
        {"route": None},
    ],
)
def test_middleware_does_not_change_what_is_found(method: str, known: dict[str, Any]) -> None:
    """Both ways into the application lead to the same operation, with the same in the scope."""
    for prefix, path, root_path in itertools.product(("", "/v1", "/v2"), PATHS, ("", "/v1")):
        request = {"method": method, "path": prefix + path, "root_path": root_path}

        assert ask(BARE, known, **request) == ask(WRAPPED, known, **request), request
