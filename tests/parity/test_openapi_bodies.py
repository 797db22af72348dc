"""Request bodies and responses in the document: references, titles, extras, media types."""

import dataclasses
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel
from typing_extensions import TypedDict

from kingpost import Body, Depends, Form, Kingpost
from kingpost.responses import FileResponse, HTMLResponse, RedirectResponse
from tests.parity.harness import case, get, post, put

T = TypeVar("T")


class Item(BaseModel):
    """The item's docstring."""

    name: str


class Page(BaseModel, Generic[T]):
    """A page of things."""

    items: list[T]
    total: int = 0


class Numbers(RootModel[list[int]]):
    """A root model."""


class Tree(BaseModel):
    """A recursive model."""

    value: Item
    branches: "list[Tree] | None" = None


class Typed(TypedDict, total=False):
    """A typed dict."""

    a: int


class Described(BaseModel):
    """Fields with docstrings."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    b: Item
    """The B."""
    c: int = 1
    """The C."""


@dataclasses.dataclass
class Data:
    """A dataclass."""

    a: int
    b: list[Item] = dataclasses.field(default_factory=list)


@case(post("/1", json={"name": "a"}), post("/2", json={"name": "a"}), post("/1", 422, json={}))
def test_titles_beside_references() -> Kingpost:
    """Title and description of a body beside the reference to its model."""
    app = Kingpost()

    @app.post("/1")
    def one(item: Annotated[Item, Body(title="Own", description="Own description")]) -> Item:
        return item

    @app.post("/2")
    def two(item: Item | None = Body(None, title="Optional")) -> Item | None:
        return item

    return app


@case(post("/", json={"item": {"name": "a"}, "n": 1}), post("/", 422, json={"n": 1}))
def test_embedded_settings() -> Kingpost:
    """Settings of embedded body parameters."""
    app = Kingpost()

    @app.post("/")
    def create(
        item: Annotated[Item, Body(description="The item", examples=[{"name": "x"}])],
        n: Annotated[int, Body(ge=0, deprecated=True, json_schema_extra={"x-n": 1})],
        maybe: Annotated[Item | None, Body(title="Maybe")] = None,
        listed: Annotated[list[Item], Body()] = [],  # noqa: B006 - declared
    ) -> Any:
        return [item, n, maybe, listed]

    return app


@case(get("/items"), get("/trees"), get("/numbers"), get("/x", 404))
def test_generic_and_recursive_results() -> Kingpost:
    """Generic, recursive and root models as results."""
    app = Kingpost()

    @app.get("/items")
    def items() -> Page[Item]:
        return Page[Item](items=[])

    @app.get("/trees")
    def trees() -> Page[Tree]:
        return Page[Tree](items=[])

    @app.get("/numbers")
    def numbers() -> Page[Numbers] | Page[int]:
        return Page[int](items=[1])

    return app


@case(put("/data", json={"a": 1}), put("/typed", json={"a": 1}), put("/data", 422, json={}))
def test_dataclasses_and_typed_dicts() -> Kingpost:
    """Their schemas and names."""
    app = Kingpost()

    @app.put("/data")
    def data(data: Data) -> list[Data]:
        return [data]

    @app.put("/typed")
    def typed(typed: Typed) -> dict[str, Typed]:
        return {"t": typed}

    return app


@case(post("/", json={"a": 1, "b": 2}), post("/", 422, json={}))
def test_same_model_in_many_places() -> Kingpost:
    """One model used as body, result, additional response and field is one component."""

    class Holder(BaseModel):
        a: int
        item: Item | None = None

    app = Kingpost(responses={500: {"model": Item}})

    @app.post("/", responses={400: {"model": list[Item]}, 404: {"model": Item}})
    def create(holder: Holder) -> Holder:
        return holder

    @app.get("/items")
    def items() -> dict[str, Item]:
        return {}

    return app


@case(get("/file"), get("/html"), get("/redirect", 307), get("/x", 404))
def test_response_classes_without_schema() -> Kingpost:
    """Classes whose media type says more or less than a schema."""
    app = Kingpost()

    @app.get("/file", response_class=FileResponse)
    def file() -> Any:
        return __file__

    @app.get("/html", response_class=HTMLResponse, response_model=None)
    def html() -> Any:
        return "<p>"

    @app.get("/redirect", response_class=RedirectResponse, status_code=307)
    def redirect() -> str:
        return "/x"

    return app


@case(get("/"), get("/x", 404))
def test_merged_contents_of_responses() -> Kingpost:
    """Content given for the default status is merged with the schema."""
    app = Kingpost()

    @app.get(
        "/",
        responses={
            "200": {
                "description": "Replaced",
                "content": {
                    "application/json": {"examples": {"e": {"value": {"name": "n"}}}},
                    "text/csv": {"schema": {"type": "string"}},
                },
                "links": {"next": {"operationId": "read__get"}},
            },
            404: {
                "model": Item,
                "description": "With a model and content",
                "content": {"application/json": {"example": {"name": "none"}}},
            },
        },
    )
    def read() -> Item:
        return Item(name="a")

    return app


@case(post("/", content=b"raw"), post("/x", 404))
def test_body_declared_by_hand() -> Kingpost:
    """A request body documented through openapi_extra alone."""
    app = Kingpost()
    schema = {"content": {"application/x-yaml": {"schema": Item.model_json_schema()}}}

    @app.post("/", openapi_extra={"requestBody": {**schema, "required": True}})
    async def create() -> str:
        return "x"

    return app


@case(post("/", json={"name": "a"}), post("/", 422, json={}))
def test_titles_of_models() -> Kingpost:
    """Title and schema title generator of a model's configuration."""

    class Titled(BaseModel):
        model_config = ConfigDict(
            title="The title", field_title_generator=lambda name, info: f"<{name}>"
        )
        name: str
        other: int = Field(1, title="Given")

    app = Kingpost()

    @app.post("/")
    def create(body: Titled) -> Titled:
        return body

    return app


@case(
    post("/a", json=1), post("/b", json=[1]), post("/c", data={"x": "1"}), post("/a", 422, json="x")
)
def test_names_of_bodies_without_models() -> Kingpost:
    """Titles of scalar, list and form bodies."""
    app = Kingpost()

    @app.post("/a")
    def a(number: Annotated[int, Body()]) -> int:
        return number

    @app.post("/b")
    def b(numbers: list[int]) -> list[int]:
        return numbers

    @app.post("/c", operation_id="given_id")
    def c(x: Annotated[int, Form()]) -> int:
        return x

    return app


@case(post("/", json={"b": {"name": "x"}}), post("/", 422, json={}))
def test_descriptions_of_model_fields() -> Kingpost:
    """Docstrings of attributes as descriptions."""

    app = Kingpost()

    @app.post("/")
    def create(body: Described) -> Described:
        return body

    return app


@case(post("/", json={"q": 1, "r": 2}), post("/", 422, json={}), post("/", 422))
def test_one_name_that_is_required_once() -> Kingpost:
    """A body is required if anybody requires a part of it."""
    app = Kingpost()

    def required(q: Annotated[int, Body()]) -> int:
        return q

    def optional(q: Annotated[int, Body()] = 5) -> int:
        return q

    @app.post("/")
    def create(
        one: Annotated[int, Depends(optional)],
        other: Annotated[int, Depends(required)],
        r: Annotated[int, Body()] = 3,
    ) -> list[int]:
        return [one, other, r]

    return app
