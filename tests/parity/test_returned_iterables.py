"""Plain functions that return what could be iterated: events, text, JSON."""

from collections.abc import AsyncIterator, Generator, Iterable, Iterator
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import APIRouter, BackgroundTasks, Depends, HTTPException, Kingpost, Query, Response
from kingpost.responses import PlainTextResponse, StreamingResponse
from kingpost.sse import EventSourceResponse, ServerSentEvent
from tests.parity.harness import Log, case, differs, get
from tests.parity.harness.calls import Call


class Item(BaseModel):
    """A thing."""

    name: str


class Wide(Item):
    """A thing with more."""

    secret: str = "s"


class Shelf:
    """Can be iterated, and is nothing else."""

    def __iter__(self) -> Iterator[Any]:
        return iter(["a", {"b": 1}])


def generated() -> Iterator[Any]:
    """Everything that an event can be made of."""
    yield {"a": 1}
    yield Wide(name="b")
    yield ServerSentEvent(data=[1], event="e", id="7", retry=5, comment="c")
    yield ServerSentEvent(raw_data="z")
    yield None


VALUES: dict[str, Any] = {
    "list": ["a", 1, {"a": None}],
    "tuple": (1, 2),
    "dict": {"a": 1, "b": 2},
    "text": "ab",
    "bytes": b"ab",
    "range": range(2),
    "shelf": Shelf(),
    "model": Wide(name="q"),
    "empty": [],
}


@case(*(get(f"/{name}") for name in VALUES), get("/generator"), get("/map"), get("/x", 404))
def test_events_of_what_is_returned() -> Kingpost:
    """With the response class of events, each item of any iterable is an event."""
    app = Kingpost()

    def add(name: str) -> None:
        @app.get(f"/{name}", response_class=EventSourceResponse)
        def read() -> Any:
            return VALUES[name]

    for name in VALUES:
        add(name)

    @app.get("/generator", response_class=EventSourceResponse)
    def generator() -> Any:
        return generated()

    @app.get("/map", response_class=EventSourceResponse)
    def mapped() -> Any:
        return map(str, [1, 2])

    return app


@case(get("/iterable"), get("/list"), get("/model"), get("/numbers"), get("/x", 404))
def test_annotations_of_returned_events() -> Kingpost:
    """What is returned is not checked against the annotation, which is not documented either."""
    app = Kingpost()

    @app.get("/iterable", response_class=EventSourceResponse)
    def iterable() -> Iterable[Item]:
        return [Wide(name="a")]

    @app.get("/list", response_class=EventSourceResponse)
    def several() -> list[Item]:
        return [Wide(name="a")]

    @app.get("/model", response_class=EventSourceResponse, response_model=list[Item])
    def model() -> Any:
        return generated()

    @app.get("/numbers", response_class=EventSourceResponse)
    def numbers() -> Generator[int, None, None]:
        return iter(["x"])  # type: ignore[return-value]  # the wrong type is the case

    return app


@case(get("/?n=2", 202), get("/?n=0", 202), get("/?n=9", 418), get("/", 422), get("/empty", 204))
def test_around_returned_events(log: Log) -> Kingpost:
    """Headers, status, tasks, dependencies and errors are those of other streams."""
    app = Kingpost()

    def resource() -> Iterator[None]:
        yield
        log.append("closed")

    @app.get("/", response_class=EventSourceResponse)
    def read(
        n: Annotated[int, Query()],
        response: Response,
        tasks: BackgroundTasks,
        _: Annotated[None, Depends(resource)],
    ) -> Any:
        if n > 8:
            raise HTTPException(418)
        tasks.add_task(log.append, "task")
        response.headers["x-a"] = "1"
        response.set_cookie("a", "b")
        response.status_code = 202

        def numbers() -> Iterator[int]:
            yield from range(n)
            log.append("last")

        return numbers()

    @app.get("/empty", response_class=EventSourceResponse, status_code=204)
    def empty():  # type: ignore[no-untyped-def]  # an annotation would be a model
        return []

    return app


@case(get("/own"), get("/lines"), get("/routed"), get("/included"), get("/x", 404))
def test_response_class_of_events_by_default() -> Kingpost:
    """A subclass counts; one that is only the default of a router or application does not."""
    app = Kingpost(default_response_class=EventSourceResponse)

    class Events(EventSourceResponse):
        """A response class of the application."""

    @app.get("/own", response_class=Events)
    def own() -> Any:
        return ["a"]

    @app.get("/lines")
    def lines() -> Any:
        yield "a"

    router = APIRouter(default_response_class=EventSourceResponse)

    @router.get("/routed")
    def routed() -> Any:
        return ["a"]

    plain = APIRouter()

    @plain.get("/included")
    def included() -> Any:
        return ["a"]

    app.include_router(router)
    app.include_router(plain, default_response_class=EventSourceResponse)
    return app


@case(get("/json"), get("/filtered"), get("/wrong", 500), get("/stream"), get("/text"))
def test_iterables_that_are_returned() -> Kingpost:
    """Without `yield` an iterable is a list in JSON, or what the response class makes of it."""
    app = Kingpost()

    @app.get("/json")
    def plain() -> Any:
        return (number for number in range(2))

    @app.get("/filtered")
    def filtered() -> Iterable[Item]:
        return [Wide(name="a")]

    @app.get("/wrong")
    def wrong() -> Iterable[Item]:
        return [1]  # type: ignore[list-item]  # the wrong type is the case

    @app.get("/stream", response_class=StreamingResponse)
    def stream() -> Any:
        return ["a", "b"]

    @app.get("/text", response_class=PlainTextResponse)
    def text() -> Any:
        return "ab"

    return app


async def letters() -> AsyncIterator[str]:
    """An asynchronous iterator."""
    yield "a"


def ends(path: str, **parts: tuple[object, object]) -> Call:
    """A request that ours answers to the end; the peer fails after it has started."""
    parts["raised"] = ([], ["ExceptionGroup"])
    parts["log"] = (["-- response 200 starts", "-- response ends"], ["-- response 200 starts"])
    call = get(path)
    for part, (ours, theirs) in parts.items():
        call = differs(call, part, reason="what is meant is plain", ours=ours, theirs=theirs)
    return call


@case(
    ends("/iterator", body=(b'data: "a"\n\n', b"")),
    ends("/response", body=(b": own\n\n", b"")),
    get("/list"),
    messages=False,
)
def test_what_else_can_be_returned() -> Kingpost:
    """Where the peer fails after the response has been started, ours sends what was meant."""
    app = Kingpost()

    @app.get("/iterator", response_class=EventSourceResponse)
    def iterator() -> Any:
        return letters()

    @app.get("/response", response_class=EventSourceResponse)
    def response() -> Any:
        own = {"cache-control": "no-cache", "x-accel-buffering": "no"}
        return EventSourceResponse(iter([": own\n\n"]), headers=own)

    @app.get("/list", response_class=EventSourceResponse)
    def several() -> Any:
        return ["a"]

    return app
