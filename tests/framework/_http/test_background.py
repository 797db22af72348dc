from threading import current_thread

import pytest

from kingpost._http.background import BackgroundTasks


@pytest.mark.anyio
async def test_runs_in_the_order_of_adding() -> None:
    """Synchronous and asynchronous functions take turns as they were added."""
    done: list[str] = []

    async def write(word: str, *, end: str) -> None:
        done.append(word + end)

    tasks = BackgroundTasks()
    tasks.add_task(write, "one", end=".")
    tasks.add_task(done.append, "two")
    tasks.add_task(write, "three", end="!")
    await tasks()

    assert done == ["one.", "two", "three!"]


@pytest.mark.anyio
async def test_synchronous_functions_run_in_our_threads() -> None:
    """As those of operations do: in a thread, which is kept for the next."""
    names: list[str] = []
    tasks = BackgroundTasks()
    tasks.add_task(lambda: names.append(current_thread().name))
    await tasks()

    assert names == ["kingpost worker"]
