"""What happens around every request: its id, its line in the log, and the answer when it fails."""

import logging
import re
import traceback
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import internal_error_response
from app.logs import request_id

logger = logging.getLogger("app.requests")

HEADER = "X-Request-ID"
# A proxy may number requests; anything else in the header would be text of a stranger in the log.
_GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

# Asked for every few seconds by whatever watches the process.
_QUIET_PATHS = ("/health/live", "/health/ready")


class RequestLogMiddleware:
    """Numbers requests, logs each, and answers those that fail with a 500 that tells nothing.

    Args:
        app: What serves the request.
        show_errors: Log an error with its message and traceback. Messages hold the values that
            people typed, and so this is for development alone; otherwise the line names the
            error and the places it passed.
    """

    def __init__(self, app: ASGIApp, *, show_errors: bool) -> None:
        self._app = app
        self._show_errors = show_errors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        number = given if _GIVEN_ID.fullmatch(given) else uuid4().hex
        context = request_id.set(number)
        started = perf_counter()
        status = 0

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self._app(scope, receive, send_numbered)
        except Exception as error:
            self._log_error(error)
            if status:
                # The answer is half sent: only the server can break it off.
                raise
            await internal_error_response()(scope, receive, send_numbered)
        finally:
            self._log_request(scope, status, perf_counter() - started)
            request_id.reset(context)

    def _log_error(self, error: Exception) -> None:
        fields = {
            "error": type(error).__qualname__,
            "cause": type(error.__cause__).__qualname__ if error.__cause__ else None,
            "trace": [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ],
        }
        shown = error if self._show_errors else None
        logger.error("unhandled error", extra={"fields": fields}, exc_info=shown)

    def _log_request(self, scope: Scope, status: int, seconds: float) -> None:
        level = logging.DEBUG if scope["path"] in _QUIET_PATHS else logging.INFO
        fields = {
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(seconds * 1000),
        }
        logger.log(level, "request", extra={"fields": fields})
