"""Where exceptions become answers."""

from typing import Any

import pytest
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kingpost import APIRouter, Kingpost, Request, Response
from kingpost._serve.boundary import build_stack
from kingpost.responses import PlainTextResponse, StreamingResponse
from kingpost.testclient import TestClient


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
