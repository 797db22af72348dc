"""The incoming side, as Starlette provides it."""

from starlette.requests import HTTPConnection, Request
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

__all__ = ["HTTPConnection", "Request", "WebSocket", "WebSocketDisconnect", "WebSocketState"]
