"""Conversations: messages both ways, parameters, dependencies, several clients."""

from typing import Annotated

import pytest
from starlette.testclient import WebSocketDenialResponse

from kingpost import (
    APIRouter,
    Cookie,
    Depends,
    HTTPException,
    Kingpost,
    Query,
    WebSocket,
    WebSocketDisconnect,
    WebSocketException,
    status,
)
from kingpost.testclient import TestClient
from kingpost.websockets import WebSocketState


def test_messages_both_ways() -> None:
    """Text, bytes and JSON go both ways, until one side closes."""
    app = Kingpost()

    @app.websocket("/echo")
    async def echo(websocket: WebSocket) -> None:
        await websocket.accept(subprotocol="plain")
        await websocket.send_text(f"You said {await websocket.receive_text()}")
        await websocket.send_bytes(await websocket.receive_bytes() + b"!")
        await websocket.send_json({"got": await websocket.receive_json()})
        await websocket.close(code=1000, reason="enough")

    with TestClient(app).websocket_connect("/echo", subprotocols=["plain"]) as session:
        subprotocol: str | None = session.accepted_subprotocol
        session.send_text("hello")
        assert session.receive_text() == "You said hello"
        session.send_bytes(b"x")
        assert session.receive_bytes() == b"x!"
        session.send_json([1])
        assert session.receive_json() == {"got": [1]}
        assert session.receive() == {"type": "websocket.close", "code": 1000, "reason": "enough"}

    assert subprotocol == "plain"
    assert app.openapi()["paths"] == {}


async def known(
    websocket: WebSocket,
    session: Annotated[str | None, Cookie()] = None,
    token: Annotated[str | None, Query()] = None,
) -> str:
    """Return how a client is known, or refuse it."""
    if session is None and token is None:
        raise WebSocketException(code=status.WS_1008_POLICY_VIOLATION)
    return session or token or ""


def room() -> Kingpost:
    """A room for those who are known."""
    app = Kingpost()

    @app.websocket("/rooms/{room}")
    async def talk(
        *,
        websocket: WebSocket,
        room: str,
        seat: int | None = None,
        who: Annotated[str, Depends(known)],
    ) -> None:
        await websocket.accept()
        async for text in websocket.iter_text():
            await websocket.send_text(f"{who} in {room}/{seat}: {text}")

    return app


def test_parameters_and_dependencies() -> None:
    """Path, query and cookies are parameters as they are over HTTP."""
    client = TestClient(room())

    with client.websocket_connect("/rooms/red?token=t1&seat=4") as session:
        session.send_text("hi")
        assert session.receive_text() == "t1 in red/4: hi"
    with client.websocket_connect("/rooms/red", headers={"cookie": "session=s1"}) as session:
        session.send_text("ho")
        assert session.receive_text() == "s1 in red/None: ho"


def test_refused_connections() -> None:
    """Neither an unknown client nor a wrong parameter is accepted."""
    client = TestClient(room())

    for path in ("/rooms/red", "/rooms/red?token=t1&seat=best"):
        with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path):
            pass
        assert refused.value.code == 1008
    with pytest.raises(WebSocketDisconnect) as missing, client.websocket_connect("/none"):
        pass
    assert missing.value.code == 1000


class Crowd:
    """Everybody who is connected."""

    def __init__(self) -> None:
        self.members: list[WebSocket] = []

    async def join(self, member: WebSocket) -> None:
        """Accept one more."""
        await member.accept()
        self.members.append(member)

    async def tell(self, text: str) -> None:
        """Send a text to all."""
        for member in self.members:
            await member.send_text(text)


def test_several_clients() -> None:
    """A client that leaves raises an exception, and the others can be told."""
    app = Kingpost()
    crowd = Crowd()

    @app.websocket("/crowd/{number}")
    async def listen(websocket: WebSocket, number: int) -> None:
        await crowd.join(websocket)
        try:
            while True:
                await crowd.tell(f"{number}: {await websocket.receive_text()}")
        except WebSocketDisconnect as left:
            crowd.members.remove(websocket)
            await crowd.tell(f"{number} left with {left.code}")

    # One event loop for both: without the block, each conversation has its own.
    with TestClient(app) as client, client.websocket_connect("/crowd/1") as first:
        with client.websocket_connect("/crowd/2") as second:
            second.send_text("hello")
            assert first.receive_text() == second.receive_text() == "2: hello"
            second.close(1001)
        assert first.receive_text() == "2 left with 1001"


def test_router_with_a_prefix() -> None:
    """A router's prefix and dependencies hold for its WebSockets too."""
    events: list[str] = []

    async def watch() -> None:
        events.append("watched")

    router = APIRouter(prefix="/live", dependencies=[Depends(watch)])

    @router.websocket("/clock", name="clock")
    async def clock(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(str(websocket.url_for("clock")))
        await websocket.close()
        assert websocket.application_state is WebSocketState.DISCONNECTED

    app = Kingpost()
    app.include_router(router, prefix="/v1")

    with TestClient(app).websocket_connect("/v1/live/clock") as session:
        assert session.receive_text() == "ws://testserver/v1/live/clock"
    assert events == ["watched"]


def test_refusal_with_an_answer() -> None:
    """An HTTP exception before acceptance is answered over HTTP."""
    app = Kingpost()

    @app.websocket("/closed")
    async def closed(websocket: WebSocket) -> None:
        raise HTTPException(status_code=403, detail="Members only", headers={"x-door": "shut"})

    client = TestClient(app)
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/closed"):
        pass

    assert (refused.value.status_code, refused.value.json()) == (403, {"detail": "Members only"})
    assert refused.value.headers["x-door"] == "shut"
