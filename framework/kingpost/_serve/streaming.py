"""Items as responses: JSON Lines, server-sent events, and chunks for a response class."""

import json
from collections.abc import AsyncIterable, Callable
from functools import partial
from typing import Any

import anyio
from pydantic import BaseModel
from starlette.background import BackgroundTasks
from starlette.concurrency import iterate_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from kingpost._compile.handler import Stream
from kingpost._compile.rendering import complete_response
from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import ResponseValidationError
from kingpost._http.events import (
    KEEPALIVE_COMMENT,
    EventSourceResponse,
    ServerSentEvent,
    format_sse_event,
)
from kingpost._plan.model import ResponseKind, ResponsePlan, RoutePlan
from kingpost._plan.schemas import instance_passes

__all__ = ["KEEPALIVE_SECONDS", "stream_renderer"]

KEEPALIVE_SECONDS = 15.0
"""How long a stream of events may be silent before a comment is sent."""


def stream_renderer(plan: RoutePlan, response: ResponsePlan) -> Stream:
    """Return the function that makes the response which sends an operation's items one by one.

    It raises `TypeError` for a result that cannot be iterated.

    Args:
        plan: The path operation.
        response: Its response, which is a stream.
    """
    status: dict[str, Any] = {}
    if response.status_code is not None:
        status["status_code"] = response.status_code
    write = _json_writer(plan, response)

    def stream(result: Any) -> Response:
        if response.kind is ResponseKind.CHUNKS:
            return response.response_class(result, **status)
        items = _iterate(plan, result)
        if response.kind is ResponseKind.JSON_LINES:
            return _LineStream(items, write, **status)
        events = (_event(item, write) async for item in items)
        return _EventStream(events, headers=_EVENT_HEADERS, **status)

    def render(
        result: Any, injected: Response | None = None, background: BackgroundTasks | None = None
    ) -> Response:
        return complete_response(stream(result), response, injected, background)

    return render


def _iterate(plan: RoutePlan, result: Any) -> AsyncIterable[Any]:
    if isinstance(result, AsyncIterable):
        return result
    try:
        return iterate_in_threadpool(iter(result))
    except TypeError as exc:
        raise TypeError(
            f"{plan.context['function']} returned {type(result).__name__}, which cannot be "
            "iterated, and so cannot be sent item by item. Return an iterable, or yield the items."
        ) from exc


_EVENT_HEADERS = {
    "Cache-Control": "no-cache",
    # nginx and others that follow it would hold events back to fill a buffer.
    "X-Accel-Buffering": "no",
}


class _LineStream(StreamingResponse):
    """Sends items, each as a line of JSON (https://jsonlines.org).

    Args:
        items: The items.
        write: Makes JSON of one.
        status: The status, if it is not 200.
    """

    media_type = "application/jsonl"

    def __init__(
        self, items: AsyncIterable[Any], write: Callable[[Any], bytes], **status: Any
    ) -> None:
        super().__init__(items, **status)
        self._write = write

    async def stream_response(self, send: Send) -> None:
        """Send the response, without a generator between that of the operation and the server."""
        write = self._write
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        async for item in self.body_iterator:
            line = write(item) + b"\n"
            await send({"type": "http.response.body", "body": line, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _event(item: Any, write: Callable[[Any], bytes]) -> bytes:
    """Return an item as a server-sent event."""
    if not isinstance(item, ServerSentEvent):
        return format_sse_event(data_str=write(item).decode())
    data = item.raw_data
    if data is None and item.data is not None:
        data = _payload(item.data)
    return format_sse_event(
        data_str=data, event=item.event, id=item.id, retry=item.retry, comment=item.comment
    )


def _json_writer(plan: RoutePlan, response: ResponsePlan) -> Callable[[Any], bytes]:
    """Return the function that writes an item as JSON.

    It raises `ResponseValidationError` for an item that does not fit the declared type.
    """
    field = response.item_field
    if field is None:
        return _write_untyped
    to_json: Callable[..., bytes] = field.serializer.to_json
    dump = partial(to_json, **response.dump_options)
    model = field.type_ if instance_passes(field) else None

    def write(item: Any) -> bytes:
        if type(item) is model:
            return dump(item)
        value, errors = field.validate(item, loc=("response",))
        if errors:
            raise ResponseValidationError(errors, body=item, endpoint_ctx=plan.context)
        return dump(value)

    return write


def _write_untyped(item: Any) -> bytes:
    return json.dumps(_finite(jsonable_encoder(item)), allow_nan=False).encode()


def _payload(data: Any) -> str:
    """Return the data of an event object as JSON."""
    if isinstance(data, BaseModel):
        return data.model_dump_json()
    return json.dumps(jsonable_encoder(data))


def _finite(data: Any) -> Any:
    """Return JSON data with null for the numbers that JSON does not have (RFC 8259, section 6)."""
    if isinstance(data, float):
        return data if data - data == 0 else None
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    return data


class _EventStream(EventSourceResponse):
    """Sends events, and a comment whenever there was none for a while."""

    async def stream_response(self, send: Send) -> None:
        """Send the response; the generator runs in this task, the comments come from another."""
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        silence = _Silence(send)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(silence.fill)
            async for chunk in self.body_iterator:
                await silence.end(chunk)
            tasks.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Silence:
    """Knows how long nothing has been sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._since = anyio.current_time()
        self._lock = anyio.Lock()

    async def end(self, chunk: Any) -> None:
        """Send an event."""
        async with self._lock:
            self._since = anyio.current_time()
            await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def fill(self) -> None:
        """Send a comment each time the silence has become too long."""
        while True:
            await anyio.sleep(max(self._since + KEEPALIVE_SECONDS - anyio.current_time(), 0))
            if anyio.current_time() - self._since >= KEEPALIVE_SECONDS:
                await self.end(KEEPALIVE_COMMENT)
