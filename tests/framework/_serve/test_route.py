"""One path operation."""

from collections.abc import Callable, Coroutine
from enum import IntEnum
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from kingpost import APIRouter, Kingpost
from kingpost._declare.route import RouterDeclaration
from kingpost._plan.errors import ParameterError
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def endpoint(item_id: int) -> int:
    """Return an item.

    In two paragraphs.
    \f
    And what is only for colleagues.
    """
    return item_id


def test_a_route_describes_itself() -> None:
    """Name, id and description follow from the function where nothing is said."""
    route = APIRoute("/items/{item_id}", endpoint)

    assert (route.name, route.methods) == ("endpoint", {"GET"})
    assert route.unique_id == "endpoint_items__item_id__get"
    assert route.description == "Return an item.\n\nIn two paragraphs."
    assert route.response_model is int


def test_no_model_stays_no_model() -> None:
    """What was switched off is not found in the annotation when the route is included."""
    route = APIRoute("/items/{item_id}", endpoint, response_model=None)
    inside = route.inside(RouterDeclaration(prefix="/p"), None)

    assert inside.response_model is None
    assert inside.response_field is None


def test_a_model_that_was_changed_counts() -> None:
    """Packages put another model in the place of the one that was declared."""
    route = APIRoute("/items/{item_id}", endpoint)
    route.response_model = str
    inside = route.inside(RouterDeclaration(prefix="/p"), None)

    assert inside.response_model is str


def test_several_methods_have_one_stable_id() -> None:
    """It does not depend on the order in which a set yields them."""
    route = APIRoute("/", lambda: 1, name="n", methods={"PUT", "DELETE", "GET"})

    assert route.unique_id == "n__delete"


def test_enumerated_statuses_are_numbers() -> None:
    """JSON and headers want plain ones."""

    class Status(IntEnum):
        MADE = 201

    route = APIRoute("/", lambda: 1, status_code=Status.MADE)

    assert type(route.status_code) is int


def test_mistakes_are_refused_with_their_place() -> None:
    """The error names file and function."""
    with pytest.raises(ParameterError, match="204 must not have a response body") as caught:
        APIRoute("/{item_id}", endpoint, status_code=204)

    assert __file__ in str(caught.value)


def test_inside_a_router_everything_is_combined() -> None:
    """The declared route stays as it is."""
    route = APIRoute("/{item_id}", endpoint, tags=["inner"])
    outer = RouterDeclaration(prefix="/p/{org}", tags=["outer"], deprecated=True)
    inside = route.inside(outer, None)

    assert (inside.path, inside.tags, inside.deprecated) == (
        "/p/{org}/{item_id}",
        ["outer", "inner"],
        True,
    )
    assert (route.path, route.tags, inside.declared_as) == ("/{item_id}", ["inner"], route)
    assert inside.matches({"type": "http", "method": "GET", "path": "/p/a/3"})[0] is Match.FULL


def test_attributes_that_change_later_count() -> None:
    """The declaration is what the attributes say now."""
    route = APIRoute("/{item_id}", endpoint)
    route.operation_id = "changed"

    assert route.declaration.operation_id == "changed"


class Timed(APIRoute):
    """Wraps its handler, as many do."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Add a header with the path as it is included."""
        handler = super().get_route_handler()

        async def timed(request: Request) -> Response:
            response = await handler(request)
            response.headers["x-path"] = self.path
            return response

        return timed


def test_a_wrapped_handler_is_used_for_each_inclusion() -> None:
    """It sees the settings of the routers around it."""
    app, router = Kingpost(openapi_url=None), APIRouter(route_class=Timed)
    router.get("/{item_id}")(endpoint)
    app.include_router(router, prefix="/a")
    app.include_router(router, prefix="/b")
    client = TestClient(app)

    found = [client.get(f"/{prefix}/1").headers["x-path"] for prefix in "ab"]
    assert found == ["/a/{item_id}", "/b/{item_id}"]


def test_overrides_hold_from_one_request_to_the_next() -> None:
    """The generated handler steps aside while there are any."""
    app = Kingpost(openapi_url=None)

    def value() -> str:
        return "real"

    from kingpost import Depends

    @app.get("/")
    def read(value: str = Depends(value)) -> str:
        return value

    client = TestClient(app)
    answers = [client.get("/").json()]
    app.dependency_overrides[value] = lambda: "fake"
    answers.append(client.get("/").json())
    app.dependency_overrides.clear()
    answers.append(client.get("/").json())

    assert answers == ["real", "fake", "real"]
