"""Exceptions to raise: over HTTP, and on a WebSocket."""

from typing import Annotated

import pytest

from kingpost import HTTPException, Kingpost, Query, WebSocket, WebSocketException, status
from kingpost.testclient import TestClient
from kingpost.websockets import WebSocketDisconnect


def test_http_exception_as_an_answer() -> None:
    """Status, detail and headers of the exception are those of the answer."""
    birds = {"wren": "small"}
    app = Kingpost()

    @app.get("/birds/{name}")
    async def look(name: str) -> dict[str, str]:
        if name not in birds:
            raise HTTPException(
                status_code=404, detail={"unknown": name}, headers={"x-near": "wren"}
            )
        return {name: birds[name]}

    client = TestClient(app)
    answer = client.get("/birds/dodo")

    assert client.get("/birds/wren").json() == {"wren": "small"}
    assert (answer.status_code, answer.json()) == (404, {"detail": {"unknown": "dodo"}})
    assert answer.headers["x-near"] == "wren"


def test_default_detail() -> None:
    """Without a detail, the status has its phrase."""
    exception = HTTPException(status_code=410)

    assert (exception.status_code, exception.detail, exception.headers) == (410, "Gone", None)
    assert HTTPException(404, "No such bird").detail == "No such bird"


def test_websocket_exception_before_acceptance() -> None:
    """A connection that is not accepted is refused with code and reason."""
    app = Kingpost()

    @app.websocket("/song")
    async def sing(websocket: WebSocket, bird: Annotated[str | None, Query()] = None) -> None:
        if bird is None:
            raise WebSocketException(code=status.WS_1008_POLICY_VIOLATION, reason="Which bird?")
        await websocket.accept()
        await websocket.send_text(f"{bird} sings")
        raise WebSocketException(code=status.WS_1011_INTERNAL_ERROR)

    client = TestClient(app)
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/song"):
        pass

    assert (refused.value.code, refused.value.reason) == (1008, "Which bird?")


def test_websocket_exception_after_acceptance() -> None:
    """An open connection is closed with the code."""
    app = Kingpost()

    @app.websocket("/song")
    async def sing(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("tu")
        raise WebSocketException(code=4000, reason="owl gone")

    with TestClient(app).websocket_connect("/song") as session:
        assert session.receive_text() == "tu"
        with pytest.raises(WebSocketDisconnect) as closed:
            session.receive_text()

    assert (closed.value.code, closed.value.reason) == (4000, "owl gone")
