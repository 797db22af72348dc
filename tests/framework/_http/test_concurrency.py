import threading
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import pytest

from kingpost._http.concurrency import contextmanager_in_threadpool

pytestmark = pytest.mark.anyio


class Resource:
    """Records in which thread it was entered and left, and with what."""

    def __init__(self, *, suppresses: bool = False) -> None:
        self.events: list[str] = []
        self.threads: set[int] = set()
        self.suppresses = suppresses

    def __enter__(self) -> str:
        self.threads.add(threading.get_ident())
        self.events.append("enter")
        return "value"

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self.threads.add(threading.get_ident())
        self.events.append(f"exit {kind.__name__ if kind else None}")
        return self.suppresses


def fail() -> None:
    """Fail."""
    raise ValueError("broken")


async def test_enters_and_leaves_outside_the_event_loop() -> None:
    """Neither half may block the other requests."""
    resource = Resource()

    async with contextmanager_in_threadpool(resource) as value:
        assert value == "value"

    assert resource.events == ["enter", "exit None"]
    assert threading.get_ident() not in resource.threads


async def test_passes_on_an_exception() -> None:
    """The context manager sees what went wrong, and it goes on."""
    resource = Resource()

    with pytest.raises(ValueError, match="broken"):
        async with contextmanager_in_threadpool(resource):
            raise ValueError("broken")

    assert resource.events == ["enter", "exit ValueError"]


async def test_lets_an_exception_be_suppressed() -> None:
    """A context manager may take an exception for itself."""
    resource = Resource(suppresses=True)

    async with contextmanager_in_threadpool(resource):
        fail()

    assert resource.events == ["enter", "exit ValueError"]


async def test_replaces_an_exception() -> None:
    """What the exit raises instead is what comes out."""

    @contextmanager
    def translate() -> Iterator[None]:
        try:
            yield
        except ValueError as exc:
            raise LookupError("translated") from exc

    with pytest.raises(LookupError, match="translated"):
        async with contextmanager_in_threadpool(translate()):
            raise ValueError("broken")


async def test_does_not_wait_for_the_pool_to_leave() -> None:
    """When all threads wait for what this exit frees, it still gets one."""
    resource = Resource()
    limiter = anyio.to_thread.current_default_thread_limiter()

    async with contextmanager_in_threadpool(resource):
        for waiting_request in range(int(limiter.total_tokens)):
            limiter.acquire_on_behalf_of_nowait(waiting_request)
    for waiting_request in range(int(limiter.total_tokens)):
        limiter.release_on_behalf_of(waiting_request)

    assert resource.events == ["enter", "exit None"]


async def test_leaves_when_cancelled() -> None:
    """A request that is given up still gives back what it holds."""
    resource = Resource()

    with anyio.CancelScope() as scope:
        async with contextmanager_in_threadpool(resource):
            scope.cancel()
            await anyio.sleep_forever()

    assert resource.events == ["enter", f"exit {anyio.get_cancelled_exc_class().__name__}"]
