"""What runs before the first request and after the last."""

import inspect
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from contextlib import contextmanager as make_contextmanager
from typing import Any

from kingpost._http.concurrency import contextmanager_in_threadpool

__all__ = ["Lifespan", "as_lifespan", "merge", "run_handlers"]

Lifespan = (
    Callable[[Any], AbstractAsyncContextManager[None]]
    | Callable[[Any], AbstractAsyncContextManager[Mapping[str, Any]]]
)


def as_lifespan(lifespan: Callable[[Any], Any]) -> Lifespan:
    """Return a context manager factory; bare generator functions are wrapped."""
    if inspect.isasyncgenfunction(lifespan):
        return asynccontextmanager(lifespan)
    if inspect.isgeneratorfunction(lifespan):
        factory = make_contextmanager(lifespan)

        def lifted(app: Any) -> AbstractAsyncContextManager[Any]:
            return contextmanager_in_threadpool(factory(app))

        return lifted
    return lifespan


def run_handlers(
    startup: Sequence[Callable[[], Any]], shutdown: Sequence[Callable[[], Any]]
) -> Lifespan:
    """Return a lifespan that calls the handlers, which may be added to until it runs."""

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        await _call_each(startup)
        yield
        await _call_each(shutdown)

    return lifespan


async def _call_each(handlers: Sequence[Callable[[], Any]]) -> None:
    for handler in handlers:
        result = handler()
        if inspect.isawaitable(result):
            await result


def merge(outer: Lifespan, inner: Callable[[], Lifespan]) -> Lifespan:
    """Return a lifespan that enters `outer`, then `inner`; the state of `outer` wins.

    Args:
        outer: The including router's.
        inner: Returns the included router's, as it is when the application starts.
    """

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[Any]:
        async with AsyncExitStack() as stack:
            outer_state = await stack.enter_async_context(outer(app))
            inner_state = await stack.enter_async_context(inner()(app))
            if outer_state is None and inner_state is None:
                yield None
            else:
                yield {**(inner_state or {}), **(outer_state or {})}

    return lifespan
