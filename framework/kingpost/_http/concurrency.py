"""Threads and context managers between synchronous and asynchronous code."""

from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from types import TracebackType
from typing import Any, Generic, TypeVar

from anyio import Semaphore
from anyio.lowlevel import RunVar
from starlette.concurrency import (
    iterate_in_threadpool,
    run_in_threadpool,
    run_until_first_complete,
)

from kingpost._http.threads import run_beyond_limit, run_in_thread

__all__ = [
    "NO_VALUE",
    "DependencyConcurrency",
    "GeneratorContext",
    "asynccontextmanager",
    "contextmanager_in_threadpool",
    "iterate_in_threadpool",
    "refuse_second_value",
    "run_in_threadpool",
    "run_until_first_complete",
    "throw_into",
]

_T = TypeVar("_T")

NO_VALUE = "generator didn't yield"
"""What is said of a generator that should have."""


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


class GeneratorContext(Generic[_T]):
    """An asynchronous generator as a context manager.

    What the standard library's ``asynccontextmanager`` makes of a generator function, with less
    work for each use.

    Args:
        generator: Yields the value once.
    """

    __slots__ = ("_generator",)

    def __init__(self, generator: AsyncGenerator[_T, None]) -> None:
        self._generator = generator

    async def __aenter__(self) -> _T:
        try:
            return await anext(self._generator)
        except StopAsyncIteration:
            raise RuntimeError(NO_VALUE) from None

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if exc is not None:
            return await throw_into(self._generator, exc)
        try:
            await anext(self._generator)
        except StopAsyncIteration:
            return False
        await refuse_second_value(self._generator)
        return False


async def throw_into(generator: AsyncGenerator[Any, None], exc: BaseException) -> bool:
    """Raise an exception where a generator waits; return whether it has swallowed it.

    Args:
        generator: Has yielded its value.
        exc: The exception.

    Raises:
        RuntimeError: The generator yields once more.
    """
    traceback = exc.__traceback__
    try:
        await generator.athrow(exc)
    except StopAsyncIteration as stop:
        return stop is not exc
    except RuntimeError as error:
        # Python makes a RuntimeError of the exceptions that end iterations.
        wrapped = isinstance(exc, StopIteration | StopAsyncIteration)
        if error is not exc and not (wrapped and error.__cause__ is exc):
            raise
        exc.__traceback__ = traceback
        return False
    except BaseException as error:
        if error is not exc:
            raise
        exc.__traceback__ = traceback
        return False
    await refuse_second_value(generator, "generator didn't stop after athrow()")
    return False


async def refuse_second_value(
    generator: AsyncGenerator[Any, None], message: str = "generator didn't stop"
) -> None:
    """End a generator that has yielded twice.

    Raises:
        RuntimeError: Always.
    """
    try:
        raise RuntimeError(message)
    finally:
        await generator.aclose()


@asynccontextmanager
async def contextmanager_in_threadpool(cm: AbstractContextManager[_T]) -> AsyncGenerator[_T, None]:
    """Enter and leave a synchronous context manager in worker threads.

    The exit does not count for the limit of threads: if it had to wait for a place, requests that
    hold all places and wait for what this exit frees would wait for ever. It runs even when the
    request is cancelled, because that must still give back what it holds.

    Args:
        cm: The context manager.
    """
    value = await run_in_thread(cm.__enter__)
    try:
        yield value
    except BaseException as exc:
        if not await run_beyond_limit(cm.__exit__, type(exc), exc, exc.__traceback__):
            raise
    else:
        await run_beyond_limit(cm.__exit__, None, None, None)
