"""Middleware made of a function: every test holds for Starlette's class too."""

import asyncio
import contextvars
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import anyio
import pytest
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kingpost import BackgroundTasks, Kingpost, Request, Response
from kingpost._http.threads import run_in_thread
from kingpost._serve.function_middleware import FunctionMiddleware, leaner
from kingpost.responses import PlainTextResponse, StreamingResponse

pytestmark = pytest.mark.anyio

Next = Callable[[Request], Awaitable[Response]]
variable = contextvars.ContextVar("variable", default="nothing")


class Own(BaseHTTPMiddleware):
    """A class as programs have them."""


@pytest.fixture(params=[FunctionMiddleware, leaner(Own), BaseHTTPMiddleware])
def kind(request: pytest.FixtureRequest) -> type[BaseHTTPMiddleware]:
    """The class under test, and the one that gives it its meaning."""
    cls: type[BaseHTTPMiddleware] = request.param
    return cls


class Client:
    """Sends one request, and notes what comes of it in order.

    Args:
        log: Takes what is received, among whatever else is noted there.
        chunks: The request's body.
        spec_version: What the server says of itself.
    """

    def __init__(self, log: list[str], *chunks: bytes, spec_version: str = "2.4") -> None:
        self.log = log
        self.chunks = list(chunks or [b""])
        self.scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": spec_version},
            "method": "POST",
            "path": "/",
            "query_string": b"",
            "headers": [],
        }

    async def receive(self) -> Message:
        """Hand over the body, and then nothing."""
        if self.chunks:
            body = self.chunks.pop(0)
            return {"type": "http.request", "body": body, "more_body": bool(self.chunks)}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        """Note a message."""
        kind = message["type"].removeprefix("http.response.")
        if kind == "start":
            self.log.append(f"start {message['status']}")
        elif kind == "body":
            if message.get("body"):
                self.log.append(f"body {message['body'].decode()}")
            if not message.get("more_body", False):
                self.log.append("end")
        else:
            self.log.append(kind)

    async def call(self, app: ASGIApp) -> list[str]:
        """Send the request; return what was noted."""
        await asyncio.wait_for(app(self.scope, self.receive, self.send), 5)
        return self.log


async def passing(request: Request, call_next: Next) -> Response:
    """Do nothing."""
    return await call_next(request)


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer."""
    await PlainTextResponse("hello")(scope, receive, send)


async def test_passes_the_answer_on(kind: type[BaseHTTPMiddleware]) -> None:
    """Status and body come through, once."""
    log = await Client([]).call(kind(kind(hello, passing), passing))
    assert log == ["start 200", "body hello", "end"]


async def test_may_answer_itself(kind: type[BaseHTTPMiddleware]) -> None:
    """Without `call_next` the application does not run."""

    async def refuse(request: Request, call_next: Next) -> Response:
        return PlainTextResponse("no", 403)

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    assert await Client([]).call(kind(fail, refuse)) == ["start 403", "body no", "end"]


async def test_other_protocols_pass(kind: type[BaseHTTPMiddleware]) -> None:
    """The function is for HTTP."""
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    client = Client([])
    client.scope["type"] = "websocket"
    await client.call(kind(app, passing))

    assert seen == ["websocket"]


async def test_background_tasks_run_after_the_answer(kind: type[BaseHTTPMiddleware]) -> None:
    """And before the middleware's end, so that the server waits for them."""
    log: list[str] = []
    app = Kingpost(openapi_url=None)

    @app.post("/")
    async def create(tasks: BackgroundTasks) -> str:
        tasks.add_task(log.append, "background")
        return "x"

    async def noting(request: Request, call_next: Next) -> Response:
        response = await call_next(request)
        log.append("answered")
        return response

    app.add_middleware(kind, dispatch=noting)

    assert await Client(log).call(app) == ["answered", "start 200", 'body "x"', "end", "background"]


