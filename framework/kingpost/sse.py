"""Server-sent events."""

from starlette.responses import StreamingResponse

from kingpost._http.events import (
    KEEPALIVE_COMMENT,
    EventSourceResponse,
    ServerSentEvent,
    format_sse_event,
)

__all__ = [
    "KEEPALIVE_COMMENT",
    "EventSourceResponse",
    "ServerSentEvent",
    "StreamingResponse",
    "format_sse_event",
]
