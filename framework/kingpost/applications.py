"""The application class."""

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, ExceptionHandler, Lifespan, Receive, Scope, Send

from kingpost._declare.markers import Depends
from kingpost._http.datastructures import Default, DefaultPlaceholder
from kingpost._http.errors import (
    KingpostDeprecationWarning,
    RequestValidationError,
    WebSocketRequestValidationError,
)
from kingpost._http.types import DecoratedCallable, IncEx
from kingpost._openapi.document import build_document as get_openapi
from kingpost._openapi.pages import (
    get_redoc_html,
    get_swagger_ui_html,
    get_swagger_ui_oauth2_redirect_html,
)
from kingpost._serve.application import AppType, Kingpost
from kingpost._serve.exits import AsyncExitStackMiddleware
from kingpost._serve.handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)
from kingpost._serve.route import generate_unique_id
from kingpost._telemetry.settings import TelemetryConfig

__all__ = [
    "get_openapi",
    "ASGIApp",
    "AppType",
    "AsyncExitStackMiddleware",
    "BaseHTTPMiddleware",
    "BaseRoute",
    "DecoratedCallable",
    "Default",
    "DefaultPlaceholder",
    "Depends",
    "ExceptionHandler",
    "ExceptionMiddleware",
    "HTMLResponse",
    "HTTPException",
    "IncEx",
    "JSONResponse",
    "Kingpost",
    "KingpostDeprecationWarning",
    "Lifespan",
    "Middleware",
    "Receive",
    "Request",
    "RequestValidationError",
    "Response",
    "Scope",
    "Send",
    "ServerErrorMiddleware",
    "Starlette",
    "State",
    "TelemetryConfig",
    "WebSocketRequestValidationError",
    "generate_unique_id",
    "get_redoc_html",
    "get_swagger_ui_html",
    "get_swagger_ui_oauth2_redirect_html",
    "http_exception_handler",
    "request_validation_exception_handler",
    "websocket_request_validation_exception_handler",
]
