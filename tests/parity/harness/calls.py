"""What a case sends: requests and WebSocket conversations as plain data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, Unpack

Log = list[str]
"""Events that a case records; the harness hands a fresh one to each build and compares them."""


class Options(TypedDict, total=False):
    """Keywords of a request: those of the test client, plus what the harness adds.

    `view` maps the body to what is compared; `follow` follows redirects.
    """

    headers: Mapping[str, str] | list[tuple[str, str]] | list[tuple[bytes, bytes]]
    params: Any
    json: Any
    content: Any
    data: Any
    files: Any
    view: Callable[[bytes], object]
    follow: bool


@dataclass(frozen=True)
class Difference:
    """A difference that is wanted: which part of the answer, why, and what each side says."""

    part: str
    reason: str
    ours: object
    theirs: object


@dataclass(frozen=True)
class Step:
    """One action in a WebSocket conversation: send, send_bytes, send_json, receive or close."""

    kind: str
    value: Any = None


@dataclass(frozen=True)
class Call:
    """One request, or with `steps` one WebSocket conversation, and the status due from the peer.

    A `status` of None expects nothing: random programs cannot know.
    """

    method: str
    path: str
    status: int | None
    options: Mapping[str, Any] = field(default_factory=dict)
    view: Callable[[bytes], object] | None = None
    steps: tuple[Step, ...] | None = None
    differences: tuple[Difference, ...] = ()

    def __str__(self) -> str:
        """The request line and what was sent with it, for reports."""
        sent = {name: value for name, value in self.options.items() if name != "follow_redirects"}
        return f"{self.method} {self.path}" + (f"  {sent}" if sent else "")


def request(method: str, path: str, status: int | None = 200, **keywords: Unpack[Options]) -> Call:
    """A request of any method, expected to be answered with `status` by the peer."""
    options: dict[str, Any] = dict(keywords)
    view = options.pop("view", None)
    options["follow_redirects"] = options.pop("follow", False)
    return Call(method, path, status, options, view)


def get(path: str, status: int = 200, **keywords: Unpack[Options]) -> Call:
    """A GET request."""
    return request("GET", path, status, **keywords)


def post(path: str, status: int = 200, **keywords: Unpack[Options]) -> Call:
    """A POST request."""
    return request("POST", path, status, **keywords)


def put(path: str, status: int = 200, **keywords: Unpack[Options]) -> Call:
    """A PUT request."""
    return request("PUT", path, status, **keywords)


def patch(path: str, status: int = 200, **keywords: Unpack[Options]) -> Call:
    """A PATCH request."""
    return request("PATCH", path, status, **keywords)


def delete(path: str, status: int = 200, **keywords: Unpack[Options]) -> Call:
    """A DELETE request."""
    return request("DELETE", path, status, **keywords)


def options(path: str, status: int = 200, **keywords: Unpack[Options]) -> Call:
    """An OPTIONS request."""
    return request("OPTIONS", path, status, **keywords)


def websocket(
    path: str,
    *steps: Step,
    status: int = 101,
    headers: Mapping[str, str] | None = None,
    subprotocols: list[str] | None = None,
) -> Call:
    """A WebSocket conversation.

    `status` is 101, the close code before acceptance, or the status of the denial response.
    """
    keywords: dict[str, Any] = {}
    if headers is not None:
        keywords["headers"] = headers
    if subprotocols is not None:
        keywords["subprotocols"] = subprotocols
    return Call("WEBSOCKET", path, status, keywords, steps=steps)


def send(text: str) -> Step:
    """Send a text message."""
    return Step("send", text)


def send_bytes(data: bytes) -> Step:
    """Send a binary message."""
    return Step("send_bytes", data)


def send_json(value: Any) -> Step:
    """Send a JSON value as text."""
    return Step("send_json", value)


def receive() -> Step:
    """Receive one message of any kind, or the close frame."""
    return Step("receive")


def close(code: int = 1000) -> Step:
    """Close the connection from the client."""
    return Step("close", code)


def differs(call: Call, part: str, *, reason: str, ours: object, theirs: object) -> Call:
    """The same call with one wanted difference.

    `part` is `status`, `body`, `raised`, `transcript`, `log` or `header:<name>` (whose value is the
    list of values of that name); `ours` and `theirs` are asserted exactly.
    """
    return replace(call, differences=(*call.differences, Difference(part, reason, ours, theirs)))
