"""Generator endpoints: JSON Lines, server-sent events, bytes."""

import math
from collections.abc import AsyncIterable, AsyncIterator, Generator, Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import APIRouter, BackgroundTasks, Depends, HTTPException, Kingpost, Response
from kingpost.exceptions import KingpostError
from kingpost.responses import PlainTextResponse, StreamingResponse
from kingpost.sse import EventSourceResponse, ServerSentEvent, format_sse_event
from tests.parity.harness import Log, case, differs, get, post, refused, same


class Item(BaseModel):
    """A thing."""

    name: str


class Wide(Item):
    """A thing with more."""

    secret: str = "s"


@case(get("/sync"), get("/async"), get("/untyped"), get("/x", 404))
def test_json_lines() -> Kingpost:
    """Generators without a response class are JSON Lines, typed or not."""
    app = Kingpost()

    @app.get("/sync")
    def sync_items() -> Iterator[Item]:
        yield Item(name="a")
        yield Wide(name="b")

    @app.get("/async")
    async def async_items() -> AsyncIterator[Item]:
        yield Item(name="ü")
        yield Wide(name="b")

    @app.get("/untyped")
    def untyped():  # type: ignore[no-untyped-def]  # the missing annotation is the case
        yield {"a": 1}
        yield [1, None, Decimal("1.5")]
        yield "text"

    return app


@case(get("/iterable"), get("/generator"), get("/async"), get("/numbers"), get("/x", 404))
def test_item_types() -> Kingpost:
    """Every annotation of the item type."""
    app = Kingpost()

    @app.get("/iterable")
    def iterable() -> Iterable[Item]:
        yield Wide(name="a")

    @app.get("/generator")
    def generator() -> Generator[Item, None, None]:
        yield Wide(name="a")

    @app.get("/async")
    async def async_iterable() -> AsyncIterable[Item | None]:
        yield None
        yield Wide(name="a")

    @app.get("/numbers")
    def numbers() -> Iterator[float]:
        yield 1.5
        yield math.nan

    return app


@case(get("/?n=2"), get("/?n=0"), get("/", 422))
def test_parameters_of_a_stream(log: Log) -> Kingpost:
    """Parameters and dependencies of a generator endpoint."""

    def resource() -> Iterator[str]:
        log.append("enter")
        yield "r"
        log.append("exit")

    app = Kingpost()

    @app.get("/")
    async def read(n: int, value: Annotated[str, Depends(resource)]) -> AsyncIterator[str]:
        for number in range(n):
            log.append(f"item {number}")
            yield f"{value}{number}"

    return app


@case(get("/typed", 200), get("/error", 200), get("/first", 200), get("/ok"))
def test_errors_on_the_way() -> Kingpost:
    """A bad item or an exception comes after the lines already sent."""
    app = Kingpost()

    @app.get("/typed")
    def typed() -> Iterator[Item]:
        yield Item(name="a")
        yield {"nome": "b"}  # type: ignore[misc]  # the mistake is the case

    @app.get("/error")
    async def error() -> AsyncIterator[Item]:
        yield Item(name="a")
        raise ValueError("on the way")

    @app.get("/first")
    def first(fails: bool = True) -> Iterator[Item]:
        if fails:
            raise HTTPException(404)
        yield Item(name="a")

    @app.get("/ok")
    def ok() -> Iterator[int]:
        yield 1

    return app


@case(get("/"), get("/before", 201), get("/x", 404))
def test_injected_response_of_a_stream() -> Kingpost:
    """Status and headers set before the first item are late; those of a dependency apply."""

    def early(response: Response) -> None:
        response.status_code = 201
        response.headers["X-Early"] = "1"

    app = Kingpost()

    @app.get("/")
    def read(response: Response, tasks: BackgroundTasks) -> Iterator[int]:
        response.status_code = 201
        response.headers["X-Stream"] = "1"
        yield 1

    @app.get("/before", dependencies=[Depends(early)])
    def before() -> Iterator[int]:
        yield 1

    return app


@case(get("/sync", 203), get("/text"), get("/plain", 500), get("/x", 404))
def test_bytes_through_a_response_class() -> Kingpost:
    """With StreamingResponse as class, chunks go out unchanged."""
    app = Kingpost()

    @app.get("/sync", response_class=StreamingResponse, status_code=203)
    def sync_bytes() -> Iterator[bytes]:
        yield b"a"
        yield b"\xff"

    @app.get("/text", response_class=StreamingResponse)
    async def text() -> AsyncIterator[str]:
        yield "ü"
        yield "\n"

    @app.get("/plain", response_class=PlainTextResponse)
    def plain() -> Iterator[str]:
        yield "a"

    return app


@case(get("/"), get("/untyped"), get("/sync"), get("/x", 404))
def test_server_sent_events() -> Kingpost:
    """EventSourceResponse as class: data lines of typed and untyped items."""
    app = Kingpost()

    @app.get("/", response_class=EventSourceResponse)
    async def read() -> AsyncIterable[Item]:
        yield Item(name="a")
        yield Wide(name="b")

    @app.get("/untyped", response_class=EventSourceResponse)
    async def untyped():  # type: ignore[no-untyped-def]  # the missing annotation is the case
        yield {"a": [1, 2]}
        yield "text\nwith two lines"
        yield None

    @app.get("/sync", response_class=EventSourceResponse)
    def sync_events() -> Iterable[int]:
        yield 1
        yield 2

    return app


