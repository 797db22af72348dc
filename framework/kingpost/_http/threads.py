"""Functions called in worker threads.

`anyio` has this; what is here does the same with a third of the work for each call. It keeps to
`anyio`'s limit of threads, and code that runs in such a thread can call back into the event loop
through ``anyio.from_thread``.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, NamedTuple, ParamSpec, TypeVar
from weakref import ref

from anyio import CancelScope, CapacityLimiter, WouldBlock
from anyio.to_thread import current_default_thread_limiter, run_sync
from starlette.concurrency import run_in_threadpool

try:
    from anyio._core._eventloop import set_current_async_library, threadlocals
    from anyio.lowlevel import current_token
except ImportError:  # An older anyio, which keeps this elsewhere.
    _HAS_SHORT_WAY = False
else:
    _HAS_SHORT_WAY = True

__all__ = ["run_beyond_limit", "run_in_thread"]

P = ParamSpec("P")
T = TypeVar("T")

_IDLE_SECONDS = 10.0
"""How long a thread waits for the next call before it ends."""


class _Call(NamedTuple):
    """What a worker is to do."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    context: Context
    loop: asyncio.AbstractEventLoop
    token: Any
    scope: CancelScope
    future: "asyncio.Future[Any]"


class _Worker(Thread):
    """A thread that makes one call after the other, for any event loop."""

    def __init__(self) -> None:
        super().__init__(name="kingpost worker", daemon=True)
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        self.give = self._calls.put

    def run(self) -> None:
        while True:
            try:
                call = self._calls.get(timeout=_IDLE_SECONDS)
            except Empty:
                if self._retires():
                    return
                continue
            self._make(call)
            del call

    def _retires(self) -> bool:
        """Tell whether nobody has chosen this thread for a call in the meantime."""
        try:
            _idle.remove(self)
        except ValueError:
            return False
        return True

    def _make(self, call: _Call) -> None:
        threadlocals.current_token = call.token
        threadlocals.current_cancel_scope = call.scope
        result, error = None, None
        try:
            result = call.context.run(call.function, *call.args, **call.kwargs)
        except BaseException as exc:  # noqa: BLE001 - it is raised where the call is awaited
            error = exc
        _idle.append(self)
        # A loop that has been closed has nobody who waits.
        with suppress(RuntimeError):
            call.loop.call_soon_threadsafe(_report, call.future, result, error)


_idle: list[_Worker] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # The child has none of these threads.


def _report(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    """Hand over what came of a call, in the thread of the event loop."""
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
        return
    if isinstance(error, StopIteration):
        # A future cannot hold it; Python itself makes this of it in coroutines (PEP 479).
        cause, error = error, RuntimeError("coroutine raised StopIteration")
        error.__cause__ = cause
    future.set_exception(error)


async def run_in_thread(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function in a worker thread, in a copy of the current context, and wait for it.

    A cancellation takes effect after the call: what the call uses must not be closed under it. No
    more calls run at once than ``anyio.to_thread.current_default_thread_limiter()`` allows.

    Args:
        function: What to call.
        args: Its positional arguments.
        kwargs: Its keyword arguments.
    """
    loop = _asyncio_loop()
    if loop is None:
        return await run_in_threadpool(function, *args, **kwargs)
    limiter, token = _of_loop(loop)
    borrower = object()
    try:
        limiter.acquire_on_behalf_of_nowait(borrower)
    except WouldBlock:
        await limiter.acquire_on_behalf_of(borrower)
    try:
        return await _run(loop, token, function, args, kwargs)
    finally:
        limiter.release_on_behalf_of(borrower)


async def run_beyond_limit(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a function as `run_in_thread` does, at once, however many calls run already."""
    loop = _asyncio_loop()
    if loop is not None:
        return await _run(loop, _of_loop(loop)[1], function, args, kwargs)
    call = partial(function, *args, **kwargs)
    with CancelScope(shield=True):
        result = await run_sync(call, limiter=CapacityLimiter(1))
    return result  # noqa: RET504 - a scope could swallow an exception, for the type checker


async def _run(
    loop: asyncio.AbstractEventLoop,
    token: Any,
    function: Callable[..., T],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> T:
    with CancelScope(shield=True) as scope:
        future: asyncio.Future[T] = loop.create_future()
        context = copy_context()
        context.run(set_current_async_library, None)
        outer = getattr(scope, "_parent_scope", None) or scope
        call = _Call(function, args, kwargs, context, loop, token, outer, future)
        _idle_worker().give(call)
        result = await future
    return result  # noqa: RET504 - as above


def _asyncio_loop() -> asyncio.AbstractEventLoop | None:
    """Return the running event loop; None if it is not asyncio's, or `anyio` has to be asked."""
    if not _HAS_SHORT_WAY:
        return None
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


_last: tuple["ref[asyncio.AbstractEventLoop]", CapacityLimiter, Any] | None = None
"""What `anyio` says of the event loop that was asked for last; to ask takes its time."""


def _of_loop(loop: asyncio.AbstractEventLoop) -> tuple[CapacityLimiter, Any]:
    """Return an event loop's limit of threads, and what stands for it in `anyio`."""
    global _last
    last = _last
    if last is None or last[0]() is not loop:
        last = _last = ref(loop), current_default_thread_limiter(), current_token()
    return last[1], last[2]


def _idle_worker() -> _Worker:
    try:
        return _idle.pop()
    except IndexError:
        worker = _Worker()
        worker.start()
        return worker
