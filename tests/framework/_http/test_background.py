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
