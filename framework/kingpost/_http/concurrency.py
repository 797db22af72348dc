"""Threads and context managers between synchronous and asynchronous code."""

from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TypeVar

import anyio.to_thread
from anyio import CancelScope, CapacityLimiter, Semaphore
from anyio.lowlevel import RunVar
from starlette.concurrency import (
    iterate_in_threadpool,
    run_in_threadpool,
    run_until_first_complete,
)

__all__ = [
    "DependencyConcurrency",
    "asynccontextmanager",
    "contextmanager_in_threadpool",
    "iterate_in_threadpool",
    "run_in_threadpool",
    "run_until_first_complete",
]

T = TypeVar("T")


class DependencyConcurrency:
    """At most so many calls at once in an event loop.

    Args:
        limit: How many.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._semaphore: RunVar[Semaphore] = RunVar(f"concurrency of {id(self)}")

    async def acquire(self) -> None:
        """Wait for a place."""
        await self._of_this_loop().acquire()

    def release(self) -> None:
        """Give the place back."""
        self._of_this_loop().release()

    def _of_this_loop(self) -> Semaphore:
        try:
            return self._semaphore.get()
        except LookupError:
            semaphore = Semaphore(self._limit)
            self._semaphore.set(semaphore)
            return semaphore


@asynccontextmanager
async def contextmanager_in_threadpool(cm: AbstractContextManager[T]) -> AsyncGenerator[T, None]:
    """Enter and leave a synchronous context manager in worker threads.

    The exit has a limiter of its own: if it had to wait for a place in the shared pool, requests
    that hold all places and wait for what this exit frees would wait for ever. It is shielded,
    because a cancelled request must still give back what it holds.

    Args:
        cm: The context manager.
    """
    value = await run_in_threadpool(cm.__enter__)
    exit_limiter = CapacityLimiter(1)
    try:
        yield value
    except BaseException as exc:
        with CancelScope(shield=True):
            suppressed = await anyio.to_thread.run_sync(
                cm.__exit__, type(exc), exc, exc.__traceback__, limiter=exit_limiter
            )
        if not suppressed:
            raise
    else:
        with CancelScope(shield=True):
            await anyio.to_thread.run_sync(cm.__exit__, None, None, None, limiter=exit_limiter)
