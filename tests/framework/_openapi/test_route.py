from collections.abc import AsyncIterable
from typing import Annotated, Any

from pydantic import BaseModel
from starlette.routing import Mount, Route

from kingpost import APIRouter, Body, Depends, Form, Header, Query, WebSocket
from kingpost._openapi.route import describe, fields_of
from kingpost._serve.route import APIRoute, APIWebSocketRoute
from tests.framework._openapi.describing import described


class Item(BaseModel):
    name: str


class Other(BaseModel):
    size: int


def test_only_shown_path_operations_are_described() -> None:
    """Plain routes, mounts, WebSockets and hidden operations are left out."""

    def endpoint() -> None: ...

    async def socket(websocket: WebSocket) -> None: ...

    shown = APIRoute("/shown", endpoint)
    routes = [
        Route("/plain", endpoint),
        Mount("/mount", routes=[]),
        APIWebSocketRoute("/ws", socket),
        APIRoute("/hidden", endpoint, include_in_schema=False),
        shown,
    ]

    assert [route.plan for route in describe(routes)] == [shown.plan]


def test_parameters_are_ordered_by_source() -> None:
    """Path, query, header and cookie parameters follow each other, those of dependencies too."""

    def dependency(y: int, b_: Annotated[str, Header()]) -> None: ...

    def endpoint(
        a_: Annotated[str, Header()], x: int, i: int, d: Annotated[None, Depends(dependency)]
    ) -> None: ...

    names = [param.name for param in described(endpoint, "/{i}").params]

    assert names == ["i", "x", "y", "a_", "b_"]


def test_no_body() -> None:
    """Most operations have none."""

    def endpoint() -> None: ...

    route = described(endpoint)

    assert (route.body, route.body_params) == (None, ())


def test_single_body_is_the_value_itself() -> None:
    """One model is the body."""

    def endpoint(item: Item) -> None: ...

    route = described(endpoint)

    assert route.body is not None
    assert route.body.type_ is Item


def test_several_bodies_are_a_model_named_after_the_operation() -> None:
    """Several values are the keys of one object."""

    def endpoint(item: Item, other: Other) -> None: ...

    body = described(endpoint, "/x").body

    assert body is not None
    assert body.type_.__name__ == "Body_endpoint_x_get"
    types = [info.annotation for info in body.type_.model_fields.values()]
    assert list(body.type_.model_fields) == ["item", "other"]
    assert types[0] is Item
    assert types[1] is Other


def test_last_of_several_bodies_with_one_name_is_shown() -> None:
    """The endpoint and a dependency may read the same key in different ways."""

    def dependency(item: Item) -> None: ...

    def endpoint(
        item: Other, d: Annotated[None, Depends(dependency)], n: Annotated[int, Body()]
    ) -> None: ...

    assert [p.field.type_ for p in described(endpoint).body_params] == [Item, int]


def test_form_of_one_model_is_that_model() -> None:
    """The fields of a single model are those of the form."""

    def endpoint(item: Annotated[Item, Form()]) -> None: ...

    body = described(endpoint).body

    assert body is not None
    assert body.type_ is Item


def test_form_of_one_optional_model_is_an_object_of_its_own() -> None:
    """A form that may be empty is not what the model says it is."""

    def endpoint(item: Annotated[Item | None, Form()] = None) -> None: ...

    body = described(endpoint, "/x").body

    assert body is not None
    assert body.type_.__name__ == "Body_endpoint_x_get"


def test_fields_are_all_values() -> None:
    """Bodies, results, further answers and parameters, those of callbacks too."""
    callbacks = APIRouter()

    @callbacks.post("/called")
    def called(c: Annotated[str, Query()]) -> None: ...

    @callbacks.post("/hidden", include_in_schema=False)
    def hidden(h: Annotated[str, Query()]) -> None: ...

    def endpoint(item: Item, q: int) -> Other:
        return Other(size=q)

    options: dict[str, Any] = {"responses": {404: {"model": Item}}, "callbacks": callbacks.routes}
    fields = fields_of([APIRoute("/x", endpoint, **options)])

    assert [field.name for field in fields] == [
        "item",
        "Response_endpoint_x_get",
        "Response_404_endpoint_x_get",
        "q",
        "c",
    ]


def test_fields_of_a_stream() -> None:
    """What a generator yields is a value, too."""

    async def stream() -> AsyncIterable[Item]:
        yield Item(name="a")

    assert [field.type_ for field in fields_of([APIRoute("/", stream)])] == [Item]
