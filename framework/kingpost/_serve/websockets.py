"""WebSocket operations: handshake in, messages until either side closes."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from kingpost._compile.spread import ABSENT
from kingpost._http.errors import WebSocketRequestValidationError
from kingpost._http.patches import is_patched
from kingpost._plan.model import RoutePlan
from kingpost._plan.paths import path_names
from kingpost._serve.errors import handle_exceptions
from kingpost._serve.exact import Overrides
from kingpost._serve.exits import FUNCTION_STACK, REQUEST_STACK
from kingpost._serve.observing import observation_of, step
from kingpost._serve.open_websocket import OpenWebSocket
from kingpost._serve.solving import Solver

__all__ = ["websocket_app", "websocket_handler", "websocket_session"]


def websocket_app(plan: RoutePlan, overrides: Overrides) -> ASGIApp:
    """Return an ASGI application that solves the dependencies and calls the operation.

    Args:
        plan: The WebSocket operation.
        overrides: The dependency overrides that hold now.
    """
    return websocket_session(websocket_handler(plan, overrides))


def websocket_session(func: Callable[[WebSocket], Awaitable[None]]) -> ASGIApp:
    """Return an ASGI application that hands each WebSocket to a function.

    It opens the two exit stacks and answers exceptions.

    Args:
        func: Takes the WebSocket.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        kind = WebSocket if is_patched(WebSocket) else OpenWebSocket
        websocket: WebSocket = kind(scope, receive=receive, send=send)

        async def run(scope: Scope, receive: Receive, send: Send) -> None:
            async with AsyncExitStack() as request_stack, AsyncExitStack() as function_stack:
                scope[REQUEST_STACK] = request_stack
                scope[FUNCTION_STACK] = function_stack
                await func(websocket)

        await handle_exceptions(run, websocket, scope, receive, send)

    return app


def websocket_handler(
    plan: RoutePlan, overrides: Overrides
) -> Callable[[WebSocket], Awaitable[None]]:
    """Return the handler that follows a plan.

    Args:
        plan: The WebSocket operation.
        overrides: The dependency overrides that hold now.
    """
    names = path_names(plan.path)

    async def handle(websocket: WebSocket) -> None:
        scope = websocket.scope
        solver = Solver(
            connection=websocket,
            body_plan=None,
            body=ABSENT,
            overrides=overrides(),
            path_names=names,
            function_stack=scope[FUNCTION_STACK],
            request_stack=scope[REQUEST_STACK],
        )
        call = plan.endpoint.call
        observation = observation_of(scope)
        if observation is not None:
            observation.data.websocket = websocket
        with step(scope, "dependencies", call):
            values = await solver.solve(plan.endpoint)
        if values is None:
            if observation is not None:
                observation.refuse(solver.errors)
            raise WebSocketRequestValidationError(solver.errors, endpoint_ctx=plan.context)
        if observation is not None:
            observation.data.values = values
        with step(scope, "endpoint", call):
            await call(**values)

    return handle
