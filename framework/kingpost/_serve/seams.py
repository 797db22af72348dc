"""Functions that tools for traces and error reports replace, to be there at every request.

Such a tool puts a function of its own in the place of one of `kingpost.routing`, and calls the one
that was there. Generated handlers call none of them. So it is noted here which are replaced, and
routes then take the exact path, which calls them.
"""

from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

from kingpost._compile.spread import ABSENT
from kingpost._plan.dependants import dependant_of
from kingpost._plan.model import CallKind, ResponseKind, RoutePlan
from kingpost._serve.solving import Solver

__all__ = ["call_with", "replaced", "serialize_with", "solve_with", "watch"]

_NAMES = frozenset(
    {
        "get_request_handler",
        "request_response",
        "run_endpoint_function",
        "serialize_response",
        "solve_dependencies",
    }
)
_originals: dict[str, Any] = {}

replaced: dict[str, Callable[..., Any]] = {}
"""What stands in the place of functions of `kingpost.routing` now, by name."""


class _Watched(ModuleType):
    """A module that notes which of its functions are replaced."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _NAMES:
            original = _originals.setdefault(name, vars(self).get(name))
            if value is original:
                replaced.pop(name, None)
            else:
                replaced[name] = value
        super().__setattr__(name, value)


def watch(module: ModuleType) -> frozenset[str]:
    """Note from now on which of these functions of a module are replaced; return their names."""
    module.__class__ = _Watched
    return _NAMES


async def solve_with(
    solve: Callable[..., Any], solver: Solver, plan: RoutePlan
) -> dict[str, Any] | None:
    """Return the endpoint's arguments as `solve_dependencies` gives them; None for errors.

    Args:
        solve: What stands in its place.
        solver: Has the request; takes over the errors, the response and the background tasks.
        plan: The path operation.
    """
    body = {} if solver.body is ABSENT else {"body": solver.body}
    solved = await solve(
        request=solver.connection,
        dependant=dependant_of(plan.endpoint, path=plan.path_format),
        dependency_overrides_provider=SimpleNamespace(dependency_overrides=solver.overrides),
        async_exit_stack=solver.function_stack,
        embed_body_fields=plan.body is not None and plan.body.embed,
        **body,
    )
    solver.errors, solver.response = solved.errors, solved.response
    solver.background = solved.background_tasks
    return None if solved.errors else solved.values


async def call_with(run: Callable[..., Any], plan: RoutePlan, values: dict[str, Any]) -> Any:
    """Return what the endpoint returns, called as by `run_endpoint_function`.

    Args:
        run: What stands in its place.
        plan: The path operation.
        values: The endpoint's arguments.
    """
    return await run(
        dependant=dependant_of(plan.endpoint, path=plan.path_format),
        values=values,
        is_coroutine=plan.endpoint.kind is CallKind.ASYNC,
    )


async def serialize_with(serialize: Callable[..., Any], plan: RoutePlan, result: Any) -> Any:
    """Return a result as `serialize_response` gives it: as JSON where it is sent as it is.

    Args:
        serialize: What stands in its place.
        plan: The path operation, which has a response.
        result: What the endpoint returned.
    """
    response = plan.response
    assert response is not None  # noqa: S101 - WebSocket operations have nothing to serialise
    return await serialize(
        field=response.field,
        response_content=result,
        is_coroutine=plan.endpoint.kind is CallKind.ASYNC,
        endpoint_ctx=plan.context,
        dump_json=response.kind is ResponseKind.MODEL,
        **response.dump_options,
    )