@case(get("/"), get("/bad"), get("/x", 404), messages=False)
def test_event_objects() -> Kingpost:
    """ServerSentEvent with every field, among plain items."""
    app = Kingpost()

    @app.get("/", response_class=EventSourceResponse)
    async def read() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(data={"a": "ü"}, event="e", id="1", retry=5, comment="c")
        yield ServerSentEvent(raw_data="raw\ntext")
        yield ServerSentEvent(comment="only\na comment")
        yield ServerSentEvent(data=Item(name="a"))
        yield ServerSentEvent(data="text", id="")

    @app.get("/bad", response_class=EventSourceResponse)
    async def bad() -> AsyncIterator[ServerSentEvent]:
        yield ServerSentEvent(data=1, raw_data="2")

    return app


@case(post("/", json={"name": "a"}), post("/", 422, json={}))
def test_stream_with_a_body() -> Kingpost:
    """A generator endpoint that takes a body."""
    app = Kingpost()

    @app.post("/", response_class=EventSourceResponse)
    async def create(item: Item) -> AsyncIterator[str]:
        for letter in item.name * 3:
            yield letter

    return app


@case(get("/lines"), get("/events"), get("/x", 404))
def test_streams_with_a_response_model() -> Kingpost:
    """response_model, include_in_schema and responses beside a generator."""
    app = Kingpost()

    @app.get("/lines", response_model=Item, summary="Lines", responses={404: {"model": Item}})
    def lines() -> Iterator[Wide]:
        yield Wide(name="a")

    @app.get("/events", response_class=EventSourceResponse, responses={200: {"description": "E"}})
    async def events() -> AsyncIterator[Item]:
        yield Wide(name="a")

    return app


@case(get("/"), get("/x", 404))
def test_empty_stream() -> Kingpost:
    """A generator that yields nothing."""
    app = Kingpost()

    @app.get("/")
    def read() -> Iterator[Item]:
        yield from ()

    return app


@same
def test_event_format() -> object:
    """format_sse_event in all its fields and line ends."""
    return [
        format_sse_event(data_str="a"),
        format_sse_event(data_str="a\nb\r\nc\rd"),
        format_sse_event(data_str="", event="e", id="i", retry=3, comment="c\nd"),
        format_sse_event(comment="only"),
        format_sse_event(),
    ]


@same
def test_refused_events() -> object:
    """What an event refuses."""
    found: list[str] = []
    refused: list[dict[str, Any]] = [
        {"data": 1, "raw_data": "2"},
        {"event": "a\nb"},
        {"id": "a\0"},
        {"retry": -1},
        {"id": "a\r"},
        {"retry": "x"},
    ]
    for keywords in refused:
        try:
            ServerSentEvent(**keywords)
        except ValueError as error:
            found.append(f"{keywords} {type(error).__name__}")
        else:
            found.append(f"{keywords} accepted")
    return found


@case(get("/lines"), get("/events"), get("/x", 404))
def test_items_without_a_model() -> Kingpost:
    """`response_model=None` leaves items as they are, whatever the annotation says."""
    app = Kingpost()
    router = APIRouter()

    @router.get("/lines", response_model=None)
    def lines() -> Iterator[Item]:
        yield Wide(name="a")

    @router.get("/events", response_model=None, response_class=EventSourceResponse)
    async def events() -> AsyncIterator[Item]:
        yield Wide(name="a")

    app.include_router(router)
    return app


@case(get("/model"), get("/list"), get("/bare"), get("/x", 404))
def test_annotations_that_name_no_items() -> Kingpost:
    """A generator whose annotation is no stream yields what it likes; the type is documented."""
    app = Kingpost()

    @app.get("/model")
    def model() -> Item:  # type: ignore[misc]  # the wrong annotation is the case
        yield Wide(name="a")

    @app.get("/list")
    async def several() -> list[Item]:  # type: ignore[misc]
        yield Wide(name="a")

    @app.get("/bare")
    def bare() -> Iterable:  # type: ignore[type-arg]
        yield Wide(name="a")

    return app


_REASON = "the peer's group of tasks wraps the exception, which has no handler then"


@case(
    get("/lines"),
    get("/events"),
    get("/lines?fail=1", 418),
    differs(
        differs(
            differs(get("/events?fail=1", 500), "status", reason=_REASON, ours=418, theirs=500),
            "body",
            reason=_REASON,
            ours=b'{"detail":"I\'m a Teapot"}',
            theirs=b"Internal Server Error",
        ),
        "raised",
        reason=_REASON,
        ours=[],
        theirs=["ExceptionGroup"],
    ),
    messages=False,
)
def test_exit_that_raises_before_the_items(log: Log) -> Kingpost:
    """The exception has its answer: nothing of the items has been sent (behaviour 45)."""

    def resource(fail: bool = False) -> Iterator[None]:
        yield
        log.append("exit")
        if fail:
            raise HTTPException(418)

    app = Kingpost(dependencies=[Depends(resource, scope="function")])

    @app.get("/lines")
    def lines() -> Iterator[Item]:
        yield Item(name="a")

    @app.get("/events", response_class=EventSourceResponse)
    def events() -> Iterator[Item]:
        yield Item(name="a")

    return app


@refused(KingpostError, worded=False)
def test_annotations_that_are_no_type() -> Kingpost:
    """The annotation of a generator has to be one that can be checked."""
    app = Kingpost()

    @app.get("/")
    async def read() -> AsyncIterator:  # type: ignore[type-arg]
        yield 1

    return app
