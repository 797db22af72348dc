"""The default answers to errors."""

import json
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.status import HTTP_422_UNPROCESSABLE_CONTENT, WS_1008_POLICY_VIOLATION
from starlette.websockets import WebSocket

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import RequestValidationError, WebSocketRequestValidationError
from kingpost._http.native import encode_native
from kingpost._http.responses import is_body_allowed_for_status_code

__all__ = [
    "http_exception_handler",
    "request_validation_exception_handler",
    "websocket_request_validation_exception_handler",
]

_REASON_BYTES = 123
"""A close frame holds 125 bytes, two of them the code (RFC 6455, section 5.5)."""


async def http_exception_handler(request: Request, exc: HTTPException) -> Response:
    """Answer with the exception's status, headers and ``{"detail": …}``."""
    headers = getattr(exc, "headers", None)
    if not is_body_allowed_for_status_code(exc.status_code):
        return Response(status_code=exc.status_code, headers=headers)
    return JSONResponse({"detail": exc.detail}, status_code=exc.status_code, headers=headers)


async def request_validation_exception_handler(
    request: Request, exc: RequestValidationError
) -> JSONResponse:
    """Answer 422 with every problem listed under ``detail``."""
    problems: Any = exc.errors()
    try:
        return _answer(problems)
    except RecursionError:
        # A body may be nested deeper than it can be written again.
        return _answer([{**problem, "input": None} for problem in problems])


def _answer(problems: Any) -> JSONResponse:
    return _Problems(status_code=HTTP_422_UNPROCESSABLE_CONTENT, content={"detail": problems})


def _as_text(received: bytes) -> str:
    return received.decode(errors="replace")


def _as_it_is(problems: Any) -> bytes | None:
    """Return problems as JSON; None where something in them has to be converted first."""
    if type(problems) is not list:
        return None
    try:
        return encode_native({"detail": [_with_list(problem) for problem in problems]})
    except (ValueError, RecursionError):
        return None


def _with_list(problem: Any) -> Any:
    if type(problem) is dict and type(problem.get("loc")) is tuple:
        return {**problem, "loc": [*problem["loc"]]}
    return problem


class _Problems(JSONResponse):
    """Problems, with what was received among them, which need not be possible to send."""

    def render(self, content: Any) -> bytes:
        """Return JSON, with null for the numbers and escapes for the text that it does not have."""
        return _as_it_is(content["detail"]) or self._converted(content)

    def _converted(self, content: Any) -> bytes:
        content = jsonable_encoder(content, custom_encoder={bytes: _as_text})
        try:
            return super().render(content)
        except ValueError:
            # NaN and its kin (RFC 8259, section 6), or half of a surrogate pair (section 8.2).
            sendable = json.loads(json.dumps(content), parse_constant=lambda name: None)
            return json.dumps(sendable, separators=(",", ":")).encode("ascii")


async def websocket_request_validation_exception_handler(
    websocket: WebSocket, exc: WebSocketRequestValidationError
) -> None:
    """Close with 1008 and the first problems as text."""
    await websocket.close(code=WS_1008_POLICY_VIOLATION, reason=_as_reason(exc.errors()))


def _as_reason(errors: Any) -> str:
    text = "; ".join(
        f"{'.'.join(str(part) for part in error.get('loc', ()))}: {error.get('msg', '')}"
        for error in errors
    )
    return text.encode()[:_REASON_BYTES].decode(errors="ignore")
