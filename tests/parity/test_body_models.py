"""Pydantic models as bodies: nesting, validators, configuration, generics."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    RootModel,
    computed_field,
    field_validator,
    model_validator,
)

from kingpost import Body, Kingpost
from tests.parity.harness import case, patch, post, put

T = TypeVar("T")


class Image(BaseModel):
    """A picture."""

    url: HttpUrl
    name: str


class Item(BaseModel):
    """A thing with everything."""

    name: str = Field(min_length=1, max_length=10, title="The name", examples=["Foo"])
    price: float = Field(gt=0, description="More than nothing")
    tags: set[str] = set()
    images: list[Image] | None = None
    meta: dict[str, int] = {}


class Partial(BaseModel):
    """Every field may be left out."""

    name: str | None = None
    size: int | None = None


@case(
    post("/", json={"name": "a", "price": 1}),
    post(
        "/",
        json={
            "name": "a",
            "price": "1.5",
            "tags": ["x", "x"],
            "images": [{"url": "http://a.b/c", "name": "i"}],
            "meta": {"k": "1"},
        },
    ),
    post(
        "/",
        422,
        json={
            "name": "",
            "price": 0,
            "tags": 3,
            "images": [{"url": "x"}, 4],
            "meta": {"k": "v"},
        },
    ),
    post("/", 422, json={}),
)
def test_nested_model() -> Kingpost:
    """Nested models with constraints; every error has its own place."""
    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> dict[str, Any]:
        return {**item.model_dump(mode="json"), "tags": sorted(item.tags)}

    return app


@case(
    put("/3?q=x", json={"name": "a", "price": 1}),
    put("/x?limit=y", 422, json={"price": -1}),
    put("/3", 422),
)
def test_errors_of_all_sources() -> Kingpost:
    """Path, query and body errors are in one answer, in this order (behaviour 7)."""
    app = Kingpost()

    @app.put("/{n}")
    def update(item: Item, n: int, limit: int = 1, q: str | None = None) -> list[Any]:
        return [n, limit, q, item.name]

    return app


@case(
    patch("/", json={}),
    patch("/", json={"name": None}),
    patch("/", json={"size": 2}),
    patch("/", 422, json={"size": "x"}),
)
def test_fields_set() -> Kingpost:
    """Only the fields that were sent count as set."""
    app = Kingpost()

    @app.patch("/")
    def update(item: Partial) -> dict[str, Any]:
        return item.model_dump(exclude_unset=True)

    return app


@case(
    post("/", json={"low": 1, "high": 2}),
    post("/", 422, json={"low": 3, "high": 2}),
    post("/", 422, json={"low": 7, "high": 9}),
    post("/", 422, json={"low": -1, "high": 9}),
)
def test_validators() -> Kingpost:
    """ValueError and AssertionError of validators; ctx.error is empty (behaviour 9)."""

    class Range(BaseModel):
        low: int
        high: int

        @field_validator("low")
        @classmethod
        def check_low(cls, value: int) -> int:
            if value == 7:
                raise ValueError("seven is refused")
            if value < 0:
                raise AssertionError("must not be negative")
            return value

        @model_validator(mode="after")
        def in_order(self) -> "Range":
            if self.low > self.high:
                raise ValueError("low exceeds high")
            return self

    app = Kingpost()

    @app.post("/")
    def create(item: Range) -> list[int]:
        return [item.low, item.high]

    return app


@case(post("/", json={"a": 1}), post("/", 422, json={"a": 1, "b": 2, "c": {}}))
def test_forbidden_extra() -> Kingpost:
    """extra="forbid" reports every unknown key."""

    class Closed(BaseModel):
        model_config = ConfigDict(extra="forbid")
        a: int

    app = Kingpost()

    @app.post("/")
    def create(item: Closed) -> Closed:
        return item

    return app


@case(post("/", json={"a": 1, "z": [1]}), post("/", 422, json={"z": 1}))
def test_allowed_extra() -> Kingpost:
    """extra="allow" keeps unknown keys through to the answer."""

    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        a: int

    app = Kingpost()

    @app.post("/")
    def create(item: Open) -> Open:
        return item

    return app


@case(post("/", json={"a": 1, "b": True}), post("/", 422, json={"a": "1", "b": 1}))
def test_strict_model() -> Kingpost:
    """A strict model in a JSON body refuses conversions."""

    class Exact(BaseModel):
        model_config = ConfigDict(strict=True)
        a: int
        b: bool
        on: date | None = None

    app = Kingpost()

    @app.post("/")
    def create(item: Exact) -> Exact:
        return item

    return app


@case(
    post("/", json={"a": 1, "on": "2024-01-01", "kind": "x", "id": None}),
    post("/", 422, json={"a": 1, "on": 5.5, "kind": "z", "id": "q"}),
)
def test_strict_model_reads_json_forms() -> Kingpost:
    """A strict model's dates, enums and ids have only text forms in JSON."""

    class Kind(Enum):
        X = "x"
        Y = "y"

    class Exact(BaseModel):
        a: int = Field(strict=True)
        on: date
        kind: Kind
        id: UUID | None

    app = Kingpost()

    @app.post("/")
    def create(item: Exact) -> Exact:
        return item

    return app


