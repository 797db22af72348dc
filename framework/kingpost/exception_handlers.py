"""The default answers to errors, to call from handlers of one's own."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import RequestValidationError, WebSocketRequestValidationError
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._serve.handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)

__all__ = [
    "HTTPException",
    "JSONResponse",
    "Request",
    "RequestValidationError",
    "Response",
    "WebSocket",
    "WebSocketRequestValidationError",
    "http_exception_handler",
    "is_body_allowed_for_status_code",
    "jsonable_encoder",
    "request_validation_exception_handler",
    "websocket_request_validation_exception_handler",
]
