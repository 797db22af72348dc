"""Build one side's application, send it the calls, and write down all that can be seen of it."""

import re
import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import deepcopy
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

import anyio
from starlette.testclient import TestClient, WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from tests.parity.harness.calls import Call, Log
from tests.parity.harness.copies import neutral

EXPIRY = re.compile(r"expires=[^;]+")

PATIENCE = 10
"""Seconds until a request that hangs is cancelled, so that it fails its case and not the run."""

HANDLER_ENDED = {"type": "handler ended"}
NEVER_ACCEPTED = {"type": "websocket.close", "code": -1, "reason": "handler ended"}

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Application(Protocol):
    """What both frameworks' application classes are to the harness."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one ASGI scope."""


@dataclass(frozen=True)
class Raised:
    """An exception that left the application: its class names, nearest first, and its text."""

    lineage: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, error: BaseException) -> "Raised":
        """The record of an exception, under our names."""
        return cls(
            tuple(neutral(c.__name__) for c in type(error).__mro__[:-2]), neutral(str(error))
        )

    def __str__(self) -> str:
        """As the last line of a traceback."""
        return f"{self.lineage[0]}: {self.text}"


@dataclass
class Answer:
    """What came back for one call."""

    status: int
    headers: Mapping[str, list[str]] = field(default_factory=dict)
    body: bytes = b""
    raised: list[Raised] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)


@dataclass
class Observation:
    """Everything seen of one side.

    `refusal` is the exception that ended the declaration or the start-up.
    """

    refusal: Raised | None = None
    answers: list[Answer] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    openapi: Any = None


class Recorder:
    """ASGI wrapper: notes escaping exceptions and when responses start and end."""

    def __init__(self, app: Application, log: Log) -> None:
        self.app = app
        self.log = log
        self.raised: list[Raised] = []

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the scope on, taking notes."""

        accepted = False

        async def noting(message: Message) -> None:
            nonlocal accepted
            accepted = accepted or message["type"] == "websocket.accept"
            if message["type"] == "http.response.start":
                self.log.append(f"-- response {message['status']} starts")
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.log.append("-- response ends")
            await send(message)

        try:
            # Lifespan lasts as long as the case; anything else that hangs is to be reported.
            with anyio.fail_after(None if scope["type"] == "lifespan" else PATIENCE):
                await self.app(scope, receive, noting)
        except BaseException as error:
            self.raised.append(Raised.of(error))
            raise
        finally:
            if scope["type"] == "websocket":
                # A client that waits for a message would wait forever on a handler that has ended.
                await send(HANDLER_ENDED if accepted else NEVER_ACCEPTED)


def observe(
    build: Callable[[Log], Application],
    calls: Sequence[Call],
    package: str,
    *,
    lifespan: bool,
    client: dict[str, Any],
) -> Observation:
    """Build the application of one side, that of `package`, and record its answers."""
    seen = Observation()
    with _recorded_warnings(seen.warnings):
        try:
            app = build(seen.log)
        except Exception as error:  # noqa: BLE001 - recorded, and compared with the peer's
            seen.refusal = Raised.of(error)
            return seen
        recorder = Recorder(app, seen.log)
        test_client = import_module(f"{package}.testclient").TestClient
        opened: TestClient = test_client(recorder, raise_server_exceptions=False, **client)
        context: AbstractContextManager[object] = opened if lifespan else nullcontext()
        try:
            with context:
                seen.answers.extend(_answer(opened, call, recorder) for call in calls)
        except Exception as error:  # noqa: BLE001 - recorded, and compared with the peer's
            seen.refusal = Raised.of(error)
        seen.openapi = _document(app)
    return seen


@contextmanager
def _recorded_warnings(found: list[str]) -> Iterator[None]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
        finally:
            # ResourceWarning depends on when the collector runs, not on the framework.
            kept = [w for w in caught if not issubclass(w.category, ResourceWarning)]
            found.extend(neutral(f"{w.category.__name__}: {w.message}") for w in kept)


def _answer(client: TestClient, call: Call, recorder: Recorder) -> Answer:
    events, failures = len(recorder.log), len(recorder.raised)
    if call.steps is None:
        response = client.request(call.method, call.path, **call.options)
        answer = Answer(
            response.status_code, stable_headers(response.headers.raw), response.content
        )
    else:
        answer = _conversation(client, call)
    answer.raised = recorder.raised[failures:]
    answer.log = recorder.log[events:]
    return answer


def stable_headers(raw: Sequence[tuple[bytes, bytes]]) -> dict[str, list[str]]:
    """The headers by name, without what changes from run to run."""
    headers: dict[str, list[str]] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        headers.setdefault(key, []).append(_stable(key, value.decode("latin-1")))
    return headers


def _stable(name: str, value: str) -> str:
    """A header's value without what changes from run to run: a clock, the order of a set."""
    if name == "set-cookie":
        return EXPIRY.sub("expires=...", value)
    if name == "allow":
        return ", ".join(sorted(value.split(", ")))
    return value


def _conversation(client: TestClient, call: Call) -> Answer:
    transcript: list[str] = []
    try:
        # The client adds to the headers that it is given.
        with client.websocket_connect(call.path, **deepcopy(dict(call.options))) as session:
            transcript.append(f"accepted {session.accepted_subprotocol} {session.extra_headers}")
            for step in call.steps or ():
                # One by one: what was said before an exception is part of the record.
                transcript.append(_take(session, step.kind, step.value))  # noqa: PERF401
    except WebSocketDenialResponse as denial:
        return Answer(denial.status_code, stable_headers(denial.headers.raw), denial.content)
    except WebSocketDisconnect as refused:
        return Answer(
            refused.code, transcript=[*transcript, f"closed {refused.code} {refused.reason!r}"]
        )
    except Exception as error:  # noqa: BLE001 - recorded, and compared with the peer's
        # Whatever ended the handler comes out of the session here; the recorder has it too.
        return Answer(101, transcript=[*transcript, f"ended by {type(error).__name__}"])
    return Answer(101, transcript=transcript)


def _take(session: WebSocketTestSession, kind: str, value: Any) -> str:
    if kind == "receive":
        return f"received {neutral(str(dict(session.receive())))}"
    actions: dict[str, Callable[[Any], None]] = {
        "send": session.send_text,
        "send_bytes": session.send_bytes,
        "send_json": session.send_json,
        "close": session.close,
    }
    actions[kind](value)
    return f"{kind} {value!r}"


def _document(app: Application) -> Any:
    try:
        return app.openapi()
    except Exception as error:  # noqa: BLE001 - recorded, and compared with the peer's
        return f"refused: {Raised.of(error)}"
