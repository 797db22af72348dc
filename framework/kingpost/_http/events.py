"""Server-sent events (WHATWG HTML, section 9.2): the event, its wire format, the response."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from starlette.responses import StreamingResponse

__all__ = ["KEEPALIVE_COMMENT", "EventSourceResponse", "ServerSentEvent", "format_sse_event"]

KEEPALIVE_COMMENT = b": ping\n\n"
"""Sent while nothing else is, so that proxies keep the connection."""


class EventSourceResponse(StreamingResponse):
    """A stream of server-sent events.

    As the `response_class` of a generator it makes an event of everything that is yielded.
    """

    media_type = "text/event-stream"
    is_event_stream: ClassVar[bool] = True


def _single_line(name: str, value: str | None) -> str | None:
    if value is not None and ("\n" in value or "\r" in value):
        raise ValueError(f"SSE '{name}' must be a single line")
    return value


def _check_event(value: str | None) -> str | None:
    return _single_line("event", value)


def _check_id(value: str | None) -> str | None:
    if value is not None and "\0" in value:
        raise ValueError("SSE 'id' must not contain null characters")
    return _single_line("id", value)


class ServerSentEvent(BaseModel):
    """One event, for a generator that wants to say more than the data.

    Attributes:
        data: Written as JSON.
        raw_data: Text that is written as it is, instead of `data`.
        event: The event's type; a single line.
        id: What the browser sends back as ``Last-Event-ID``; a single line without NUL.
        retry: Milliseconds to wait before reconnecting.
        comment: Text that clients ignore.
    """

    model_config = ConfigDict(defer_build=True)

    is_server_sent_event: ClassVar[bool] = True

    data: Any = None
    raw_data: str | None = None
    event: Annotated[str | None, AfterValidator(_check_event)] = None
    id: Annotated[str | None, AfterValidator(_check_id)] = None
    retry: Annotated[int | None, Field(ge=0)] = None
    comment: str | None = None

    @model_validator(mode="after")
    def _one_kind_of_data(self) -> Self:
        if self.data is not None and self.raw_data is not None:
            raise ValueError(
                "Cannot set both 'data' and 'raw_data' on the same ServerSentEvent. "
                "Use 'data' for JSON-serialized payloads or 'raw_data' for pre-formatted strings."
            )
        return self


def format_sse_event(
    *,
    data_str: str | None = None,
    event: str | None = None,
    id: str | None = None,
    retry: int | None = None,
    comment: str | None = None,
) -> bytes:
    """Return the bytes of one event.

    In: ``data_str="a\\nb", id="7"``. Out: ``b"data: a\\ndata: b\\nid: 7\\n\\n"``.

    Args:
        data_str: The data; several lines become several fields.
        event: The event's type.
        id: The event's id.
        retry: Milliseconds to wait before reconnecting.
        comment: Text that clients ignore; may have several lines.
    """
    lines: list[str] = []
    if comment is not None:
        lines += [f": {line}" for line in _lines(comment)]
    if event is not None:
        lines.append(f"event: {event}")
    if data_str is not None:
        lines += [f"data: {line}" for line in _lines(data_str)]
    if id is not None:
        lines.append(f"id: {id}")
    if retry is not None:
        lines.append(f"retry: {retry}")
    return ("\n".join([*lines, ""]) + "\n").encode("utf-8")


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
