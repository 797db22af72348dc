"""Functions called in worker threads."""

import asyncio
import contextvars
import threading
import time
from collections.abc import Callable

import anyio
import anyio.from_thread
import anyio.lowlevel
import anyio.to_thread
import pytest

from kingpost._http import threads
from kingpost._http.threads import run_beyond_limit, run_in_thread

pytestmark = pytest.mark.anyio

variable = contextvars.ContextVar("variable", default="nothing")


@pytest.fixture(params=["short", "long"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The short way, and that by `anyio`: an older one keeps its state elsewhere."""
    if request.param == "long":
        monkeypatch.setattr(threads, "_HAS_SHORT_WAY", False)
    return str(request.param)


@pytest.mark.parametrize("run", [run_in_thread, run_beyond_limit])
async def test_calls_in_another_thread(run: Callable[..., object]) -> None:
    """With positional and keyword arguments; the value comes back."""

    def function(a: int, *, b: int) -> tuple[int, int]:
        return a + b, threading.get_ident()

    value, thread = await run(function, 1, b=2)  # type: ignore[misc]

    assert value == 3
    assert thread != threading.get_ident()


@pytest.mark.parametrize("error", [ValueError("broken"), KeyboardInterrupt(), SystemExit(2)])
async def test_raises_what_the_function_raises(error: BaseException) -> None:
    """In the task that waits."""

    def function() -> None:
        raise error

    with pytest.raises(type(error)) as raised:
        await run_in_thread(function)
    assert raised.value is error


async def test_an_end_of_iteration_is_an_error() -> None:
    """A coroutine cannot raise StopIteration (PEP 479)."""

    def function() -> None:
        raise StopIteration

    with pytest.raises(RuntimeError, match="StopIteration"):
        await run_in_thread(function)


async def test_sees_the_context_and_leaves_it_alone() -> None:
    """The function runs in a copy of the context."""
    variable.set("outside")

    def function() -> str:
        seen = variable.get()
        variable.set("inside")
        return seen

    assert await run_in_thread(function) == "outside"
    assert variable.get() == "outside"


async def test_code_in_a_thread_can_call_back() -> None:
    """`anyio.from_thread` knows the event loop."""

    async def answer() -> str:
        await anyio.lowlevel.checkpoint()
        return f"{threading.get_ident()}"

    def function() -> str:
        return anyio.from_thread.run(answer)

    assert await run_in_thread(function) == str(threading.get_ident())


async def test_keeps_to_the_limit_of_threads() -> None:
    """As many calls at once as `anyio`'s limiter allows, and no more."""
    limiter = anyio.to_thread.current_default_thread_limiter()
    before, limiter.total_tokens = limiter.total_tokens, 2
    running, most, lock = 0, 0, threading.Lock()

    def function() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with lock:
            running -= 1

    try:
        async with anyio.create_task_group() as group:
            for _ in range(6):
                group.start_soon(run_in_thread, function)
    finally:
        limiter.total_tokens = before

    assert most == 2
    assert limiter.borrowed_tokens == 0


async def test_beyond_the_limit_there_is_no_waiting() -> None:
    """What frees a place must not wait for one."""
    limiter = anyio.to_thread.current_default_thread_limiter()
    before, limiter.total_tokens = limiter.total_tokens, 1

    def waiting() -> str:
        return anyio.from_thread.run(run_beyond_limit, lambda: "done")

    try:
        assert await run_in_thread(waiting) == "done"
    finally:
        limiter.total_tokens = before


async def test_a_cancellation_waits_for_the_function() -> None:
    """What the function uses is not closed under it."""
    started, ended = threading.Event(), False

    def function() -> None:
        nonlocal ended
        started.set()
        time.sleep(0.02)
        ended = True

    async def cancel(scope: anyio.CancelScope) -> None:
        await run_beyond_limit(started.wait, 5)
        scope.cancel()

    async with anyio.create_task_group() as group:
        group.start_soon(cancel, group.cancel_scope)
        await run_in_thread(function)

    assert ended


async def test_code_in_a_thread_can_ask_whether_it_is_cancelled() -> None:
    """`check_cancelled` looks at the scope around the call."""
    started = threading.Event()

    def function() -> None:
        started.set()
        for _ in range(200):
            anyio.from_thread.check_cancelled()
            time.sleep(0.005)

    async def cancel(scope: anyio.CancelScope) -> None:
        await run_beyond_limit(started.wait, 5)
        scope.cancel()

    with anyio.CancelScope() as scope:
        async with anyio.create_task_group() as group:
            group.start_soon(cancel, scope)
            await run_in_thread(function)

    assert scope.cancelled_caught


def test_threads_serve_one_event_loop_after_the_other(way: str) -> None:
    """A thread is not lost with the event loop that it served."""
    used = {asyncio.run(run_in_thread(threading.get_ident)) for _ in range(5)}

    assert way == "long" or len(used) == 1


def test_an_idle_thread_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads do not stay for ever after one busy moment."""
    monkeypatch.setattr(threads, "_IDLE_SECONDS", 0.01)
    threads._idle.clear()
    thread = asyncio.run(run_in_thread(threading.current_thread))

    thread.join(5)

    assert not thread.is_alive()
    assert threads._idle == []


def test_which_threads_these_are(way: str) -> None:
    """The short way is the one that is taken with the `anyio` that is installed."""
    names = {"short": "kingpost worker", "long": "AnyIO worker thread"}
    assert asyncio.run(run_in_thread(threading.current_thread)).name == names[way]
