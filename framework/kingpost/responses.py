"""The response classes."""

from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._http.events import EventSourceResponse
from kingpost._http.json_responses import ORJSONResponse, UJSONResponse
from kingpost._http.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

__all__ = [
    "EventSourceResponse",
    "FileResponse",
    "HTMLResponse",
    "JSONResponse",
    "KingpostDeprecationWarning",
    "ORJSONResponse",
    "PlainTextResponse",
    "RedirectResponse",
    "Response",
    "StreamingResponse",
    "UJSONResponse",
]
