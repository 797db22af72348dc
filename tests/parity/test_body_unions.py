"""Unions, discriminated unions, dataclasses, typed dicts and named tuples as bodies."""

import dataclasses
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, NotRequired, Union

from pydantic import BaseModel, Discriminator, Field, Tag
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypedDict

from kingpost import Body, Kingpost
from tests.parity.harness import case, post


class Cat(BaseModel):
    """Says miaow."""

    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    """Says woof."""

    kind: Literal["dog"]
    age: float


class Plain(BaseModel):
    """Without a tag."""

    a: int


class Wide(Plain):
    """Plain and more."""

    b: int


@dataclasses.dataclass
class Point:
    """A standard dataclass."""

    x: int
    y: int = 0
    labels: list[str] = dataclasses.field(default_factory=list)


@pydantic_dataclass
class Span:
    """A pydantic dataclass."""

    low: int = Field(ge=0)
    at: Point | None = None


class Movie(TypedDict):
    """A typed dict."""

    title: str
    year: NotRequired[int]


class Pair(NamedTuple):
    """A named tuple."""

    left: int
    right: str = "r"


@case(
    post("/", json={"kind": "cat", "lives": 9}),
    post("/", json={"kind": "dog", "age": 1}),
    post("/", 422, json={"kind": "dog", "lives": 9}),
    post("/", 422, json={"kind": "bird"}),
    post("/", 422, json={}),
)
def test_plain_union_of_models() -> Kingpost:
    """A union without discriminator reports the errors of each member."""
    app = Kingpost()

    @app.post("/")
    def create(pet: Cat | Dog) -> Cat | Dog:
        return pet

    return app


@case(
    post("/", json={"kind": "cat", "lives": 9}),
    post("/", 422, json={"kind": "dog", "lives": 9}),
    post("/", 422, json={"kind": "bird"}),
    post("/", 422, json={"age": 1}),
    post("/", 422, json=[]),
)
def test_discriminated_union() -> Kingpost:
    """Field(discriminator=...) picks the member by its tag."""
    app = Kingpost()

    @app.post("/")
    def create(pet: Annotated[Cat | Dog, Field(discriminator="kind")]) -> dict[str, Any]:
        return pet.model_dump()

    return app


@case(
    post("/", json={"kind": "dog", "age": 1}),
    post("/", 422, json={"kind": "bird"}),
)
def test_discriminator_in_body() -> Kingpost:
    """Body(discriminator=...) is the same declaration."""
    app = Kingpost()

    @app.post("/")
    def create(pet: Annotated[Union[Cat, Dog], Body(discriminator="kind")]) -> Any:  # noqa: UP007
        return pet

    return app


@case(
    post("/", json={"a": 1}),
    post("/", json=[1]),
    post("/", 422, json="x"),
)
def test_callable_discriminator() -> Kingpost:
    """A callable discriminator with tags."""

    def kind(value: Any) -> str | None:
        return "one" if isinstance(value, dict) else "many" if isinstance(value, list) else None

    app = Kingpost()

    @app.post("/")
    def create(
        value: Annotated[
            Annotated[Plain, Tag("one")] | Annotated[list[int], Tag("many")], Discriminator(kind)
        ],
    ) -> str:
        return type(value).__name__

    return app


@case(
    post("/", json={"a": 1, "b": 2}),
    post("/", json={"a": 1}),
    post("/", 422, json={"b": 2}),
)
def test_smart_union_prefers_more_fields() -> Kingpost:
    """The member that takes more of the input wins."""
    app = Kingpost()

    @app.post("/")
    def create(item: Plain | Wide) -> dict[str, Any]:
        return {"type": type(item).__name__, **item.model_dump()}

    return app


@case(post("/", json=None), post("/", json={"a": 1}), post("/"), post("/", 422, json={"a": "x"}))
def test_optional_model() -> Kingpost:
    """`Model | None = None` takes null, a missing body and a model."""
    app = Kingpost()

    @app.post("/")
    def create(item: Plain | None = None) -> Plain | None:
        return item

    return app


@case(post("/", json={"a": 1}), post("/", json=3), post("/", 422, json="x"), post("/", 422))
def test_union_of_model_and_scalar() -> Kingpost:
    """A model or a number is a body."""
    app = Kingpost()

    @app.post("/")
    def create(item: Plain | int) -> Plain | int:
        return item

    return app


@case(post("/", json=[{"a": 1}, 2]), post("/", json={"k": None}), post("/", 422, json=["x"]))
def test_union_of_collections() -> Kingpost:
    """A union of list and dict."""
    app = Kingpost()

    @app.post("/")
    def create(item: list[Plain | int] | dict[str, None]) -> Any:
        return item

    return app


@case(
    post("/", json={"x": 1}),
    post("/", json={"x": "1", "y": 2, "labels": ["a"], "z": 3}),
    post("/", 422, json={"y": "a"}),
    post("/", 422, json=[1, 2]),
)
def test_standard_dataclass() -> Kingpost:
    """A dataclass is a body and a response model."""
    app = Kingpost()

    @app.post("/")
    def create(point: Point) -> Point:
        return Point(point.x + 1, point.y, point.labels)

    return app


@case(
    post("/", json={"low": 1, "at": {"x": 1}}),
    post("/", 422, json={"low": -1, "at": {}}),
)
def test_pydantic_dataclass() -> Kingpost:
    """A pydantic dataclass with a nested standard one."""
    app = Kingpost()

    @app.post("/", response_model=Span)
    def create(span: Span) -> Any:
        return span

    return app


@case(post("/", json={"title": "a"}), post("/", 422, json={"year": "x"}))
def test_typed_dict() -> Kingpost:
    """A TypedDict is a body; keys that are not required may be left out."""
    app = Kingpost()

    @app.post("/")
    def create(movie: Movie) -> Movie:
        return movie

    return app


@case(post("/", json={"p": [1, "b"]}), post("/", json={"p": [1]}), post("/", 422, json={"p": []}))
def test_named_tuple_in_body() -> Kingpost:
    """A NamedTuple field."""

    class Holder(BaseModel):
        p: Pair

    app = Kingpost()

    @app.post("/")
    def create(holder: Holder) -> Any:
        return holder

    return app


@case(
    post("/", json={"first": {"kind": "cat", "lives": 1}, "on": "2024-01-01"}),
    post("/", 422, json={"first": {"kind": "cow"}, "on": "x"}),
)
def test_discriminated_union_among_others() -> Kingpost:
    """A discriminated union as one of two embedded parameters."""
    app = Kingpost()

    @app.post("/")
    def create(
        first: Annotated[Cat | Dog, Body(discriminator="kind")], on: Annotated[date, Body()]
    ) -> list[Any]:
        return [first, on]

    return app


@case(
    post("/", json=[{"kind": "cat", "lives": 1}, {"kind": "dog", "age": 2}]),
    post("/", 422, json=[{"kind": "cat"}, {"kind": "dog", "age": "x"}]),
)
def test_list_of_discriminated_unions() -> Kingpost:
    """A list of tagged models, in and out."""
    Pet = Annotated[Cat | Dog, Field(discriminator="kind")]  # noqa: N806 - a type
    app = Kingpost()

    @app.post("/", response_model=list[Pet])
    def create(pets: list[Pet]) -> Any:
        return pets

    return app
