"""What has to be closed when a path operation, or its request, is over."""

from collections.abc import Callable
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

from kingpost._http.concurrency import contextmanager_in_threadpool
from kingpost._plan.model import CallKind

__all__ = ["FUNCTION_STACK", "REQUEST_STACK", "enter"]

FUNCTION_STACK = "kingpost.function_stack"
"""The scope's key of the stack that is closed before the response is sent."""
REQUEST_STACK = "kingpost.request_stack"
"""The scope's key of the stack that is closed after the response and the background tasks."""


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
