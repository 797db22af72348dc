"""Schemas in the document: names, duplicates, enums, defaults, input and output."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AnyUrl,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    Json,
    SecretStr,
    WithJsonSchema,
    create_model,
)

from kingpost import Body, Form, Kingpost, Query
from tests.parity.harness import case, get, post


class Colour(Enum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    """A level."""

    LOW = 1


class Everything(BaseModel):
    """One field of each kind."""

    text: str = Field(min_length=1, max_length=2, pattern="^a")
    number: int = Field(gt=1, le=5, multiple_of=2)
    real: float = Field(1.5, ge=0, lt=2)
    flag: bool = True
    nothing: None = None
    maybe: int | None = None
    maybe_set: str | None = "x"
    items: list[int] = Field([], min_length=1, max_length=3)
    unique: set[str] = set()
    pair: tuple[int, str] = (1, "a")
    open_tuple: tuple[int, ...] = ()
    mapping: dict[str, float] = {}
    by_number: dict[int, list[str]] = {}
    colour: Colour = Colour.RED
    level: Level | None = None
    word: Literal["a", "b", 3] = "a"
    constant: Literal["only"] = "only"
    at: datetime | None = None
    on: date | None = None
    clock: time | None = None
    span: timedelta | None = None
    id: UUID | None = None
    price: Decimal | None = None
    price2: Decimal = Field(Decimal("1.5"), max_digits=4, decimal_places=2)
    url: AnyUrl | None = None
    mail: EmailStr | None = None
    secret: SecretStr | None = None
    raw: bytes = b""
    anything: Any = None
    json_text: Json[list[int]] | None = None
    sequence: Sequence[int] = ()
    own: Annotated[int, WithJsonSchema({"type": "integer", "x-own": 1})] = 1


@case(post("/", json={"text": "a", "number": 2}), post("/", 422, json={"text": "b", "number": 3}))
def test_every_kind_of_field() -> Kingpost:
    """One model with every kind of field, in and out."""
    app = Kingpost()

    @app.post("/")
    def create(body: Everything) -> Everything:
        return body

    return app


@case(post("/a", json={"x": 1}), post("/b", json={"y": 1}), post("/a", 422, json={}))
def test_same_name_in_two_modules() -> Kingpost:
    """Same-named different models carry their modules' names (behaviour 56)."""
    first = create_model("Item", x=(int, ...), __module__="shop.one")
    second = create_model("Item", y=(int, ...), __module__="shop.two")
    app = Kingpost()

    @app.post("/a")
    def a(item: first) -> first:
        return item

    @app.post("/b")
    def b(item: second) -> list[second]:
        return [item]

    return app


@case(post("/", json={"x": 1}), post("/", 422, json={}), get("/out"))
def test_defaults_do_not_split() -> Kingpost:
    """Plain defaults do not split input and output (behaviour 57)."""

    class Item(BaseModel):
        x: int
        y: int = 2
        z: str | None = None

    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> Item:
        return item

    @app.get("/out")
    def out() -> list[Item]:
        return []

    return app


@case(post("/", json={"x": 1}), post("/", 422, json={}))
def test_required_defaults_split() -> Kingpost:
    """json_schema_serialization_defaults_required splits (behaviour 57)."""

    class Inner(BaseModel):
        model_config = ConfigDict(json_schema_serialization_defaults_required=True)
        y: int = 2

    class Item(BaseModel):
        x: int
        inner: Inner = Inner()

    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> Item:
        return item

    return app


@case(get("/?c=red&l=1"), get("/?c=x", 422))
def test_enums_as_components() -> Kingpost:
    """Enums are components, shared by parameters and models."""

    class Painted(BaseModel):
        colour: Colour
        level: Level = Level.LOW

    app = Kingpost()

    @app.get("/")
    def read(c: Colour, l: Level = Level.LOW) -> Painted:  # noqa: E741 - a short name
        return Painted(colour=c)

    return app


@case(post("/", json={"a": 1, "b": "x"}), post("/", 422, json={}), post("/form", data={"a": "1"}))
def test_names_of_multi_bodies() -> Kingpost:
    """Several body parameters are one schema `Body_<id>` (behaviour 56)."""
    app = Kingpost()

    @app.post("/")
    def create(a: Annotated[int, Body(title="Own A")], b: Annotated[str, Body()] = "b") -> Any:
        return [a, b]

    @app.post("/form")
    def form(a: Annotated[int, Form()]) -> Any:
        return a

    return app


@case(get("/"), get("/?x=1&y=a"), get("/?x=a", 422))
def test_null_defaults_are_left_out() -> Kingpost:
    """`default: null` never appears (behaviour 57)."""
    app = Kingpost()

    @app.get("/")
    def read(x: int | None = None, y: Annotated[str | None, Query(examples=[None])] = None) -> Any:
        return [x, y]

    return app


@case(post("/", json={"kind": "a", "v": 1}), post("/", 422, json={"kind": "c"}))
def test_discriminator() -> Kingpost:
    """A tagged union has a discriminator with its mapping."""

    class A(BaseModel):
        kind: Literal["a"]
        v: int

    class B(BaseModel):
        kind: Literal["b", "bb"]

    class Holder(BaseModel):
        pet: Annotated[A | B, Field(discriminator="kind")]

    app = Kingpost()

    @app.post("/")
    def create(pet: Annotated[A | B, Field(discriminator="kind")]) -> list[Holder]:
        return [Holder(pet=pet)]

    return app


@case(post("/", json={"a": 1}), post("/", 422, json={}))
def test_schema_titles_and_descriptions() -> Kingpost:
    """Titles, descriptions, docstrings and model-level extras."""

    class Plain(BaseModel):
        a: int

    class Documented(BaseModel):
        """The docstring.

        More of it.
        """

        model_config = ConfigDict(title="Given title", json_schema_extra={"x-model": True})
        a: Annotated[int, Field(title="Title A", description="Describes", deprecated=True)]
        b: Plain | None = Field(None, description="Beside a reference", examples=[{"a": 1}])
        c: Plain = Field(Plain(a=1), title="With default")

    app = Kingpost()

    @app.post("/")
    def create(body: Documented) -> Documented:
        return body

    return app


@case(get("/1"), get("/2"), get("/3"), get("/4"), get("/5"), get("/x", 404))
def test_titles_of_responses() -> Kingpost:
    """Response schemas that are no models have titles made of the id."""
    app = Kingpost()

    @app.get("/1")
    def one() -> int:
        return 1

    @app.get("/2")
    def two() -> list[int] | dict[str, int]:
        return [1]

    @app.get("/3")
    def three() -> Any:
        return 1

    @app.get("/4")
    def four() -> Colour:
        return Colour.RED

    @app.get("/5")
    def five() -> dict[str, Any] | None:
        return None

    return app
