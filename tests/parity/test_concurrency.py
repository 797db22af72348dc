"""Many requests at once: limits of dependencies, isolation of requests."""

from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Annotated, Any

import anyio
import httpx2
import pytest

from kingpost import Depends, Kingpost, Request
from tests.parity.harness import Log, case, get, peer_of, refused

Limited = dict[str, int]


async def hold(running: Limited) -> None:
    """Count how many run at once, giving way often enough for all to start."""
    running["now"] = running.get("now", 0) + 1
    running["most"] = max(running.get("most", 0), running["now"])
    for _ in range(50):
        await anyio.lowlevel.checkpoint()
    running["now"] -= 1


def one_limit(running: Limited) -> Kingpost:
    """A dependency of which two may run at once."""
    app = Kingpost()

    async def slow() -> None:
        await hold(running)

    @app.get("/", dependencies=[Depends(slow, max_concurrency=2)])
    async def read() -> str:
        return "x"

    return app


def no_limit(running: Limited) -> Kingpost:
    """The same without a limit."""
    app = Kingpost()

    async def slow() -> None:
        await hold(running)

    @app.get("/", dependencies=[Depends(slow)])
    async def read() -> str:
        return "x"

    return app


def shared_limit(running: Limited) -> Kingpost:
    """One marker in two operations: one limit for both."""
    app = Kingpost()

    async def slow() -> None:
        await hold(running)

    Slow = Annotated[None, Depends(slow, max_concurrency=1)]  # noqa: N806 - a type

    @app.get("/")
    async def read(_: Slow) -> str:
        return "x"

    @app.get("/other")
    async def other(_: Slow) -> str:
        return "x"

    return app


def two_limits(running: Limited) -> Kingpost:
    """Two markers for one function: a limit each."""
    app = Kingpost()

    async def slow() -> None:
        await hold(running)

    @app.get("/", dependencies=[Depends(slow, max_concurrency=1)])
    async def read() -> str:
        return "x"

    @app.get("/other", dependencies=[Depends(slow, max_concurrency=1)])
    async def other() -> str:
        return "x"

    return app


def held_until_exit(running: Limited) -> Kingpost:
    """A generator holds its place until it is left, so while the endpoint runs."""
    app = Kingpost()

    async def resource() -> AsyncIterator[None]:
        yield

    @app.get("/", dependencies=[Depends(resource, max_concurrency=1)])
    async def read() -> str:
        await hold(running)
        return "x"

    return app


async def _most_at_once(app: Any, running: Limited, paths: list[str]) -> int:
    transport = httpx2.ASGITransport(app=app)
    async with (
        httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
        anyio.create_task_group() as tasks,
    ):
        for path in paths:
            tasks.start_soon(client.get, path)
    return running["most"]


@pytest.mark.parametrize(
    ("build", "paths", "most"),
    [
        (no_limit, ["/"] * 6, 6),
        (one_limit, ["/"] * 6, 2),
        (held_until_exit, ["/"] * 6, 1),
        (shared_limit, ["/", "/other"] * 3, 1),
        (two_limits, ["/", "/other"] * 3, 2),
    ],
)
def test_limits_of_dependencies(build: Any, paths: list[str], most: int) -> None:
    """max_concurrency bounds how many run at once; a limit belongs to its marker."""
    for declare in (build, peer_of(build)):
        running: Limited = {}

        assert anyio.run(_most_at_once, declare(running), running, paths) == most


def isolated() -> Kingpost:
    """Values of one request, seen by its own dependencies and endpoint alone."""
    variable: ContextVar[str] = ContextVar("variable", default="unset")
    app = Kingpost()

    async def assign(request: Request, name: str) -> str:
        variable.set(name)
        request.state.name = name
        await anyio.lowlevel.checkpoint()
        return name

    @app.get("/")
    async def read(request: Request, name: str, own: Annotated[str, Depends(assign)]) -> list[str]:
        await anyio.lowlevel.checkpoint()
        return [name, own, request.state.name, variable.get()]

    return app


async def _answers(app: Any) -> list[Any]:
    answers: dict[int, Any] = {}
    transport = httpx2.ASGITransport(app=app)

    async def ask(client: httpx2.AsyncClient, number: int) -> None:
        answers[number] = (await client.get("/", params={"name": f"n{number}"})).json()

    async with (
        httpx2.AsyncClient(transport=transport, base_url="http://test") as client,
        anyio.create_task_group() as tasks,
    ):
        for number in range(20):
            tasks.start_soon(ask, client, number)
    return [answers[number] for number in range(20)]


def test_requests_do_not_see_each_other() -> None:
    """Interleaved requests keep their parameters, dependencies, state and context apart."""
    expected = [[f"n{number}"] * 4 for number in range(20)]

    assert anyio.run(_answers, isolated()) == expected
    assert anyio.run(_answers, peer_of(isolated)()) == expected


@case(get("/?q=1"), get("/?q=x", 422))
def test_limit_and_cache(log: Log) -> Kingpost:
    """A cached value takes no place: a limit of one serves two users of one value."""

    def value(q: int) -> int:
        log.append("value")
        return q

    Value = Annotated[int, Depends(value, max_concurrency=1)]  # noqa: N806 - a type
    app = Kingpost()

    def other(value: Value) -> int:
        return value

    @app.get("/")
    def read(one: Value, two: Annotated[int, Depends(other)]) -> list[int]:
        return [one, two]

    return app


@refused(ValueError)
def test_limit_of_zero_is_refused() -> Kingpost:
    """A limit is at least one."""
    Depends(lambda: None, max_concurrency=0)
    return Kingpost()


@refused(ValueError)
def test_boolean_limit_is_refused() -> Kingpost:
    """A limit is no truth value."""
    Depends(lambda: None, max_concurrency=True)
    return Kingpost()


@refused(ValueError)
def test_fractional_limit_is_refused() -> Kingpost:
    """A limit is a whole number."""
    Depends(lambda: None, max_concurrency=1.5)  # type: ignore[arg-type]  # the mistake is the case
    return Kingpost()
