"""Routers and routes."""

import sys

from pydantic_core import PydanticUndefined as Undefined
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.datastructures import URL, URLPath
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Match, Mount, NoMatchFound, compile_path, get_name
from starlette.staticfiles import StaticFiles
from starlette.types import AppType, ASGIApp, Lifespan, Receive, Scope, Send
from starlette.websockets import WebSocket

from kingpost._declare.contexts import RouteContext, iter_route_contexts
from kingpost._http.datastructures import Default, DefaultPlaceholder
from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import (
    EndpointContext,
    KingpostError,
    RequestValidationError,
    ResponseValidationError,
    WebSocketRequestValidationError,
)
from kingpost._http.events import (
    KEEPALIVE_COMMENT,
    EventSourceResponse,
    ServerSentEvent,
    format_sse_event,
)
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._http.types import DecoratedCallable, IncEx
from kingpost._http.unset import get_value_or_default
from kingpost._plan.dependants import Dependant, get_dependant, get_parameterless_sub_dependant
from kingpost._plan.fields import ModelField, lenient_issubclass
from kingpost._plan.response import create_model_field
from kingpost._plan.response import stream_item_type as get_stream_item_type
from kingpost._plan.signature import get_typed_return_annotation
from kingpost._serve.exact import request_response
from kingpost._serve.route import APIRoute, APIWebSocketRoute, generate_unique_id
from kingpost._serve.router import APIRouter
from kingpost._serve.seams import watch
from kingpost._serve.standalone import (
    SolvedDependency,
    get_request_handler,
    get_websocket_app,
    run_endpoint_function,
    serialize_response,
    solve_dependencies,
)
from kingpost._serve.websockets import websocket_session
from kingpost._telemetry.data import get_telemetry_data

__all__ = [
    "APIRoute",
    "APIRouter",
    "APIWebSocketRoute",
    "ASGIApp",
    "AppType",
    "BaseRoute",
    "DecoratedCallable",
    "Default",
    "DefaultPlaceholder",
    "Dependant",
    "EndpointContext",
    "EventSourceResponse",
    "HTTPException",
    "IncEx",
    "JSONResponse",
    "KEEPALIVE_COMMENT",
    "KingpostError",
    "Lifespan",
    "Match",
    "Middleware",
    "ModelField",
    "Mount",
    "NoMatchFound",
    "PlainTextResponse",
    "Receive",
    "RedirectResponse",
    "Request",
    "RequestValidationError",
    "Response",
    "ResponseValidationError",
    "RouteContext",
    "Scope",
    "Send",
    "ServerSentEvent",
    "SolvedDependency",
    "StaticFiles",
    "StreamingResponse",
    "URL",
    "URLPath",
    "Undefined",
    "WebSocket",
    "WebSocketRequestValidationError",
    "compile_path",
    "create_model_field",
    "format_sse_event",
    "generate_unique_id",
    "get_dependant",
    "get_name",
    "get_parameterless_sub_dependant",
    "get_request_handler",
    "get_stream_item_type",
    "get_telemetry_data",
    "get_typed_return_annotation",
    "get_value_or_default",
    "get_websocket_app",
    "is_body_allowed_for_status_code",
    "iter_route_contexts",
    "iterate_in_threadpool",
    "jsonable_encoder",
    "lenient_issubclass",
    "request_response",
    "run_endpoint_function",
    "run_in_threadpool",
    "serialize_response",
    "solve_dependencies",
    "websocket_session",
]

_replaceable = watch(sys.modules[__name__])
