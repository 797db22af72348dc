"""What has to be closed when a path operation, or its request, is over."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from kingpost._plan.model import CallKind
from kingpost._serve.exits import AsyncExitStackMiddleware, enter

pytestmark = pytest.mark.anyio


async def test_generators_end_with_their_stack_innermost_first() -> None:
    """Both kinds run to their yield at once, and on from it when the stack is closed."""
    log: list[str] = []

    async def asynchronous(name: str) -> AsyncIterator[str]:
        yield name
        log.append(name)

    def synchronous(name: str) -> Iterator[int]:
        yield threading.get_ident()
        log.append(name)

    async with AsyncExitStack() as stack:
        kinds = CallKind.ASYNC_GENERATOR, CallKind.SYNC_GENERATOR
        assert await enter(stack, kinds[0], asynchronous, {"name": "a"}) == "a"
        thread = await enter(stack, kinds[1], synchronous, {"name": "s"})
        assert thread != threading.get_ident()
        assert log == []

    assert log == ["s", "a"]


async def test_an_exception_reaches_the_generator() -> None:
    """It is raised at the yield, and may be replaced there."""

    async def converts() -> AsyncIterator[None]:
        try:
            yield
        except KeyError as exc:
            raise ValueError("converted") from exc

    async def fail() -> None:
        async with AsyncExitStack() as stack:
            await enter(stack, CallKind.ASYNC_GENERATOR, converts, {})
            raise KeyError

    with pytest.raises(ValueError, match="converted"):
        await fail()


async def test_middleware_closes_what_was_put_on_its_stack() -> None:
    """After the application, whether it fails or not; an error goes on its way."""
    log: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        scope["kept"].callback(log.append, "closed")
        log.append("answered")
        if scope["type"] == "websocket":
            raise LookupError

    middleware = AsyncExitStackMiddleware(app, context_name="kept")
    await middleware({"type": "http"}, None, None)  # type: ignore[arg-type]
    with pytest.raises(LookupError):
        await middleware({"type": "websocket"}, None, None)  # type: ignore[arg-type]

    assert log == ["answered", "closed"] * 2
