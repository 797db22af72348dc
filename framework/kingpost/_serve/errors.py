"""Exception → answer, by the handlers that the application registered."""

from starlette._exception_handler import wrap_app_handling_exceptions
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

__all__ = ["answer_exception", "handle_exceptions"]


async def handle_exceptions(
    app: ASGIApp, connection: Request | WebSocket, scope: Scope, receive: Receive, send: Send
) -> None:
    """Run an ASGI application and answer what it raises.

    An exception without a handler is raised again, for the middleware and the server.
    """
    await wrap_app_handling_exceptions(app, connection)(scope, receive, send)


async def answer_exception(exc: Exception, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer an exception that was raised before the response started; raise it if nobody does."""

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise exc

    await handle_exceptions(fail, Request(scope, receive, send), scope, receive, send)
