"""WebSockets with less between operation and server: as Starlette's in everything but the time."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from kingpost import Kingpost
from kingpost._serve.open_websocket import OpenWebSocket
from kingpost.testclient import TestClient

CONNECT = {"type": "websocket.connect"}
MESSAGES = st.sampled_from(
    [
        *[CONNECT] * 2,
        *[{"type": "websocket.receive", "text": '{"größe": [1, null]}'}] * 3,
        {"type": "websocket.receive", "text": "no JSON"},
        *[{"type": "websocket.receive", "bytes": b"[2.5]"}] * 3,
        {"type": "websocket.receive", "bytes": b"\xff"},
        {"type": "websocket.receive", "text": None, "bytes": b"1"},
        {"type": "websocket.disconnect", "code": 1001},
        {"type": "websocket.disconnect", "code": 3000, "reason": "enough"},
        {"type": "websocket.unheard-of"},
    ]
)
KINDS: tuple[type[WebSocket[Any]], ...] = (WebSocket, OpenWebSocket)
STEPS = st.sampled_from(
    [
        *[("accept",)] * 3,
        *[("receive_text",)] * 3,
        *[("receive_bytes",)] * 3,
        ("receive_json",),
        ("receive_json", "binary"),
        ("receive_json", "braille"),
        ("receive",),
        *[("send_text", "tëxt")] * 3,
        *[("send_bytes", b"\x00")] * 3,
        ("send_json", {"größe": [1, None, float("nan")]}),
        ("send_json", {1: "\u2028"}, "binary"),
        ("send_json", 1, "braille"),
        ("send_json", object()),
        ("close",),
        ("close", 4000, "bye"),
    ]
)


async def outcome(
    kind: type[WebSocket[Any]], messages: list[Message], steps: list[Any], lost_at: int
) -> list[Any]:
    """What each step returns or raises, with the states after it, and all that was sent."""
    sent: list[Any] = []
    waiting = iter(messages)

    async def receive() -> Message:
        return next(waiting, {"type": "websocket.disconnect", "code": 1005})

    async def send(message: Message) -> None:
        if len(sent) == lost_at:
            raise ConnectionResetError("gone")
        sent.append(message)

    websocket = kind({"type": "websocket", "headers": []}, receive, send)
    found: list[Any] = []
    for name, *args in steps:
        try:
            found.append(await getattr(websocket, name)(*args))
        except Exception as exc:  # noqa: BLE001 - what it is is compared
            found.append(described(exc))
        found.append((websocket.client_state, websocket.application_state))
    return [*found, *sent]


def described(exc: Exception) -> Any:
    """An exception as what a program can tell of it."""
    if isinstance(exc, WebSocketDisconnect):
        return type(exc), exc.code, exc.reason
    ours, theirs = "The server sent", 'Expected ASGI message "websocket.receive"'
    # What a server must not send is refused in words of our own.
    return type(exc), theirs if str(exc).startswith((ours, theirs)) else str(exc)


@given(st.lists(MESSAGES, max_size=8), st.lists(STEPS, max_size=10), st.integers(0, 12))
def test_it_does_what_the_class_does_that_it_stands_for(
    messages: list[Message], steps: list[Any], lost_at: int
) -> None:
    """Whatever the server sends, whenever the client goes, in whatever order the calls come."""
    steps, messages = [("accept",), *steps], [CONNECT, *messages]

    async def both() -> list[list[Any]]:
        return [await outcome(kind, messages, steps, lost_at) for kind in KINDS]

    expected, found = asyncio.run(both())

    assert found == expected


@given(st.lists(MESSAGES, max_size=4), st.lists(STEPS, max_size=6))
def test_before_the_handshake_too(messages: list[Message], steps: list[Any]) -> None:
    """What is called too early is refused in the same words."""

    async def both() -> list[list[Any]]:
        return [await outcome(kind, messages, steps, 99) for kind in KINDS]

    expected, found = asyncio.run(both())

    assert found == expected


def application(seen: list[WebSocket]) -> Kingpost:
    """An application that sends back what it receives."""
    app = Kingpost()

    @app.websocket("/echo")
    async def echo(websocket: WebSocket) -> None:
        seen.append(websocket)
        await websocket.accept()
        async for text in websocket.iter_text():
            await websocket.send_text(text)

    return app


def test_operations_receive_one() -> None:
    """It is what their annotation says."""
    seen: list[WebSocket] = []
    with TestClient(application(seen)).websocket_connect("/echo") as session:
        session.send_text("ü")
        assert session.receive_text() == "ü"

    assert isinstance(seen[0], WebSocket)
    assert type(seen[0]) is OpenWebSocket


@pytest.mark.parametrize("name", ["receive_text", "send", "send_text"])
def test_a_method_that_was_replaced_is_called(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A tool that watches all WebSockets does so by Starlette's class."""
    original = getattr(WebSocket, name)
    calls: list[str] = []

    async def watch(self: WebSocket, *args: Any) -> Any:
        calls.append(name)
        return await original(self, *args)

    monkeypatch.setattr(WebSocket, name, watch)
    with TestClient(application([])).websocket_connect("/echo") as session:
        session.send_text("1")
        assert session.receive_text() == "1"

    assert name in calls
