"""The response classes, as Starlette provides them."""

from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

__all__ = [
    "FileResponse",
    "HTMLResponse",
    "JSONResponse",
    "PlainTextResponse",
    "RedirectResponse",
    "Response",
    "StreamingResponse",
    "is_body_allowed_for_status_code",
]


def is_body_allowed_for_status_code(status_code: int | str | None) -> bool:
    """Tell whether a response with this status may have a body (RFC 9110, section 6.4.1).

    Args:
        status_code: A status, a range such as ``"4XX"`` or ``"default"``; None is an unknown one.
    """
    if status_code is None or status_code in {"default", "1XX", "2XX", "3XX", "4XX", "5XX"}:
        return True
    status = int(status_code)
    return not (status < 200 or status in {204, 205, 304})
