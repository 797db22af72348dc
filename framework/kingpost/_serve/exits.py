"""What has to be closed when a path operation, or its request, is over."""

from collections.abc import Callable
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost._http.concurrency import contextmanager_in_threadpool
from kingpost._plan.model import CallKind

__all__ = ["FORM_STACK", "FUNCTION_STACK", "REQUEST_STACK", "AsyncExitStackMiddleware", "enter"]

FUNCTION_STACK = "kingpost.function_stack"
"""The scope's key of the stack that is closed before the response is sent."""
REQUEST_STACK = "kingpost.request_stack"
"""The scope's key of the stack that is closed after the response and the background tasks."""

FORM_STACK = "kingpost.form_stack"
"""The scope's key of the stack that is closed last: handlers of exceptions may read the files."""


async def enter(
    stack: AsyncExitStack, kind: CallKind, call: Callable[..., Any], values: dict[str, Any]
) -> Any:
    """Run a dependency up to its `yield` and leave the rest to the stack.

    Args:
        stack: The stack of the dependency's scope.
        kind: One of the two kinds of generator.
        call: The dependency.
        values: Its keyword arguments.

    Returns:
        What it yields.
    """
    if kind is CallKind.ASYNC_GENERATOR:
        return await stack.enter_async_context(asynccontextmanager(call)(**values))
    manager = contextmanager_in_threadpool(contextmanager(call)(**values))
    return await stack.enter_async_context(manager)


class AsyncExitStackMiddleware:
    """Gives each request a stack for what has to be closed when the application has answered it.

    An application of ours has no need of it; middleware and packages that put something on such a
    stack do.

    Args:
        app: The application inside.
        context_name: The scope's key of the stack; by default the one of FastAPI's, where others
            look for it.
    """

    def __init__(self, app: ASGIApp, context_name: str = "fastapi_middleware_astack") -> None:
        self.app = app
        self.context_name = context_name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with AsyncExitStack() as stack:
            scope[self.context_name] = stack
            await self.app(scope, receive, send)
