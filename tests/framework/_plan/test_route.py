from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from starlette.requests import Request
from starlette.websockets import WebSocket

from kingpost._declare.depends import Depends
from kingpost._declare.markers import Depends as DependsMarker
from kingpost._declare.parameters import Query
from kingpost._http.unset import Default
from kingpost._plan.errors import ParameterError
from kingpost._plan.model import Injected, ResponseKind, RoutePlan, Source
from kingpost._plan.route import plan_route, plan_websocket
from tests.framework._plan.declarations import declare, planned


class Item(BaseModel):
    """A body and a response."""

    name: str


def guard() -> None:
    """Let everyone in."""


async def create(shop_id: int, item: Item) -> Item:
    """Create an item."""
    return item


def test_a_route_is_planned_as_a_whole() -> None:
    """Every question that a request could raise is answered."""
    plan = planned(
        create,
        "/shops/{shop_id:int}/items",
        methods=frozenset({"PUT", "POST"}),
        dependencies=[DependsMarker(guard)],
        max_body_size=10,
        form_limits={"max_files": 1},
        responses={404: {"model": Item}},
    )

    assert (plan.path, plan.path_format) == (
        "/shops/{shop_id:int}/items",
        "/shops/{shop_id}/items",
    )
    assert (plan.name, plan.unique_id) == ("create", "id")
    assert plan.methods == ("POST", "PUT")
    assert [dependency.plan.call for dependency in plan.endpoint.dependencies] == [guard]
    assert plan.body is not None
    assert plan.response is not None
    assert plan.response.kind is ResponseKind.MODEL
    assert list(plan.extra_responses) == [404]
    assert (plan.max_body_size, plan.form_limits) == (10, {"max_files": 1})
    assert plan.context == {
        "file": __file__,
        "line": create.__code__.co_firstlineno,
        "function": "create",
        "path": "POST PUT /shops/{shop_id:int}/items",
    }


@pytest.mark.parametrize(
    ("said", "strict"), [(Default(True), True), (Default(False), False), (False, False)]
)
def test_strictness_is_decided(said: Any, strict: bool) -> None:
    """What nobody said is what the default says."""
    plan = plan_route(declare(guard, strict_content_type=said), "id")

    assert plan.strict_content_type is strict


def test_an_error_names_the_route() -> None:
    """The function alone may be used by several routes."""

    def broken(ids: list[int]) -> None:
        """Want more than a segment."""

    with pytest.raises(ParameterError) as caught:
        planned(broken, "/items/{ids}")

    assert str(caught.value).splitlines()[-1] == "    GET /items/{ids}"


class TestWebSocket:
    def test_has_neither_body_nor_response(self) -> None:
        """Only its parameters and dependencies are planned."""

        async def chat(
            socket: WebSocket, room: int, guard: Annotated[None, Depends(guard)]
        ) -> None:
            """Talk."""

        plan = plan_websocket("/rooms/{room}", chat, None, [DependsMarker(guard)])

        assert (plan.name, plan.methods, plan.body, plan.response) == ("chat", (), None, None)
        assert plan.endpoint.injected == (("socket", Injected.WEBSOCKET),)
        assert [d.name for d in plan.endpoint.dependencies] == [None, "guard"]
        assert plan.context["path"] == "WS /rooms/{room}"

    def test_may_have_a_name_of_its_own(self) -> None:
        """An empty name is a name."""
        assert plan_websocket("/", guard, "lobby", []).name == "lobby"
        assert plan_websocket("/", guard, "", []).name == ""

    def test_names_itself_in_errors(self) -> None:
        """As a path operation does."""

        async def broken(ids: list[int]) -> None:
            """Want more than a segment."""

        with pytest.raises(ParameterError, match=r"WS /\{ids\}"):
            plan_websocket("/{ids}", broken, None, [])


def _inside(path: str, first: list[DependsMarker], **options: Any) -> tuple[RoutePlan, RoutePlan]:
    """Plan an operation, and again as it is inside a router."""
    inner = plan_route(declare(create, "/shops/{shop_id}", dependencies=first[-1:]), "inner")
    declaration = declare(create, path, dependencies=first, **options)
    return inner, plan_route(declaration, "outer", inner)


def test_inside_a_router_the_endpoint_is_not_planned_again() -> None:
    """A prefix changes nothing of what the function needs."""
    inner, outer = _inside("/p/shops/{shop_id}", [DependsMarker(guard)])

    assert outer.endpoint is inner.endpoint
    assert outer.body is inner.body
    assert (outer.path, outer.unique_id) == ("/p/shops/{shop_id}", "outer")


def test_dependencies_of_a_router_come_first() -> None:
    """They are put in front of what is planned already."""

    def audit(reason: str) -> None:
        """Write down why."""

    guarded = DependsMarker(guard)
    inner, outer = _inside("/p/shops/{shop_id}", [DependsMarker(audit), guarded])

    assert [each.plan.call for each in outer.endpoint.dependencies] == [audit, guard]
    assert outer.endpoint.params == inner.endpoint.params
    assert outer.endpoint.dependencies[1] is inner.endpoint.dependencies[0]


def test_a_prefix_with_parameters_is_planned_anew() -> None:
    """It takes a name that was in the query before."""
    inner = plan_route(declare(create, "/"), "inner")
    outer = plan_route(declare(create, "/shops/{shop_id}/"), "outer", inner)

    assert inner.endpoint.params[0].source is Source.QUERY
    assert outer.endpoint.params[0].source is Source.PATH


def test_dependencies_that_were_changed_are_planned_anew() -> None:
    """Somebody may change a route's list between its declaration and its inclusion."""

    def audit() -> None:
        """Write it down."""

    inner = plan_route(declare(create, "/", dependencies=[DependsMarker(guard)]), "inner")
    outer = plan_route(declare(create, "/", dependencies=[DependsMarker(audit)]), "outer", inner)
    none = plan_route(declare(create, "/"), "outer", inner)

    assert [each.plan.call for each in outer.endpoint.dependencies] == [audit]
    assert none.endpoint.dependencies == ()


def test_a_name_that_was_not_there_yet_is_looked_up_again() -> None:
    """Between declaration and inclusion a module may get to the definition."""
    namespace: dict[str, Any] = {}
    exec("def later(item: 'Late') -> None: ...", namespace)  # noqa: S102 - a text of this test
    inner = plan_route(declare(namespace["later"], "/"), "inner")
    namespace["Late"] = Item
    outer = plan_route(declare(namespace["later"], "/"), "outer", inner)

    assert outer.endpoint.body_params[0].field.type_ is Item


def test_an_error_in_a_dependency_of_a_router_names_the_endpoint() -> None:
    """The chain from the endpoint to the mistake is told."""

    def broken(request: Annotated[Request, Query()]) -> None:
        """Contradict itself."""

    with pytest.raises(ParameterError) as caught:
        _inside("/shops/{shop_id}", [DependsMarker(broken), DependsMarker(guard)])

    assert caught.value.needed_by == ["create"]
