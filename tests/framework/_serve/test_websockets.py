"""WebSocket operations."""

from collections.abc import AsyncIterator
from typing import Annotated

import pytest
from starlette.testclient import WebSocketDenialResponse

from kingpost import (
    Depends,
    Header,
    HTTPException,
    Kingpost,
    WebSocket,
    WebSocketDisconnect,
    WebSocketException,
)
from kingpost.testclient import TestClient


def test_parameters_and_dependencies_are_solved() -> None:
    """Path, query, header and dependencies as in any operation; yields end after the handler."""
    app, log = Kingpost(openapi_url=None), []

    async def resource() -> AsyncIterator[str]:
        yield "r"
        log.append("closed")

    @app.websocket("/ws/{n}")
    async def serve(
        websocket: WebSocket,
        n: int,
        q: str,
        x_a: Annotated[str, Header()],
        value: Annotated[str, Depends(resource)],
    ) -> None:
        await websocket.accept()
        await websocket.send_json([n, q, x_a, value])
        log.append("done")
        await websocket.close()

    with TestClient(app).websocket_connect("/ws/1?q=b", headers={"x-a": "c"}) as session:
        assert session.receive_json() == [1, "b", "c", "r"]
    assert log == ["done", "closed"]


def test_a_bad_handshake_is_closed_before_it_is_accepted() -> None:
    """Code 1008 and a reason that says what was wrong."""
    app = Kingpost(openapi_url=None)

    @app.websocket("/{n}")
    async def serve(websocket: WebSocket, n: int) -> None:
        """Never called."""

    with pytest.raises(WebSocketDisconnect) as caught, TestClient(app).websocket_connect("/x"):
        """Never opened."""
    assert caught.value.code == 1008
    assert caught.value.reason.startswith("path.n: Input should be a valid integer")


def refusing(exc: Exception) -> TestClient:
    """A client of an application that raises before it accepts."""
    app = Kingpost(openapi_url=None)

    async def refuse() -> None:
        raise exc

    @app.websocket("/", dependencies=[Depends(refuse)])
    async def serve(websocket: WebSocket) -> None:
        """Never called."""

    return TestClient(app)


def test_a_websocket_exception_closes_with_its_code() -> None:
    """Code and reason are those of the exception."""
    client = refusing(WebSocketException(4001, "no"))

    with pytest.raises(WebSocketDisconnect) as caught, client.websocket_connect("/"):
        """Never opened."""
    assert (caught.value.code, caught.value.reason) == (4001, "no")


def test_an_http_exception_denies_with_a_response() -> None:
    """The handshake is answered as any request (ASGI's Websocket Denial Response)."""
    client = refusing(HTTPException(403, "no"))

    with pytest.raises(WebSocketDenialResponse) as caught, client.websocket_connect("/"):
        """Never opened."""
    assert (caught.value.status_code, caught.value.json()) == (403, {"detail": "no"})


def test_overrides_hold() -> None:
    """`dependency_overrides` reaches WebSockets as well."""
    app = Kingpost(openapi_url=None)

    def value() -> str:
        return "real"

    @app.websocket("/")
    async def serve(websocket: WebSocket, value: Annotated[str, Depends(value)]) -> None:
        await websocket.accept()
        await websocket.send_text(value)
        await websocket.close()

    app.dependency_overrides[value] = lambda: "fake"
    with TestClient(app).websocket_connect("/") as session:
        assert session.receive_text() == "fake"
