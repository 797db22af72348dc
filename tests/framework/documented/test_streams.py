"""Answers that go on: JSON Lines and server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterable, Iterable, Iterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError

from kingpost import Header, Kingpost
from kingpost.exceptions import ResponseValidationError
from kingpost.responses import StreamingResponse
from kingpost.sse import EventSourceResponse, ServerSentEvent, format_sse_event
from kingpost.testclient import TestClient


class Quake(BaseModel):
    """A tremor."""

    place: str
    strength: float


QUAKES = [Quake(place="Kobe", strength=2.5), Quake(place="Lima", strength=3)]


def content(app: Kingpost, path: str) -> dict[str, Any]:
    """What the document says about the content of an operation's answer."""
    found = app.openapi()["paths"][path]["get"]["responses"]["200"]["content"]
    return dict(found)


def test_json_lines() -> None:
    """What a generator function yields is one line of JSON each."""
    app = Kingpost()

    @app.get("/quakes")
    async def quakes() -> AsyncIterable[Quake]:
        for quake in QUAKES:
            yield quake

    @app.get("/quakes/sync")
    def sync() -> Iterable[Quake]:
        yield from QUAKES

    client = TestClient(app)
    answer = client.get("/quakes")

    assert answer.headers["content-type"] == "application/jsonl"
    assert answer.text == '{"place":"Kobe","strength":2.5}\n{"place":"Lima","strength":3.0}\n'
    assert [json.loads(line) for line in answer.text.splitlines()][1]["place"] == "Lima"
    assert client.get("/quakes/sync").text == answer.text
    assert content(app, "/quakes") == {
        "application/jsonl": {"itemSchema": {"$ref": "#/components/schemas/Quake"}}
    }


def test_json_lines_without_a_type() -> None:
    """Without a type of the items, anything that the encoder knows is sent."""
    app = Kingpost()

    @app.get("/mixed")
    async def mixed() -> Any:
        yield {"place": "Kobe"}
        yield QUAKES[1]
        yield [1, None]

    assert TestClient(app).get("/mixed").text == (
        '{"place": "Kobe"}\n{"place": "Lima", "strength": 3.0}\n[1, null]\n'
    )


def test_item_that_fails_its_type() -> None:
    """An item is filtered by its type; one that does not fit ends the answer with an error."""
    app = Kingpost()

    @app.get("/extra")
    def extra() -> Iterator[Quake]:
        yield {"place": "Kobe", "strength": 1, "depth": 10}  # type: ignore[misc]

    @app.get("/wrong")
    def wrong() -> Iterator[Quake]:
        yield {"place": "Kobe"}  # type: ignore[misc]

    client = TestClient(app)

    assert client.get("/extra").text == '{"place":"Kobe","strength":1.0}\n'
    with pytest.raises(ResponseValidationError):
        client.get("/wrong")


def test_events_of_a_model() -> None:
    """With the class for events, each item is the data of one event."""
    app = Kingpost()

    @app.get("/live", response_class=EventSourceResponse)
    async def live() -> AsyncIterable[Quake]:
        for quake in QUAKES:
            yield quake

    answer = TestClient(app).get("/live")

    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.text == (
        'data: {"place":"Kobe","strength":2.5}\n\ndata: {"place":"Lima","strength":3.0}\n\n'
    )
    assert list(content(app, "/live")) == ["text/event-stream"]


def test_events_with_fields() -> None:
    """An event may have a name, an id, a comment and a time to wait; raw data is not encoded."""
    app = Kingpost()

    @app.get("/live", response_class=EventSourceResponse)
    def live() -> Iterator[ServerSentEvent]:
        yield ServerSentEvent(data={"place": "Kobe"}, event="quake", id="1", retry=500)
        yield ServerSentEvent(raw_data="two\nlines")
        yield ServerSentEvent(comment="quiet")
        yield ServerSentEvent(data="text")

    assert TestClient(app).get("/live").text == (
        'event: quake\ndata: {"place": "Kobe"}\nid: 1\nretry: 500\n\n'
        "data: two\ndata: lines\n\n"
        ": quiet\n\n"
        'data: "text"\n\n'
    )


def test_events_go_on_where_they_stopped() -> None:
    """A client that comes back tells the last id that it has seen."""
    app = Kingpost()

    @app.get("/live", response_class=EventSourceResponse)
    async def live(
        last_event_id: Annotated[int | None, Header()] = None,
    ) -> AsyncIterable[ServerSentEvent]:
        first = 0 if last_event_id is None else last_event_id + 1
        for number, quake in enumerate(QUAKES[first:], first):
            yield ServerSentEvent(data=quake, id=str(number))

    client = TestClient(app)
    again = client.get("/live", headers={"last-event-id": "0"})

    assert client.get("/live").text.count("data: ") == 2
    assert again.text == 'data: {"place":"Lima","strength":3.0}\nid: 1\n\n'
    assert client.get("/live", headers={"last-event-id": "x"}).status_code == 422


def test_events_answer_a_body() -> None:
    """Any method may answer with events."""
    app = Kingpost()

    @app.post("/tell", response_class=EventSourceResponse)
    async def tell(quake: Quake) -> AsyncIterable[str]:
        for word in (quake.place, "shakes"):
            await asyncio.sleep(0)
            yield word

    answer = TestClient(app).post("/tell", json={"place": "Rome", "strength": 1})

    assert answer.text == 'data: "Rome"\n\ndata: "shakes"\n\n'


def test_events_that_are_refused() -> None:
    """An event has data in one form, and fields of one line."""
    with pytest.raises(ValidationError):
        ServerSentEvent(data=1, raw_data="1")
    with pytest.raises(ValidationError):
        ServerSentEvent(event="two\nlines")
    with pytest.raises(ValidationError):
        ServerSentEvent(retry=-1)


def test_event_written_by_hand() -> None:
    """The bytes of one event."""
    assert format_sse_event(data_str="a\nb", event="e", id="1", comment="c", retry=2) == (
        b": c\nevent: e\ndata: a\ndata: b\nid: 1\nretry: 2\n\n"
    )


def test_bytes() -> None:
    """With a class for streams, chunks go out unchanged."""
    app = Kingpost()

    class Wave(StreamingResponse):
        """Sound."""

        media_type = "audio/wav"

    @app.get("/sound", response_class=Wave)
    def sound() -> Iterator[bytes]:
        yield b"RI"
        yield b"FF"

    answer = TestClient(app).get("/sound")

    assert (answer.content, answer.headers["content-type"]) == (b"RIFF", "audio/wav")
    assert list(content(app, "/sound")) == ["audio/wav"]
