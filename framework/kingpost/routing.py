"""Routers and routes."""

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Match, Mount, NoMatchFound, compile_path, get_name
from starlette.websockets import WebSocket

from kingpost._serve.contexts import RouteContext, iter_route_contexts
from kingpost._serve.exact import request_response
from kingpost._serve.route import APIRoute, APIWebSocketRoute
from kingpost._serve.router import APIRouter
from kingpost._serve.standalone import (
    get_request_handler,
    get_websocket_app,
    run_endpoint_function,
    serialize_response,
)
from kingpost._serve.websockets import websocket_session

__all__ = [
    "APIRoute",
    "APIRouter",
    "APIWebSocketRoute",
    "BaseRoute",
    "HTTPException",
    "JSONResponse",
    "Match",
    "Middleware",
    "Mount",
    "NoMatchFound",
    "Request",
    "Response",
    "RouteContext",
    "WebSocket",
    "compile_path",
    "get_name",
    "get_request_handler",
    "get_websocket_app",
    "iter_route_contexts",
    "request_response",
    "run_endpoint_function",
    "serialize_response",
    "websocket_session",
]
