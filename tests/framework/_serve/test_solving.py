"""Plan and request to the values of a call."""

import threading
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Annotated, Any

import anyio
import pytest
from starlette.requests import Request

from kingpost import BackgroundTasks, Depends, HTTPException, Response
from kingpost._compile.spread import ABSENT
from kingpost._plan.dependencies import plan_call
from kingpost._serve.solving import Solver

pytestmark = pytest.mark.anyio

Overrides = dict[Callable[..., Any], Callable[..., Any]]


async def solve(
    function: Callable[..., Any], query: str = "", overrides: Overrides | None = None
) -> tuple[dict[str, Any] | None, Solver]:
    """Solve a function's arguments for a request."""
    async with AsyncExitStack() as stack:
        solver = Solver(
            connection=Request(
                {"type": "http", "query_string": query.encode(), "headers": [], "path_params": {}}
            ),
            body_plan=None,
            body=ABSENT,
            overrides=overrides or {},
            path_names=frozenset(),
            function_stack=stack,
            request_stack=stack,
        )
        return await solver.solve(plan_call(function, path_names=frozenset())), solver


async def test_a_dependency_with_an_error_is_not_called_but_later_ones_are() -> None:
    """All errors are collected."""
    called: list[str] = []

    def bad(n: int) -> None:
        called.append("bad")

    def good() -> None:
        called.append("good")

    def endpoint(
        a: Annotated[None, Depends(bad)], b: Annotated[None, Depends(good)], m: int
    ) -> None:
        """Take three."""

    values, solver = await solve(endpoint, "n=x")

    assert values is None
    assert called == ["good"]
    assert [error["loc"] for error in solver.errors] == [("query", "n"), ("query", "m")]


async def test_an_exception_wins_over_collected_errors() -> None:
    """The dependency that raises decides."""

    def refuse() -> None:
        raise HTTPException(403)

    def endpoint(n: int, a: Annotated[None, Depends(refuse)]) -> None:
        """Take two."""

    with pytest.raises(HTTPException):
        await solve(endpoint)


async def test_an_override_is_called_with_parameters_of_its_own() -> None:
    """It takes the place of what the operation declared."""

    def declared(a: int) -> int:
        return a

    def override(b: int) -> int:
        return b * 10

    def endpoint(value: Annotated[int, Depends(declared)]) -> None:
        """Take one."""

    values, _ = await solve(endpoint, "b=2", {declared: override})

    assert values == {"value": 20}


async def test_the_injected_objects_are_shared() -> None:
    """One response and one list of tasks for everything in a request."""

    def dependency(response: Response, tasks: BackgroundTasks) -> Any:
        return response, tasks

    def endpoint(
        value: Annotated[Any, Depends(dependency)], response: Response, tasks: BackgroundTasks
    ) -> None:
        """Take three."""

    values, solver = await solve(endpoint)

    assert values is not None
    assert values["value"][0] is values["response"] is solver.response
    assert values["value"][1] is values["tasks"] is solver.background


async def test_synchronous_dependencies_run_in_threads() -> None:
    """They must not hold up the event loop."""

    def thread() -> int:
        return threading.get_ident()

    def endpoint(value: Annotated[int, Depends(thread)]) -> None:
        """Take one."""

    values, _ = await solve(endpoint)

    assert values is not None
    assert values["value"] != threading.get_ident()


async def test_a_limit_holds_across_requests() -> None:
    """At most so many calls of one declaration run at once."""
    running, most = 0, 0

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await anyio.sleep(0.001)
        running -= 1

    limited = Annotated[None, Depends(slow, max_concurrency=2)]

    def endpoint(value: limited) -> None:
        """Take one."""

    async with anyio.create_task_group() as tasks:
        for _ in range(8):
            tasks.start_soon(solve, endpoint)

    assert most == 2
