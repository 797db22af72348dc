import gc
import weakref
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

import pytest
from starlette.requests import Request

from kingpost._declare.depends import Depends, Security
from kingpost._declare.markers import Depends as DependsMarker
from kingpost._declare.parameters import Body, Cookie, Header
from kingpost._declare.security.oauth2 import OAuth2PasswordBearer, SecurityScopes
from kingpost._http.errors import DependencyScopeError
from kingpost._plan.dependencies import plan_call, plan_dependency
from kingpost._plan.errors import ParameterError
from kingpost._plan.model import CallKind, CallPlan, Injected

NOWHERE: frozenset[str] = frozenset()


def plan(call: Any, path: str = "", **options: Any) -> CallPlan:
    """Plan a call of a route whose path has the given names."""
    return plan_call(call, path_names=frozenset(path.split()), **options)


def connect() -> Iterator[int]:
    """Yield a connection."""
    yield 1


async def session(connection: Annotated[int, Depends(connect)]) -> AsyncIterator[int]:
    """Yield a session on it."""
    yield connection


def settings() -> dict[str, str]:
    """Return settings."""
    return {}


class TestCall:
    def test_sorts_what_a_function_needs(self) -> None:
        """Parameters by source, bodies, injected values and dependencies are kept apart."""

        async def read(
            token: Annotated[str, Header()],
            item_id: int,
            request: Request,
            session: Annotated[int, Depends(session)],
            theme: Annotated[str, Cookie()],
            item: dict[str, int],
            q: str = "",
        ) -> None:
            """Need one of each."""

        planned = plan(read, "item_id")

        assert [param.name for param in planned.params] == ["item_id", "q", "token", "theme"]
        assert [param.name for param in planned.body_params] == ["item"]
        assert planned.injected == (("request", Injected.REQUEST),)
        assert [dependency.name for dependency in planned.dependencies] == ["session"]
        assert planned.kind is CallKind.ASYNC

    def test_keeps_the_order_of_the_signature_within_a_source(self) -> None:
        """Errors are reported in the order in which a reader finds the parameters."""

        def read(b: int, a: int, c: int) -> None:
            """Need three."""

        assert [param.name for param in plan(read).params] == ["b", "a", "c"]

    def test_runs_the_given_dependencies_first(self) -> None:
        """Those of routers and decorators go before those of parameters, without a name."""

        def read(connection: Annotated[int, Depends(connect)]) -> None:
            """Need a connection."""

        planned = plan(read, first=[DependsMarker(settings)])

        assert [(d.name, d.plan.call) for d in planned.dependencies] == [
            (None, settings),
            ("connection", connect),
        ]

    def test_reaches_every_level(self) -> None:
        """Each call comes before the calls that it needs."""

        def read(session: Annotated[int, Depends(session)]) -> None:
            """Need a session."""

        assert [call.call for call in plan(read).walk()] == [read, session, connect]

    def test_reads_the_path_in_dependencies_too(self) -> None:
        """A dependency may read what the route's path names."""

        def item(item_id: int) -> int:
            return item_id

        def read(item: Annotated[int, Depends(item)]) -> None:
            """Need an item."""

        found = plan(read, "item_id").dependencies[0].plan.params[0]

        assert found.source.value == "path"

    def test_reads_bodies_in_dependencies_too(self) -> None:
        """A dependency may read the body, or a part of it."""

        def item(name: Annotated[str, Body()]) -> str:
            return name

        assert [param.name for param in plan(item).body_params] == ["name"]


class TestDependency:
    @pytest.mark.parametrize("nothing", [None, 3, "text"])
    def test_has_to_be_callable(self, nothing: Any) -> None:
        """A value is no dependency."""
        with pytest.raises(
            ParameterError, match=f"must have a callable dependency, not {nothing!r}"
        ):
            plan_dependency(None, DependsMarker(nothing), path_names=NOWHERE)

    def test_takes_its_parameters_from_its_own_signature(self) -> None:
        """An instance is called through its class, a class through its constructor."""

        class Page:
            def __init__(self, page: int = 1) -> None:
                """Take a page."""

            def __call__(self, size: int = 10) -> None:
                """Take a size."""

        def names(call: Any) -> list[str]:
            dependency = plan_dependency(None, DependsMarker(call), path_names=NOWHERE)
            return [param.name for param in dependency.plan.params]

        assert names(Page) == ["page"]
        assert names(Page()) == ["size"]


