"""What this package raises on purpose."""

from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.exceptions import WebSocketException as StarletteWebSocketException

from kingpost._http.errors import (
    DependencyScopeError,
    EndpointContext,
    HTTPException,
    KingpostDeprecationWarning,
    KingpostError,
    PydanticV1NotSupportedError,
    RequestErrorModel,
    RequestValidationError,
    ResponseValidationError,
    ValidationException,
    WebSocketErrorModel,
    WebSocketException,
    WebSocketRequestValidationError,
)

__all__ = [
    "DependencyScopeError",
    "EndpointContext",
    "HTTPException",
    "KingpostDeprecationWarning",
    "KingpostError",
    "PydanticV1NotSupportedError",
    "RequestErrorModel",
    "RequestValidationError",
    "ResponseValidationError",
    "StarletteHTTPException",
    "StarletteWebSocketException",
    "ValidationException",
    "WebSocketErrorModel",
    "WebSocketException",
    "WebSocketRequestValidationError",
]
