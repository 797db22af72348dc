"""What runs before the first request and after the last."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from kingpost._serve.lifespan import Lifespan, as_lifespan, merge, run_handlers

pytestmark = pytest.mark.anyio


def lifespan(log: list[str], name: str, state: Mapping[str, Any] | None) -> Lifespan:
    """A lifespan that notes when it begins and ends."""

    @asynccontextmanager
    async def run(app: Any) -> AsyncIterator[Any]:
        log.append(f"{name} begins")
        yield state
        log.append(f"{name} ends")

    return run


async def test_handlers_run_in_order_and_may_come_late() -> None:
    """Functions and coroutine functions, also those added after the lifespan was made."""
    log: list[str] = []
    startup: list[Any] = [lambda: log.append("a")]
    context = run_handlers(startup, [lambda: log.append("z")])

    async def late() -> None:
        log.append("late")

    startup.append(late)
    async with context(None):
        log.append("serving")

    assert log == ["a", "late", "serving", "z"]


async def test_merged_lifespans_nest() -> None:
    """The outer one begins first and ends last; its keys win."""
    log: list[str] = []
    outer = lifespan(log, "outer", {"a": 1, "b": 1})
    inner = lifespan(log, "inner", {"b": 2, "c": 2})

    async with merge(outer, lambda: inner)(None) as state:
        assert state == {"a": 1, "b": 1, "c": 2}

    assert log == ["outer begins", "inner begins", "inner ends", "outer ends"]


async def test_no_state_stays_no_state() -> None:
    """A server without support for state must not be asked for it."""
    log: list[str] = []
    merged = merge(lifespan(log, "a", None), lambda: lifespan(log, "b", None))

    async with merged(None) as state:
        assert state is None


async def test_bare_generators_are_lifespans() -> None:
    """Both kinds of generator function are wrapped, a context manager factory is kept."""

    async def asynchronous(app: Any) -> AsyncIterator[dict[str, int]]:
        yield {"a": app}

    def synchronous(app: Any) -> Iterator[dict[str, int]]:
        yield {"a": app}

    for generator in (asynchronous, synchronous):
        async with as_lifespan(generator)(3) as state:
            assert state == {"a": 3}
    kept = lifespan([], "x", None)
    assert as_lifespan(kept) is kept