class TestSharing:
    def key(self, depends: Any, **options: Any) -> Any:
        """Return what makes a use of a dependency the same as another."""
        return plan_dependency("x", depends, path_names=NOWHERE, **options).cache_key

    def test_is_by_callable(self) -> None:
        """The same function is called once."""
        assert self.key(Depends(settings)) == self.key(Depends(settings))
        assert self.key(Depends(settings)) != self.key(Depends(connect))

    def test_is_by_lifetime(self) -> None:
        """A value that ends earlier is another one; no lifetime is that of the request."""
        assert self.key(Depends(connect)) == self.key(Depends(connect, scope="request"))
        assert self.key(Depends(connect)) != self.key(Depends(connect, scope="function"))

    def test_is_by_scopes_where_they_matter(self) -> None:
        """Only what can see the scopes may differ with them; their order says nothing."""

        def scoped(scopes: SecurityScopes) -> None:
            """See the scopes."""

        def around(scoped: Annotated[None, Depends(scoped)]) -> None:
            """Need what sees the scopes."""

        for call in (scoped, around):
            assert self.key(Security(call, scopes=["a"])) != self.key(Security(call, scopes=["b"]))
            assert self.key(Security(call, scopes=["a", "b"])) == self.key(
                Security(call, scopes=["b", "a"])
            )
        assert self.key(Depends(settings), outer_scopes=("a",)) == self.key(Depends(settings))

    def test_can_be_refused(self) -> None:
        """`use_cache=False` calls again; what is only run need not."""
        named = plan_dependency("x", Depends(settings, use_cache=False), path_names=NOWHERE)
        unnamed = plan_dependency(None, Depends(settings, use_cache=False), path_names=NOWHERE)

        assert (named.use_cache, unnamed.use_cache) == (False, True)


class TestScopes:
    def test_add_up_from_the_outside(self) -> None:
        """Each level sees those of all levels around it first, and none twice."""

        def inner(scopes: SecurityScopes) -> None:
            """See the scopes."""

        def outer(inner: Annotated[None, Security(inner, scopes=["b", "a", "c"])]) -> None:
            """Require more scopes."""

        planned = plan(outer, own_scopes=("a", "b"))

        assert planned.scopes == ("a", "b")
        assert planned.dependencies[0].plan.scopes == ("a", "b", "c")

    def test_matter_to_schemes(self) -> None:
        """A security scheme is documented with the scopes, so it is one for each set of them."""
        scheme = OAuth2PasswordBearer("/token")

        assert plan(scheme).uses_scopes
        assert not plan(settings).uses_scopes


class TestLifetime:
    def test_must_not_outlive_what_it_needs(self) -> None:
        """The message names both and offers both ways out."""

        def outlives(
            connection: Annotated[int, Depends(connect, scope="function")],
        ) -> Iterator[int]:
            yield connection

        with pytest.raises(DependencyScopeError) as caught:
            plan_dependency("x", Depends(outlives), path_names=NOWHERE)

        assert 'Give outlives the scope "function", or connect the scope "request".' in str(
            caught.value
        )

    def test_may_end_before_what_it_needs(self) -> None:
        """The other way round everything is still there."""
        planned = plan_dependency("x", Depends(session, scope="function"), path_names=NOWHERE)

        assert planned.scope == "function"
        assert planned.plan.dependencies[0].scope == "request"

    def test_does_not_matter_without_an_end(self) -> None:
        """A function that has returned needs nothing any more."""

        def plain(connection: Annotated[int, Depends(connect, scope="function")]) -> int:
            return connection

        assert plan_dependency("x", Depends(plain), path_names=NOWHERE).scope == "request"


class TestPlansInCommon:
    def test_the_next_route_takes_the_plan_over(self) -> None:
        """A dependency of many routes is planned once."""
        first = plan_dependency("x", Depends(session), path_names=NOWHERE)
        second = plan_dependency("y", Depends(session), path_names=NOWHERE)

        assert second.plan is first.plan
        assert (first.name, second.name) == ("x", "y")

    def test_names_in_the_path_and_scopes_make_another_plan(self) -> None:
        """They decide where values come from."""

        def find(item_id: int, scopes: SecurityScopes) -> int:
            """Find an item."""
            return item_id

        def found(path: str, *scopes: str) -> CallPlan:
            depends = Security(find, scopes=list(scopes))
            return plan_dependency("x", depends, path_names=frozenset(path.split())).plan

        plans = [found(""), found("item_id"), found("", "read")]
        assert len({id(plan) for plan in plans}) == 3
        assert found("item_id", "read") is not plans[1]

    def test_a_function_that_was_changed_is_planned_anew(self) -> None:
        """Annotations and defaults can be set between two declarations."""

        def find(item: int = 1) -> int:
            """Find an item."""
            return item

        def found() -> CallPlan:
            return plan_dependency("x", Depends(find), path_names=NOWHERE).plan

        plans = [found()]
        find.__annotations__["item"] = float
        plans.append(found())
        find.__defaults__ = (2.5,)
        plans.append(found())

        fields = [plan.params[0].field for plan in plans]
        assert [field.type_ for field in fields] == [int, float, float]
        assert [field.default for field in fields] == [1, 1, 2.5]

    def test_a_plan_that_no_route_has_is_forgotten(self) -> None:
        """What tests and factories declare does not pile up."""

        def find() -> None:
            """Find nothing."""

        gone = weakref.ref(find)
        kept = plan_dependency("x", Depends(find), path_names=NOWHERE)
        assert kept.plan is plan_dependency("y", Depends(find), path_names=NOWHERE).plan

        del find, kept
        gc.collect()
        assert gone() is None
