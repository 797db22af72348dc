"""What has to be closed when a path operation, or its request, is over."""

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest

from kingpost._plan.model import CallKind
from kingpost._serve.exits import enter

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
