"""One request to an ASGI application, in this thread and without a network.

Unlike a test client it takes any bytes, cuts the body where it is told to, goes away in the middle,
and holds the application to the protocol: one start, nothing after the end, no waiting for messages
that a server would never send.
"""

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import Any

from starlette.types import ASGIApp, Message

__all__ = ["Exchange", "Sent", "exchange", "send_request"]

Headers = Sequence[tuple[bytes, bytes]]


@dataclasses.dataclass(frozen=True)
class Sent:
    """A request.

    Attributes:
        method: GET and the like.
        path: The path as the server hands it over, without escapes.
        query: What stands after the question mark.
        headers: Names in lower case and values.
        chunks: The body, as it arrives.
        disconnects: Whether the client goes away before the body is complete.
        root_path: What a proxy has taken off.
    """

    method: str = "GET"
    path: str = "/"
    query: bytes = b""
    headers: Headers = ()
    chunks: Sequence[bytes] = (b"",)
    disconnects: bool = False
    root_path: str = ""

    def scope(self) -> dict[str, Any]:
        """Return the request's scope."""
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": self.method,
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode("utf-8", "surrogateescape"),
            "query_string": self.query,
            "root_path": self.root_path,
            "headers": list(self.headers),
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 80),
            "state": {},
        }

    def messages(self) -> list[Message]:
        """Return what the server has to say, as far as it comes by itself."""
        last = len(self.chunks) - 1
        messages: list[Message] = [
            {"type": "http.request", "body": chunk, "more_body": self.disconnects or at < last}
            for at, chunk in enumerate(self.chunks)
        ]
        return [*messages, {"type": "http.disconnect"}] if self.disconnects else messages


@dataclasses.dataclass
class Exchange:
    """What came of a request.

    Attributes:
        status: The status; None if there was no answer.
        headers: In the order in which they were sent.
        body: The body so far.
        complete: Whether the answer came to its end.
        raised: What the application raised to the server.
        broken: The rules of the protocol that the application broke.
    """

    status: int | None = None
    headers: list[tuple[bytes, bytes]] = dataclasses.field(default_factory=list)
    body: bytes = b""
    complete: bool = False
    raised: Exception | None = None
    broken: list[str] = dataclasses.field(default_factory=list)

    @property
    def error(self) -> str | None:
        """The class and the text of what was raised."""
        return None if self.raised is None else f"{type(self.raised).__name__}: {self.raised}"

    def header(self, name: str) -> str | None:
        """Return the first header of this name."""
        wanted = name.encode()
        return next((value.decode() for key, value in self.headers if key == wanted), None)


async def send_request(app: ASGIApp, request: Sent, events: list[str] | None = None) -> Exchange:
    """Return what an application answers.

    Args:
        app: The application.
        request: The request.
        events: Where to note the start and the end of the answer.

    Raises:
        AssertionError: The application broke the protocol.
    """
    done = Exchange()
    messages = request.messages()

    async def receive() -> Message:
        await asyncio.sleep(0)
        if messages and messages[0]["type"] == "http.request":
            return messages.pop(0)
        if not messages and not done.complete:
            done.broken.append("waited for a message that never comes")
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        if done.complete:
            done.broken.append(f"sent after the end: {message}")
        if message["type"] == "http.response.start":
            _start(done, message)
        else:
            if done.status is None:
                done.broken.append("sent a body before the start")
            done.body += message.get("body", b"")
            done.complete = not message.get("more_body", False)
        if events is not None:
            events.append("start" if message["type"] == "http.response.start" else "body")

    try:
        await app(request.scope(), receive, send)
    except Exception as exc:  # noqa: BLE001 - a server, too, takes whatever comes
        done.raised = exc
    assert [] == done.broken, done
    return done


def _start(done: Exchange, message: Message) -> None:
    if done.status is not None:
        done.broken.append("started the response twice")
    done.status = message["status"]
    done.headers = [(bytes(name), bytes(value)) for name, value in message["headers"]]


def exchange(app: ASGIApp, request: Sent | None = None, **options: Any) -> Exchange:
    """Return what an application answers to one request, in an event loop of its own.

    Args:
        app: The application.
        request: The request, or
        options: those of `Sent`.
    """
    return asyncio.run(send_request(app, request or Sent(**options)))
