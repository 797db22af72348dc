"""Exception to answer, by the handlers that the application registered."""

import pytest
from starlette.types import Message

from kingpost import HTTPException, Kingpost, Request, WebSocket
from kingpost._serve.errors import answer_exception
from kingpost.responses import PlainTextResponse
from kingpost.testclient import TestClient


class Known(Exception):
    """Has a handler."""


def application() -> Kingpost:
    """Answers `Known` with the request's path."""
    app = Kingpost()

    @app.exception_handler(Known)
    def handle(request: Request, exc: Known) -> PlainTextResponse:
        return PlainTextResponse(f"{request.url.path} {exc}", status_code=418)

    return app


def test_a_handler_answers_its_class_and_those_below() -> None:
    """A synchronous handler runs in a thread and gets request and exception."""
    app = application()

    class Special(Known):
        """Has none of its own."""

    @app.get("/a")
    def read() -> None:
        raise Special("x")

    response = TestClient(app).get("/a")
    assert (response.status_code, response.text) == (418, "/a x")


@pytest.mark.anyio
async def test_what_nobody_handles_is_raised_again() -> None:
    """For the middleware and the server's log."""
    with pytest.raises(LookupError, match="x"):
        await _answer(LookupError("x"), started=False)


@pytest.mark.anyio
async def test_an_answer_after_the_answer_is_refused() -> None:
    """A handler cannot take back what has been sent."""
    with pytest.raises(RuntimeError, match="already started"):
        await _answer(HTTPException(404), started=True)


async def _answer(exc: Exception, *, started: bool) -> None:
    async def send(message: Message) -> None:
        """Take the answer."""

    async def receive() -> Message:
        return {"type": "http.request"}

    async def handle(request: Request, exc: Exception) -> PlainTextResponse:
        return PlainTextResponse("x")

    scope = {
        "type": "http",
        "headers": [],
        "starlette.exception_handlers": ({HTTPException: handle}, {}),
    }
    await answer_exception(exc, scope, receive, send, started)


def test_a_websocket_handler_gets_the_websocket() -> None:
    """The connection is of the kind that failed."""
    app = Kingpost()
    seen: list[object] = []

    @app.exception_handler(Known)
    async def handle(websocket: WebSocket, exc: Known) -> None:
        seen.append(websocket)
        await websocket.close(4000)

    @app.websocket("/")
    async def serve(websocket: WebSocket) -> None:
        await websocket.accept()
        raise Known

    with TestClient(app).websocket_connect("/") as session:
        assert session.receive()["code"] == 4000
    assert isinstance(seen[0], WebSocket)
