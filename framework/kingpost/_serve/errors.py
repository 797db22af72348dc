"""Exception → answer, by the handlers that the application registered."""

from starlette._exception_handler import wrap_app_handling_exceptions
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from kingpost._compile.runtime import STARTED
from kingpost._http.errors import ValidationException

__all__ = ["answer_exception", "drop", "handle_exceptions"]


async def handle_exceptions(
    app: ASGIApp, connection: Request | WebSocket, scope: Scope, receive: Receive, send: Send
) -> None:
    """Run an ASGI application and answer what it raises.

    An exception without a handler is raised again, for the middleware and the server.
    """

    async def placed(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except ValidationException as exc:
            _place(exc, scope)
            raise

    await wrap_app_handling_exceptions(placed, connection)(scope, receive, send)


def _place(exc: ValidationException, scope: Scope) -> None:
    """Let an exception name the request's method, and the path with what is mounted around it."""
    context = exc.endpoint_ctx
    if not context or "/" not in context.get("path", ""):
        return
    method = scope.get("method", "WS")
    around = scope.get("root_path", "").rstrip("/")
    path = context["path"]
    exc.endpoint_path = f"{method} {around}{path[path.index('/') :]}"
    exc.endpoint_ctx = {**context, "path": exc.endpoint_path}


async def answer_exception(
    exc: Exception,
    scope: Scope,
    receive: Receive,
    send: Send,
    started: bool,
    request: Request | None = None,
) -> None:
    """Answer what a generated handler's operation raised; raise it again if nobody does.

    Args:
        exc: The exception.
        scope: The request's scope.
        receive: Its messages, the body once more among them.
        send: Takes the answer.
        started: Whether the response had been started.
        request: What the operation received, which may hold the body that it has read.
    """

    if started:
        scope[STARTED] = True

    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        if STARTED in scope:
            # Says so to what handles exceptions: it sends nothing more, and calls no handler.
            await send({"type": "http.response.start", "status": 0, "headers": []})
        raise exc

    connection: Request | WebSocket
    if scope["type"] == "websocket":
        connection = WebSocket(scope, receive, send)
    else:
        connection = request or Request(scope, receive, send)
    await handle_exceptions(fail, connection, scope, receive, drop if STARTED in scope else send)


async def drop(message: Message) -> None:
    """Send nothing: the response has been started."""