class TestErrors:
    """What the application raises."""

    async def test_before_the_answer_is_raised_by_call_next(
        self, kind: type[BaseHTTPMiddleware]
    ) -> None:
        """The function may answer it; if it does not, the error goes on."""
        caught = []

        async def fail(scope: Scope, receive: Receive, send: Send) -> None:
            raise LookupError("lost")

        async def catching(request: Request, call_next: Next) -> Response:
            try:
                return await call_next(request)
            except LookupError as exc:
                caught.append(str(exc))
                return PlainTextResponse("found", 404)

        assert (await Client([]).call(kind(fail, catching)))[0] == "start 404"
        assert caught == ["lost"]
        with pytest.raises(LookupError, match="lost"):
            await Client([]).call(kind(fail, passing))

    async def test_keeps_its_cause(self, kind: type[BaseHTTPMiddleware]) -> None:
        """The log shows why."""

        async def fail(scope: Scope, receive: Receive, send: Send) -> None:
            raise LookupError("lost") from KeyError("why")

        with pytest.raises(LookupError) as raised:
            await Client([]).call(kind(fail, passing))
        assert isinstance(raised.value.__cause__, KeyError)

    async def test_after_the_answer_s_beginning_ends_it(
        self, kind: type[BaseHTTPMiddleware]
    ) -> None:
        """The error is raised once the rest has been sent."""
        log: list[str] = []

        async def fail(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"a", "more_body": True})
            raise LookupError("lost")

        with pytest.raises(LookupError, match="lost"):
            await Client(log).call(kind(fail, passing))
        assert log == ["start 200", "body a", "end"]

    async def test_no_answer_is_an_error(self, kind: type[BaseHTTPMiddleware]) -> None:
        """The function waits for one."""

        async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
            return

        with pytest.raises(RuntimeError, match="No response returned"):
            await Client([]).call(kind(nothing, passing))

    async def test_of_the_function_ends_the_application(
        self, kind: type[BaseHTTPMiddleware]
    ) -> None:
        """Nothing is left running."""
        log: list[str] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            try:
                await hello(scope, receive, send)
            finally:
                log.append("left")

        async def fail(request: Request, call_next: Next) -> Response:
            await call_next(request)
            raise LookupError("lost")

        with pytest.raises(LookupError):
            await Client(log).call(kind(app, fail))
        assert log == ["left"]


