"""JSON bodies of scalars, lists and dicts: Body(), embedding, several parameters."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from kingpost import Body, Depends, Kingpost
from tests.parity.harness import case, delete, get, post, put


class Item(BaseModel):
    """A thing."""

    name: str
    price: float


class User(BaseModel):
    """A person."""

    username: str
    full_name: str | None = None


@case(
    post("/", json=3),
    post("/", json="4"),
    post("/", 422, json="x"),
    post("/", 422),
    post("/", 422, json={}),
)
def test_one_scalar() -> Kingpost:
    """One Body() parameter is not embedded (behaviour 24)."""
    app = Kingpost()

    @app.post("/")
    def create(n: Annotated[int, Body()]) -> int:
        return n

    return app


@case(
    post("/", json={"n": 3}),
    post("/", 422, json=3),
    post("/", 422, json={"m": 3}),
    post("/", 422),
)
def test_one_embedded_scalar() -> Kingpost:
    """embed=True wraps it in an object (behaviour 24)."""
    app = Kingpost()

    @app.post("/")
    def create(n: Annotated[int, Body(embed=True, gt=0)]) -> int:
        return n

    return app


@case(
    post("/", json={"a": 1, "b": 2}),
    post("/", 422, json={"a": 1}),
    post("/", 422, json=[1, 2]),
    post("/", 422, json="text"),
    post("/", 422, json=None),
    post("/", 422),
)
def test_two_scalars() -> Kingpost:
    """Two are embedded; a body that is no object misses each (behaviours 6 and 24)."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Body()], b: Annotated[int, Body()]) -> list[int]:
        return [a, b]

    return app


