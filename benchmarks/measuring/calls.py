"""ASGI without a server: an application called as a server calls it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any
from urllib.parse import unquote

from benchmarks.workloads import Request

Message = MutableMapping[str, Any]
Scope = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

CHUNK = 65536  # bytes that a server hands over at a time


@dataclass
class Answer:
    """What an application sent."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return a header's value; "" where there is none."""
        values = (value for key, value in self.headers if key.lower() == name.encode())
        return next(values, b"").decode("latin-1")


class Turn:
    """The server's side of one request.

    It hands over the body in chunks, then nothing until the answer is complete, then the
    disconnection, as a server does while a client waits.
    """

    __slots__ = ("_is_complete", "_messages", "_waiter")

    def __init__(self, body: bytes) -> None:
        self._messages = iter(list(_messages(body)))
        self._waiter: asyncio.Future[None] | None = None
        self._is_complete = False

    async def receive(self) -> Message:
        """Return the next message."""
        message = next(self._messages, None)
        if message is not None:
            return message
        if not self._is_complete:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take a message and forget it."""
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self._is_complete = True
            if self._waiter is not None and not self._waiter.done():
                self._waiter.set_result(None)


def scope_of(request: Request) -> Scope:
    """Return what a server makes of a request."""
    path, _, query = request.target.partition("?")
    headers = [("host", "127.0.0.1:8000"), *request.headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 40000),
        "scheme": "http",
        "root_path": "",
        "method": request.method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "state": {},
    }


async def call(app: App, request: Request) -> Answer:
    """Send one request and return the answer."""
    answer, turn = Answer(), Turn(request.body)

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = list(message["headers"])
        else:
            answer.body += message.get("body", b"")
        await turn.send(message)

    await app(scope_of(request), turn.receive, send)
    return answer


async def seconds(app: App, request: Request, count: int) -> float:
    """Return how long `count` requests take, one after the other, without their making.

    It is the processor's time, of all threads: what other programs take meanwhile is not in it.
    """
    turns = [(scope_of(request), Turn(request.body)) for _ in range(count)]
    started = process_time()
    for scope, turn in turns:
        await app(scope, turn.receive, turn.send)
    return process_time() - started


@asynccontextmanager
async def started(app: App) -> AsyncIterator[None]:
    """Start an application as a server does, and end it."""
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    await _expect(outbox, "lifespan.startup.complete")
    yield
    await inbox.put({"type": "lifespan.shutdown"})
    await _expect(outbox, "lifespan.shutdown.complete")
    await task


async def _expect(outbox: asyncio.Queue[Message], wanted: str) -> None:
    message = await asyncio.wait_for(outbox.get(), timeout=60)
    if message["type"] != wanted:
        raise RuntimeError(f"The application answered {message} instead of {wanted}.")


def _messages(body: bytes) -> Iterator[Message]:
    for place in range(0, max(1, len(body)), CHUNK):
        chunk = body[place : place + CHUNK]
        more = place + CHUNK < len(body)
        yield {"type": "http.request", "body": chunk, "more_body": more}
