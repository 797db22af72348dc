"""A route's attributes in the form in which packages read and change them."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from kingpost import APIRouter, Body, Header, Kingpost, WebSocket
from kingpost._declare import markers
from kingpost.dependencies.utils import get_parameterless_sub_dependant
from kingpost.routing import APIRoute, APIWebSocketRoute
from kingpost.sse import EventSourceResponse
from kingpost.testclient import TestClient


class Item(BaseModel):
    """A thing."""

    name: str


async def create(item: Item, note: Annotated[str, Body()] = "") -> Item:
    """Return the item."""
    return item


async def stream() -> AsyncIterator[Item]:
    """Yield an item."""
    yield Item(name="a")


class TestViews:
    def test_body_and_response(self) -> None:
        """The whole body is one field; responses have theirs."""
        route = APIRoute("/", create, methods=["POST"], responses={404: {"model": Item}})

        assert route.body_field is not None
        assert route.body_field.type_.__name__ == f"Body_{route.unique_id}"
        assert route._embed_body_fields is True
        assert route.response_field is not None
        assert route.response_field.type_ is Item
        assert [field.type_ for field in route.response_fields.values()] == [Item]
        assert (route.is_sse_stream, route.is_json_stream) == (False, False)

    def test_streams(self) -> None:
        """What a generator yields has a field of its own."""
        lines, events = (
            APIRoute("/", stream),
            APIRoute("/", stream, response_class=EventSourceResponse),
        )

        assert (lines.is_json_stream, lines.is_sse_stream) == (True, False)
        assert (events.is_json_stream, events.is_sse_stream) == (False, True)
        assert lines.stream_item_type is Item
        assert lines.stream_item_field is not None
        assert (lines.body_field, lines.response_field) == (None, None)

    def test_dependant_of_a_websocket(self) -> None:
        """A WebSocket's endpoint has one too."""

        async def serve(websocket: WebSocket, n: int) -> None:
            """Serve."""

        route = APIWebSocketRoute("/{n}", serve)

        assert route.dependant.websocket_param_name == "websocket"
        assert [field.name for field in route.dependant.path_params] == ["n"]

    def test_each_inclusion_has_its_own(self) -> None:
        """What is changed inside one application does not show in the router."""
        router, app = APIRouter(), Kingpost()
        router.add_api_route("/{n}", lambda n: n)
        original = router.routes[0]
        assert isinstance(original, APIRoute)
        before = original.dependant
        app.include_router(router, prefix="/x")
        included = app.routes[-1]
        assert isinstance(included, APIRoute)

        assert included.dependant is not before
        assert included.dependant.path == "/x/{n}"


class TestChanges:
    @pytest.mark.parametrize("by_handler", [False, True])
    def test_are_served_and_documented(self, by_handler: bool) -> None:
        """A dependency that a package appends runs, and its parameters are documented."""
        seen: list[str] = []

        async def extra(x_extra: Annotated[str, Header()]) -> None:
            seen.append(x_extra)

        app = Kingpost()

        @app.get("/")
        async def read() -> str:
            return "read"

        client = TestClient(app)
        assert client.get("/").status_code == 200
        route: Any = app.routes[-1]
        assert route.dependant.dependencies == []
        assert client.get("/").status_code == 200

        route.dependant.dependencies.append(
            get_parameterless_sub_dependant(depends=markers.Depends(extra), path="/")
        )
        if by_handler:
            from kingpost.routing import request_response

            route.app = request_response(route.get_route_handler())

        assert client.get("/").status_code == 422
        assert client.get("/", headers={"x-extra": "e"}).json() == "read"
        assert seen == ["e"]
        parameters = app.openapi()["paths"]["/"]["get"]["parameters"]
        assert [parameter["name"] for parameter in parameters] == ["x-extra"]
