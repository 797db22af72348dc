"""Generators as responses."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import pytest
from pydantic import BaseModel

from kingpost import Depends, Kingpost, Response
from kingpost._serve import streaming
from kingpost.responses import StreamingResponse
from kingpost.sse import EventSourceResponse, ServerSentEvent
from kingpost.testclient import TestClient


class Item(BaseModel):
    """Something to send."""

    a: float


@pytest.mark.parametrize("asynchronous", [True, False])
def test_items_become_lines(asynchronous: bool) -> None:
    """One JSON value a line; numbers that JSON does not have are null."""
    app = Kingpost(openapi_url=None)

    def lines() -> Any:
        yield {"a": [float("nan")]}
        yield "é"

    async def async_lines() -> Any:
        for line in lines():
            yield line

    app.get("/")(async_lines if asynchronous else lines)
    response = TestClient(app).get("/")

    assert response.headers["content-type"] == "application/jsonl"
    assert response.content == b'{"a": [null]}\n"\\u00e9"\n'


def test_typed_items_are_validated_and_filtered() -> None:
    """The annotation says what an item is."""
    app = Kingpost(openapi_url=None)

    class Larger(Item):
        secret: int

    @app.get("/")
    def lines() -> Iterator[Item]:
        yield Item(a=1)
        yield Larger(a=3, secret=1)
        yield {"a": "2", "secret": 1}  # type: ignore[misc]

    assert TestClient(app).get("/").content == b'{"a":1.0}\n{"a":3.0}\n{"a":2.0}\n'


def test_events_carry_what_was_said_of_them() -> None:
    """Plain items are data; an event object also has a type, an id, a comment."""
    app = Kingpost(openapi_url=None)

    @app.get("/", response_class=EventSourceResponse)
    async def events() -> Any:
        yield {"a": 1}
        yield ServerSentEvent(data=Item(a=2), event="e", id="7", comment="c")
        yield ServerSentEvent(raw_data="x\ny")

    response = TestClient(app).get("/")

    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-accel-buffering"] == "no"
    assert response.text == (
        'data: {"a": 1}\n\n: c\nevent: e\ndata: {"a":2.0}\nid: 7\n\ndata: x\ndata: y\n\n'
    )


def test_silence_is_filled_with_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy sees that the connection is alive while the generator waits."""
    monkeypatch.setattr(streaming, "KEEPALIVE_SECONDS", 0.01)
    app = Kingpost(openapi_url=None)

    @app.get("/", response_class=EventSourceResponse)
    async def events() -> AsyncIterator[int]:
        yield 1
        await anyio.sleep(0.2)
        yield 2

    text = TestClient(app).get("/").text

    assert text.startswith("data: 1\n\n: ping\n\n")
    assert text.endswith("data: 2\n\n")


def test_chunks_go_to_the_response_class() -> None:
    """Any other class takes what is yielded as it is."""
    app = Kingpost(openapi_url=None)

    @app.get("/", response_class=StreamingResponse)
    def chunks() -> Iterator[Any]:
        yield b"a"
        yield "b"

    assert TestClient(app).get("/").content == b"ab"


def test_dependencies_set_status_and_headers() -> None:
    """They run before the stream begins; the endpoint is too late for that."""
    app = Kingpost(openapi_url=None)

    def early(response: Response) -> None:
        response.status_code = 202
        response.headers["x-a"] = "1"

    @app.get("/", dependencies=[Depends(early)])
    def lines() -> Iterator[int]:
        yield 1

    answer = TestClient(app).get("/")
    assert (answer.status_code, answer.headers["x-a"]) == (202, "1")


def test_what_an_awaited_function_returns_becomes_events() -> None:
    """An `async def` is awaited before its result is iterated."""
    app = Kingpost(openapi_url=None)

    @app.get("/", response_class=EventSourceResponse)
    async def events() -> Any:
        return ["a", ServerSentEvent(comment="b")]

    response = TestClient(app).get("/")

    assert response.content == b'data: "a"\n\n: b\n\n'
    assert response.headers["cache-control"] == "no-cache"


def test_what_cannot_be_iterated_is_refused_before_anything_is_sent() -> None:
    """The error names the function and what it returned."""
    app = Kingpost(openapi_url=None)

    @app.get("/", response_class=EventSourceResponse)
    def nothing() -> Any:
        return None

    with pytest.raises(TypeError, match="nothing returned NoneType, which cannot be iterated"):
        TestClient(app).get("/")

    assert TestClient(app, raise_server_exceptions=False).get("/").status_code == 500