@case(post("/", json=[1, 2]), post("/", 422, json=["x"]), post("/", 422, json={"root": [1]}))
def test_root_model() -> Kingpost:
    """A root model is its root in request and answer."""

    class Numbers(RootModel[list[int]]):
        pass

    app = Kingpost()

    @app.post("/")
    def create(numbers: Numbers) -> Numbers:
        return numbers

    return app


class Box(BaseModel, Generic[T]):
    """One generic model."""

    value: T
    more: list[T] = []


@case(
    post("/i", json={"value": 1}),
    post("/i", 422, json={"value": "x", "more": [1, "y"]}),
    post("/s", json={"value": "x"}),
    post("/n", json={"value": {"value": 1}}),
)
def test_generic_models() -> Kingpost:
    """Generic models are documented under `Box_int_` and the like (behaviour 56)."""
    app = Kingpost()

    @app.post("/i")
    def integers(box: Box[int]) -> Box[int]:
        return box

    @app.post("/s")
    def texts(box: Box[str]) -> Box[str]:
        return box

    @app.post("/n")
    def nested(box: Box[Box[int]]) -> Box[Box[int]]:
        return box

    return app


class Node(BaseModel):
    """A tree."""

    name: str
    children: list["Node"] = []


@case(
    post("/", json={"name": "a", "children": [{"name": "b", "children": []}]}),
    post("/", 422, json={"name": "a", "children": [{"name": "b", "children": [{}]}]}),
)
def test_recursive_model() -> Kingpost:
    """A model that contains itself."""
    app = Kingpost()

    @app.post("/")
    def create(node: Node) -> Node:
        return node

    return app


@case(post("/", json={"width": 2, "height": 3}), post("/", 422, json={"width": 2}))
def test_computed_field_splits_schemas() -> Kingpost:
    """A computed field splits the schema into -Input and -Output (behaviour 57)."""

    class Rectangle(BaseModel):
        width: int
        height: int

        @computed_field  # type: ignore[prop-decorator]  # mypy does not know the stacked form
        @property
        def area(self) -> int:
            return self.width * self.height

    app = Kingpost()

    @app.post("/")
    def create(shape: Rectangle) -> Rectangle:
        return shape

    return app


@case(
    post("/", json={"price": "1.10", "at": "2024-01-02T03:04:05+02:00", "state": "on"}),
    post("/", json={"price": 2, "at": 0, "state": "off"}),
    post("/", 422, json={"price": "x", "at": "y", "state": "z"}),
)
def test_rich_fields() -> Kingpost:
    """Decimal, datetime and Literal fields in typed answers (behaviour 31)."""

    class Order(BaseModel):
        price: Decimal = Field(max_digits=6, decimal_places=2)
        at: datetime
        state: Literal["on", "off"]

    app = Kingpost()

    @app.post("/")
    def create(order: Order) -> Order:
        return order

    return app


@case(post("/", json={"n": 1}), post("/", 422, json={"n": -1, "b": 1}))
def test_documented_model_settings() -> Kingpost:
    """json_schema_extra, titles, field deprecation and extras in the document."""

    class Item(BaseModel):
        model_config = ConfigDict(
            title="Documented", json_schema_extra={"examples": [{"n": 1}], "x-note": "n"}
        )
        n: int = Field(ge=0, deprecated=True, json_schema_extra={"x-unit": "m"})
        b: str = Field("d", exclude=True, repr=False)

    app = Kingpost()

    @app.post("/")
    def create(item: Annotated[Item, Body(description="The body")]) -> Item:
        return item

    return app


@case(post("/", json={"a": 1}), post("/", 422, json={"b": "x"}))
def test_inherited_model() -> Kingpost:
    """Inherited fields, in order of the hierarchy."""

    class Base(BaseModel):
        a: int

    class Derived(Base):
        b: int = 2

    app = Kingpost()

    @app.post("/")
    def create(item: Derived) -> Derived:
        return item

    return app


@case(post("/", json={"v": "A"}), post("/", 422, json={"v": 3}))
def test_before_validator_sees_raw_value() -> Kingpost:
    """A mode="before" validator gets the parsed JSON value."""

    class Item(BaseModel):
        v: str

        @field_validator("v", mode="before")
        @classmethod
        def lower(cls, value: Any) -> Any:
            return value.lower() if isinstance(value, str) else value

    app = Kingpost()

    @app.post("/")
    def create(item: Item) -> Item:
        return item

    return app