@case(
    post("/", json={}),
    post("/", json={"a": 5}),
    post("/"),
    post("/", 422, json={"a": "x"}),
)
def test_two_optional_scalars() -> Kingpost:
    """With defaults everywhere, the body itself is optional."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Body()] = 1, b: Annotated[str | None, Body()] = None) -> list[Any]:
        return [a, b]

    return app


@case(post("/"), post("/", json=5), post("/", json=None), post("/", 422, json="x"))
def test_one_optional_scalar() -> Kingpost:
    """One optional scalar; null is its own value."""
    app = Kingpost()

    @app.post("/")
    def create(a: int | None = Body(default=None)) -> int | None:
        return a

    return app


@case(
    post("/", json=[1, 2]),
    post("/", json=[]),
    post("/", 422, json=["x", 1, "y"]),
    post("/", 422, json={}),
    post("/", 422),
)
def test_list_without_marker() -> Kingpost:
    """A list without a marker is the body."""
    app = Kingpost()

    @app.post("/")
    def create(numbers: list[int]) -> list[int]:
        return numbers

    return app


@case(
    post("/", json={"1": 0.5}),
    post("/", 422, json={"x": 0.5}),
    post("/", 422, json={"1": "y"}),
    post("/", 422, json=[]),
)
def test_dict_without_marker() -> Kingpost:
    """A dict without a marker is the body; keys are converted."""
    app = Kingpost()

    @app.post("/")
    def create(weights: dict[int, float]) -> dict[int, float]:
        return weights

    return app


@case(post("/", json=[3, 1, 3]), post("/", 422, json=[1, "x"]), post("/", 422, json=3))
def test_set_without_marker() -> Kingpost:
    """A set without a marker is the body and drops repeated values."""
    app = Kingpost()

    @app.post("/")
    def create(numbers: set[int]) -> list[int]:
        return sorted(numbers)

    return app


@case(
    post("/", json=[{"name": "a", "price": 1}]),
    post("/", 422, json=[{"name": "a"}, {"price": "x"}]),
)
def test_list_of_models() -> Kingpost:
    """Errors inside a list of models carry index and field."""
    app = Kingpost()

    @app.post("/")
    def create(items: list[Item]) -> list[Item]:
        return items

    return app


@case(
    post("/", json={"a": {"name": "a", "price": 1}}),
    post("/", 422, json={"a": {"name": 1}}),
)
def test_dict_of_models() -> Kingpost:
    """Errors inside a dict of models carry the key."""
    app = Kingpost()

    @app.post("/")
    def create(items: dict[str, Item]) -> dict[str, Item]:
        return items

    return app


@case(
    put("/", json={"item": {"name": "a", "price": 1}, "user": {"username": "u"}}),
    put("/", 422, json={"item": {"name": "a"}, "user": None}),
    put("/", 422, json={"name": "a", "price": 1}),
    put("/", 422),
)
def test_two_models() -> Kingpost:
    """Two models are embedded under their names (behaviour 24)."""
    app = Kingpost()

    @app.put("/")
    def update(item: Item, user: User) -> dict[str, Any]:
        return {"item": item, "user": user}

    return app


@case(
    put("/7?q=x", json={"item": {"name": "a", "price": 1}, "importance": 5}),
    put("/7", 422, json={"item": {"name": "a", "price": 1}, "importance": 0}),
    put("/x?q=y", 422, json={}),
)
def test_model_and_scalar() -> Kingpost:
    """A model and a scalar Body() with constraints, beside path and query."""
    app = Kingpost()

    @app.put("/{n}")
    def update(
        n: int, item: Item, importance: Annotated[int, Body(gt=0)], q: str | None = None
    ) -> dict[str, Any]:
        return {"n": n, "item": item, "importance": importance, "q": q}

    return app


@case(
    put("/", json={"item": {"name": "a", "price": 1}}),
    put("/", 422, json={"name": "a", "price": 1}),
)
def test_one_embedded_model() -> Kingpost:
    """A single model with embed=True."""
    app = Kingpost()

    @app.put("/")
    def update(item: Annotated[Item, Body(embed=True)]) -> Item:
        return item

    return app


@case(
    post("/", json={"x": 1, "item": {"name": "n", "price": 2}}),
    post("/", 422, json={"name": "n", "price": 2}),
)
def test_body_in_endpoint_and_dependency() -> Kingpost:
    """Different names in endpoint and dependency embed (behaviour 24)."""

    def extra(x: Annotated[int, Body()]) -> int:
        return x

    app = Kingpost()

    @app.post("/")
    def create(item: Item, x: Annotated[int, Depends(extra)]) -> dict[str, Any]:
        return {"item": item, "x": x}

    return app


@case(
    post("/", json={"name": "n", "price": 2}),
    post("/", 422, json={"item": {"name": "n", "price": 2}}),
)
def test_same_body_in_endpoint_and_dependency() -> Kingpost:
    """The same name in endpoint and dependency counts as one body (behaviour 24)."""

    def check(item: Item) -> str:
        return item.name

    app = Kingpost()

    @app.post("/")
    def create(item: Item, name: Annotated[str, Depends(check)]) -> dict[str, Any]:
        return {"item": item, "name": name}

    return app


@case(
    get("/", headers={"content-type": "application/json"}),
    delete("/", 422),
    delete("/4"),
)
def test_methods_without_body() -> Kingpost:
    """GET without body parameters ignores what is sent; DELETE may require a body."""
    app = Kingpost()

    @app.get("/")
    def read() -> str:
        return "x"

    @app.delete("/")
    def remove(item: Item) -> Item:
        return item

    @app.delete("/{n}")
    def remove_one(n: int, reason: Annotated[str | None, Body()] = None) -> list[Any]:
        return [n, reason]

    return app


@case(
    post("/", json={"at": "2024-01-02T03:04:05Z", "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}),
    post("/", 422, json={"at": "x", "id": 3}),
    post("/", 422, json={"at": 1.5, "id": None}),
)
def test_rich_scalars() -> Kingpost:
    """Times and ids among embedded body parameters."""
    app = Kingpost()

    @app.post("/")
    def create(at: Annotated[datetime, Body()], id: Annotated[UUID, Body()]) -> list[Any]:
        return [at, id]

    return app


@case(
    post("/", json={"name": "a", "price": 1}),
    post("/", 422, json={"name": "a", "price": "x"}),
)
def test_documented_examples() -> Kingpost:
    """Examples, description and media type of a body in the document."""
    app = Kingpost()

    @app.post("/")
    def create(
        item: Annotated[
            Item,
            Body(
                title="The item",
                description="What to make",
                examples=[{"name": "x", "price": 1}],
                openapi_examples={"one": {"summary": "S", "value": {"name": "x", "price": 1}}},
                media_type="application/vnd.item+json",
            ),
        ],
    ) -> Item:
        return item

    return app


@case(
    post("/", json=[1, "a", None]),
    post("/", json="s"),
    post("/", 422),
    post("/", 422, content=b"{", headers={"Content-Type": "application/json"}),
)
def test_any_body() -> Kingpost:
    """A body of any JSON value; a missing one is still missing (behaviour 1)."""
    app = Kingpost()

    @app.post("/")
    def create(payload: Annotated[Any, Body()]) -> Any:
        return payload

    return app


@case(post("/", json=[1, "a"]), post("/", 422, json=["a", 1]), post("/", 422, json=[1]))
def test_tuple_body() -> Kingpost:
    """A tuple of fixed length as the body."""

    class Point(BaseModel):
        at: tuple[int, int] = Field((0, 0))

    app = Kingpost()

    @app.post("/")
    def create(pair: tuple[int, str]) -> Any:
        return pair

    @app.post("/point")
    def point(body: Point) -> Point:
        return body

    return app
