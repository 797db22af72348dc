from typing import Annotated, Any

import pytest
from pydantic import BaseModel
from starlette.websockets import WebSocket

from kingpost._declare.depends import Depends
from kingpost._declare.markers import Depends as DependsMarker
from kingpost._http.unset import Default
from kingpost._plan.errors import ParameterError
from kingpost._plan.model import Injected, ResponseKind
from kingpost._plan.route import path_names, plan_route, plan_websocket
from tests.framework._plan.declarations import declare, planned


class Item(BaseModel):
    """A body and a response."""

    name: str


def guard() -> None:
    """Let everyone in."""


async def create(shop_id: int, item: Item) -> Item:
    """Create an item."""
    return item


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", set()),
        ("/items", set()),
        ("/items/{item_id}", {"item_id"}),
        ("/{a}/{b:int}/{rest:path}", {"a", "b", "rest"}),
        ("/v{version}-{name}", {"version", "name"}),
    ],
)
def test_a_path_names_its_parameters(path: str, names: set[str]) -> None:
    """What stands behind a colon is how the segment is matched."""
    assert path_names(path) == names


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