class TestBodies:
    """What is read, and by whom."""

    @pytest.mark.parametrize("chunks", [(b"abc",), (b"a", b"bc"), (b"",)])
    async def test_a_body_that_was_read_is_there_again(
        self, kind: type[BaseHTTPMiddleware], chunks: tuple[bytes, ...]
    ) -> None:
        """The application reads what the function has read."""
        log: list[str] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            log.append(f"read {(await Request(scope, receive).body()).decode()}")
            await hello(scope, receive, send)

        async def reading(request: Request, call_next: Next) -> Response:
            log.append(f"first {(await request.body()).decode()}")
            return await call_next(request)

        whole = b"".join(chunks).decode()
        await Client(log, *chunks).call(kind(app, reading))
        assert log[:2] == [f"first {whole}", f"read {whole}"]

    async def test_a_stream_that_was_read_is_empty(self, kind: type[BaseHTTPMiddleware]) -> None:
        """Nobody kept it, but nobody hangs."""
        log: list[str] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            log.append(f"read {(await Request(scope, receive).body()).decode()}")
            await hello(scope, receive, send)

        async def reading(request: Request, call_next: Next) -> Response:
            log.extend([f"chunk {chunk.decode()}" async for chunk in request.stream()])
            return await call_next(request)

        await Client(log, b"a", b"b").call(kind(app, reading))
        assert log[:4] == ["chunk a", "chunk b", "chunk ", "read "]

    async def test_the_application_reads_what_nobody_read(
        self, kind: type[BaseHTTPMiddleware]
    ) -> None:
        """Piece by piece."""
        log: list[str] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            stream = Request(scope, receive).stream()
            log.extend([f"chunk {chunk.decode()}" async for chunk in stream])
            await hello(scope, receive, send)

        await Client(log, b"a", b"b").call(kind(app, passing))
        assert log[:2] == ["chunk a", "chunk b"]

    async def test_pieces_of_an_answer_wait_until_they_are_taken(
        self, kind: type[BaseHTTPMiddleware]
    ) -> None:
        """An application that is faster than its client does not fill the memory."""
        log: list[str] = []

        async def pieces() -> AsyncIterator[str]:
            for name in "abcd":
                log.append(f"made {name}")
                yield name

        class Slow(Client):
            async def send(self, message: Message) -> None:
                await super().send(message)
                for _ in range(20):
                    await anyio.lowlevel.checkpoint()

        await Slow(log).call(kind(StreamingResponse(pieces()), passing))

        for name, next_but_one in ("ac", "bd"):
            assert log.index(f"body {name}") < log.index(f"made {next_but_one}")

    async def test_the_function_may_change_the_body(self, kind: type[BaseHTTPMiddleware]) -> None:
        """By putting another iterator in the place of the answer's."""

        async def louder(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
            async for piece in pieces:
                yield piece.upper()

        async def changing(request: Request, call_next: Next) -> Response:
            response: Any = await call_next(request)
            response.body_iterator = louder(response.body_iterator)
            return response  # type: ignore[no-any-return]

        log = await Client([]).call(kind(hello, changing))
        assert log == ["start 200", "body HELLO", "end"]

    async def test_the_function_may_put_another_answer_in_its_place(
        self, kind: type[BaseHTTPMiddleware]
    ) -> None:
        """The application sees a client that has gone, and comes to its end."""
        log: list[str] = []

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await receive()
            await hello(scope, receive, send)
            log.append((await receive())["type"])

        async def replacing(request: Request, call_next: Next) -> Response:
            await call_next(request)
            return PlainTextResponse("other", 203)

        await Client(log).call(kind(app, replacing))
        assert log == ["start 203", "body other", "end", "http.disconnect"]


async def test_a_stream_ends_though_its_client_stays(kind: type[BaseHTTPMiddleware]) -> None:
    """Waiting for the client to go away does not hold the answer up, or the end."""

    async def pieces() -> AsyncIterator[str]:
        yield "a"

    for version in ("2.0", "2.4"):
        app = kind(StreamingResponse(pieces()), passing)
        log = await Client([], spec_version=version).call(app)
        assert log == ["start 200", "body a", "end"]


async def test_waiting_for_the_client_to_go_ends_with_the_answer(
    kind: type[BaseHTTPMiddleware],
) -> None:
    """A second task of the application that listens is told so."""
    log: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()

        async def listen() -> None:
            log.append((await receive())["type"])

        async with anyio.create_task_group() as group:
            group.start_soon(listen)
            await hello(scope, receive, send)

    assert (await Client(log).call(kind(app, passing)))[-1] == "http.disconnect"


async def test_messages_beside_the_answer(kind: type[BaseHTTPMiddleware]) -> None:
    """Hints go out at once; a file to send and what a debugger adds keep their places."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.early_hint", "links": []})
        await send({"type": "http.response.debug", "info": {}})
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.pathsend", "path": "/file"})

    for dispatch in (passing, _looking):
        log = await Client([]).call(kind(app, dispatch))
        assert log[:4] == ["early_hint", "debug", "start 200", "pathsend"]


async def _looking(request: Request, call_next: Next) -> Response:
    response: Any = await call_next(request)
    assert response.body_iterator is response.body_iterator
    return response  # type: ignore[no-any-return]


async def test_context_goes_in_and_not_out(kind: type[BaseHTTPMiddleware]) -> None:
    """What the application sets stays with it."""
    log: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        log.append(variable.get())
        variable.set("inside")
        await hello(scope, receive, send)

    async def setting(request: Request, call_next: Next) -> Response:
        variable.set("outside")
        response = await call_next(request)
        log.append(variable.get())
        return response

    await Client(log).call(kind(app, setting))
    assert log[:2] == ["outside", "outside"]


async def test_a_cancellation_waits_for_threads(kind: type[BaseHTTPMiddleware]) -> None:
    """A function in a thread comes to its end before anything around it does."""
    log: list[str] = []

    def work() -> None:
        time.sleep(0.05)
        log.append("worked")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await run_in_thread(work)
            await anyio.sleep(5)
        finally:
            log.append("left")

    with anyio.move_on_after(0.01):
        await kind(app, passing)(Client(log).scope, Client(log).receive, Client(log).send)
    assert log == ["worked", "left"]


async def test_a_task_that_is_cancelled_leaves_nothing(kind: type[BaseHTTPMiddleware]) -> None:
    """The application ends with the task that serves the request."""
    started, log = asyncio.Event(), list[str]()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            log.append("left")

    client = Client(log)
    task = asyncio.create_task(client.call(kind(app, passing)))
    await started.wait()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert log == ["left"]


async def test_the_decorator_makes_it() -> None:
    """`app.middleware("http")` registers this class."""
    app = Kingpost()
    app.middleware("http")(passing)
    registered: Any = app.user_middleware[0].cls
    assert registered is FunctionMiddleware
