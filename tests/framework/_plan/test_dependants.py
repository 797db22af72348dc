from collections.abc import Callable
from typing import Annotated, Any

import pytest

from kingpost import BackgroundTasks, Body, Depends, Header, Request, Response, Security
from kingpost._declare import markers
from kingpost._http.concurrency import DependencyConcurrency
from kingpost._plan.dependants import (
    Dependant,
    call_plan,
    dependant_of,
    get_dependant,
    get_parameterless_sub_dependant,
)
from kingpost._plan.dependencies import plan_call
from kingpost._plan.errors import ParameterError
from kingpost.security import SecurityScopes


def user(request: Request, scopes: SecurityScopes, x_token: Annotated[str, Header()]) -> str:
    """A dependency of everything."""
    return x_token


def endpoint(
    item_id: int,
    q: str,
    name: Annotated[str, Security(user, scopes=["read"])],
    note: Annotated[str, Body()],
    response: Response,
    tasks: BackgroundTasks,
) -> None:
    """Has parameters of many kinds."""


def record(call: Callable[..., Any] = endpoint, path: str = "/items/{item_id}") -> Dependant:
    """Return the record of a call."""
    return dependant_of(plan_call(call, path_names=frozenset({"item_id"})), path=path)


class TestDependantOf:
    def test_sorts_parameters_by_source(self) -> None:
        """Each list holds the fields of one source, and injected values are named."""
        made = record()

        assert [field.name for field in made.path_params] == ["item_id"]
        assert [field.name for field in made.query_params] == ["q"]
        assert [field.name for field in made.body_params] == ["note"]
        assert (made.response_param_name, made.background_tasks_param_name) == ("response", "tasks")
        assert (made.call, made.path) == (endpoint, "/items/{item_id}")

    def test_shows_dependencies_with_their_scopes(self) -> None:
        """Own scopes are those declared there; the parent's are those around it."""
        inner = record().dependencies[0]

        assert (inner.name, inner.call, inner.use_cache) == ("name", user, True)
        assert (inner.own_oauth_scopes, inner.parent_oauth_scopes) == (["read"], [])
        assert (inner.request_param_name, inner.security_scopes_param_name) == ("request", "scopes")
        assert [field.alias for field in inner.header_params] == ["x-token"]


class TestGetDependant:
    def test_reads_a_signature(self) -> None:
        """What was declared of the call is kept beside what its signature says."""
        limit = DependencyConcurrency(1)

        made = get_dependant(
            path="/items/{item_id}",
            call=endpoint,
            name="n",
            own_oauth_scopes=["b"],
            parent_oauth_scopes=["a"],
            use_cache=False,
            scope="function",
            concurrency=limit,
        )

        assert (made.name, made.use_cache, made.scope) == ("n", False, "function")
        assert made.concurrency is limit
        assert call_plan(made).scopes == ("a", "b")
        assert made.dependencies[0].parent_oauth_scopes == ["a", "b"]

    def test_of_a_dependency_that_is_only_run(self) -> None:
        """It has no name, and nothing around it."""
        made = get_parameterless_sub_dependant(depends=markers.Depends(user), path="/")

        assert (made.name, made.call, made.parent_oauth_scopes) == (None, user, None)

    def test_refuses_what_cannot_be_called(self) -> None:
        """Such a dependency would fail on every request."""
        with pytest.raises(ParameterError, match="must have a callable dependency"):
            get_parameterless_sub_dependant(depends=markers.Depends(), path="/")


class TestCallPlan:
    def test_is_the_one_it_was_made_of(self) -> None:
        """Nobody pays for a record that was only looked at."""
        plan = plan_call(endpoint, path_names=frozenset({"item_id"}))

        assert call_plan(dependant_of(plan, path="/items/{item_id}")) is plan

    def test_follows_an_added_dependency(self) -> None:
        """A package that appends one gets it called; the others stay as they were."""
        made, extra = (
            record(),
            get_parameterless_sub_dependant(
                depends=markers.Depends(user, scope="function"), path="/"
            ),
        )
        before = call_plan(made)
        made.dependencies.append(extra)

        after = call_plan(made)

        assert [dependency.plan.call for dependency in after.dependencies] == [user, user]
        assert after.dependencies[0].plan is before.dependencies[0].plan
        assert (after.dependencies[1].scope, after.dependencies[1].name) == ("function", None)
        assert (after.params, after.body_params) == (before.params, before.body_params)
        assert call_plan(made) is after

    @pytest.mark.parametrize(
        "change",
        [
            lambda made: made.query_params.clear(),
            lambda made: made.dependencies[0].header_params.clear(),
            lambda made: setattr(made, "response_param_name", None),
            lambda made: made.dependencies[0].own_oauth_scopes.append("more"),
            lambda made: setattr(made, "call", user),
        ],
    )
    def test_sees_every_change(self, change: Callable[[Dependant], None]) -> None:
        """Changes count at any depth."""
        made = record()
        before = call_plan(made)

        change(made)

        assert call_plan(made) != before

    def test_of_a_record_made_by_hand(self) -> None:
        """Fields alone are enough, and a limit is kept."""
        limit = DependencyConcurrency(2)
        inner = Dependant(call=user, name="who", concurrency=limit)
        made = Dependant(
            call=endpoint, query_params=record().query_params, dependencies=[inner], path="/"
        )

        plan = call_plan(made)

        assert [param.key for param in plan.params] == ["q"]
        assert plan.dependencies[0].marker.concurrency is limit
        assert plan.dependencies[0].cache_key == (user, (), "")

    def test_refuses_a_record_without_a_call(self) -> None:
        """There is nothing to run."""
        with pytest.raises(ParameterError, match="without `call`"):
            call_plan(Dependant())


def test_a_dependency_in_the_default_style_is_the_same() -> None:
    """The marker stands for itself, wherever it is written."""

    def old(value: str = Depends(user)) -> None:
        """Has a dependency as its default."""

    assert [inner.call for inner in record(old, "/").dependencies] == [user]
