"""Every exception that this package raises on purpose.

    Exception
    ├── starlette HTTPException
    │   └── HTTPException               an answer with an error status
    ├── starlette WebSocketException
    │   └── WebSocketException          closes the socket with a code and a reason
    ├── ValidationException             data that does not fit its declared type
    │   ├── RequestValidationError      … in a request (422)
    │   ├── WebSocketRequestValidationError  … in a handshake (closes with 1008)
    │   └── ResponseValidationError     … in a path operation's result (500)
    └── RuntimeError
        └── KingpostError               misuse of the framework
            ├── DependencyScopeError    a dependency outlives one that it needs
            └── PydanticV1NotSupportedError

Mistakes in a declaration are `kingpost._plan.errors.PlanError`, a `KingpostError` as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pydantic import BaseModel, ConfigDict, create_model
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.exceptions import WebSocketException as StarletteWebSocketException

__all__ = [
    "DependencyScopeError",
    "EndpointContext",
    "HTTPException",
    "KingpostDeprecationWarning",
    "KingpostError",
    "KingpostWarning",
    "NO_RESPONSE",
    "PydanticV1NotSupportedError",
    "RequestErrorModel",
    "RequestValidationError",
    "ResponseValidationError",
    "ValidationException",
    "WebSocketErrorModel",
    "WebSocketException",
    "WebSocketRequestValidationError",
]

# Tracebacks and reprs show the path that users import from, not this module's.
_PUBLIC = "kingpost.exceptions"

# Built when somebody uses them: the first model that is built in a process takes long.
_CONFIG = ConfigDict(defer_build=True)

RequestErrorModel: type[BaseModel] = create_model("Request", __config__=_CONFIG, __module__=_PUBLIC)
"""The model that errors of a request belong to, for code that builds Pydantic errors itself."""
WebSocketErrorModel: type[BaseModel] = create_model(
    "WebSocket", __config__=_CONFIG, __module__=_PUBLIC
)
"""As `RequestErrorModel`, of a handshake."""


class EndpointContext(TypedDict, total=False):
    """Where a path operation is defined, for error messages."""

    function: str
    path: str
    """Method and path, as in ``GET /items/{item_id}``."""
    file: str
    line: int


class HTTPException(StarletteHTTPException):
    """An answer with an error status, raised from anywhere in an operation or a dependency.

    Args:
        status_code: The status of the answer (RFC 9110, section 15).
        detail: Anything that can be written as JSON; sent as ``{"detail": detail}``.
            Without it the status's reason phrase is used.
        headers: Headers to add to the answer.
    """

    __module__ = _PUBLIC

    def __init__(
        self, status_code: int, detail: Any = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status_code=status_code, detail=detail, headers=headers)


class WebSocketException(StarletteWebSocketException):
    """Close a WebSocket.

    Args:
        code: The close code (RFC 6455, section 7.4).
        reason: Text of at most 123 bytes in UTF-8.
    """

    __module__ = _PUBLIC

    def __init__(self, code: int, reason: str | None = None) -> None:
        super().__init__(code=code, reason=reason)


class KingpostError(RuntimeError):
    """The framework was used in a way that cannot work."""

    __module__ = _PUBLIC


NO_RESPONSE = (
    "No response was sent: a dependency with yield caught an exception and did not raise it again. "
    "Raise it, or an HTTPException, after the clean-up."
)


class DependencyScopeError(KingpostError):
    """A dependency of request scope needs one of function scope, which ends before it."""

    __module__ = _PUBLIC


class PydanticV1NotSupportedError(KingpostError):
    """A model of Pydantic's version 1 was used; only version 2 is supported."""

    __module__ = _PUBLIC


class KingpostDeprecationWarning(UserWarning):
    """Something still works but will go.

    Not a `DeprecationWarning`, which Python hides by default.
    """

    __module__ = _PUBLIC


class KingpostWarning(UserWarning):
    """A declaration works, but hardly as it was meant."""


class ValidationException(Exception):
    """Data did not fit its declared type.

    Args:
        errors: One entry for each problem, with ``type``, ``loc``, ``msg`` and ``input``.
        endpoint_ctx: Where the path operation is defined.
    """

    __module__ = _PUBLIC

    def __init__(
        self, errors: Sequence[Any], *, endpoint_ctx: EndpointContext | None = None
    ) -> None:
        self._errors = errors
        self.endpoint_ctx = endpoint_ctx
        context: EndpointContext = endpoint_ctx or {}
        self.endpoint_function = context.get("function")
        self.endpoint_path = context.get("path")
        self.endpoint_file = context.get("file")
        self.endpoint_line = context.get("line")

    def errors(self) -> Sequence[Any]:
        """Return the problems, one entry each."""
        return self._errors

    def __str__(self) -> str:
        count = len(self._errors)
        lines = [f"{count} validation error{'' if count == 1 else 's'}:"]
        lines += [f"  {error}" for error in self._errors]
        if self.endpoint_file and self.endpoint_line and self.endpoint_function:
            place = f'  File "{self.endpoint_file}", line {self.endpoint_line}'
            lines += ["", f"{place}, in {self.endpoint_function}"]
            if self.endpoint_path:
                lines.append(f"    {self.endpoint_path}")
        elif self.endpoint_path:
            lines += ["", f"  Endpoint: {self.endpoint_path}"]
        return "\n".join(lines)


class RequestValidationError(ValidationException):
    """A request did not fit its operation; answered with 422 by default.

    Args:
        errors: As for `ValidationException`.
        body: The parsed body, for handlers that want to show it.
        endpoint_ctx: As for `ValidationException`.
    """

    __module__ = _PUBLIC

    def __init__(
        self,
        errors: Sequence[Any],
        *,
        body: Any = None,
        endpoint_ctx: EndpointContext | None = None,
    ) -> None:
        super().__init__(errors, endpoint_ctx=endpoint_ctx)
        self.body = body


class WebSocketRequestValidationError(ValidationException):
    """A WebSocket handshake did not fit its operation; closed with 1008 by default."""

    __module__ = _PUBLIC


class ResponseValidationError(ValidationException):
    """The result of a path operation did not fit its response model: a bug, answered with 500.

    Args:
        errors: As for `ValidationException`.
        body: What the path operation returned.
        endpoint_ctx: As for `ValidationException`.
    """

    __module__ = _PUBLIC

    def __init__(
        self,
        errors: Sequence[Any],
        *,
        body: Any = None,
        endpoint_ctx: EndpointContext | None = None,
    ) -> None:
        super().__init__(errors, endpoint_ctx=endpoint_ctx)
        self.body = body
