"""Parameters in the document: descriptions, examples, deprecation, extras, by every declaration."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from kingpost import Body, Cookie, Depends, File, Form, Header, Kingpost, Path, Query, UploadFile
from tests.parity.harness import case, get, post


class Colour(Enum):
    """The docstring of the enumeration."""

    RED = "red"


class Filters(BaseModel):
    """Documented as separate parameters."""

    model_config = ConfigDict(title="Filters title")

    limit: int = Field(10, ge=1, description="How many", examples=[1, 2], title="The limit")
    old: str | None = Field(None, deprecated=True)
    colours: list[Colour] = []
    word: Literal["a", "b"] = "a"
    extra: int = Field(1, json_schema_extra={"x-own": True})
    hidden: int = Field(1, exclude=True)


@case(get("/"), get("/?limit=0", 422))
def test_fields_of_a_query_model() -> Kingpost:
    """Each field's settings reach its parameter."""
    app = Kingpost()

    @app.get("/")
    def read(filters: Annotated[Filters, Query()]) -> Filters:
        return filters

    return app


@case(get("/", headers={"limit": "2"}), get("/", 422, headers={"limit": "x"}))
def test_fields_of_a_header_model() -> Kingpost:
    """The same for headers."""
    app = Kingpost()

    @app.get("/")
    def read(filters: Annotated[Filters, Header()]) -> int:
        return filters.limit

    return app


@case(get("/", headers={"Cookie": "limit=2"}), get("/", 422, headers={"Cookie": "limit=x"}))
def test_fields_of_a_cookie_model() -> Kingpost:
    """The same for cookies."""
    app = Kingpost()

    @app.get("/")
    def read(filters: Annotated[Filters, Cookie()]) -> int:
        return filters.limit

    return app


@case(post("/", data={"limit": "2"}), post("/", 422, data={"limit": "x"}))
def test_fields_of_a_form_model() -> Kingpost:
    """The same for forms."""
    app = Kingpost()

    @app.post("/")
    def create(filters: Annotated[Filters, Form()]) -> int:
        return filters.limit

    return app


@case(get("/3?q=1"), get("/x", 422))
def test_descriptions_from_every_source() -> Kingpost:
    """Description of the marker, of Field, of both, of the type."""
    app = Kingpost()

    @app.get("/{p}")
    def read(
        p: Annotated[int, Field(description="Field's"), Path(title="P")],
        q: Annotated[int, Query(description="Query's"), Field(description="Field's, later")],
        r: Annotated[int, Field(title="R title", examples=[1])] = 1,
        s: Annotated[int, Field(deprecated=True, json_schema_extra={"x-s": 1})] = 1,
        t: int = Query(1, description="Of the default style"),
        c: Annotated[Colour, Query(description="Beside an enumeration")] = Colour.RED,
        d: Annotated[Colour | None, Query(description="Beside an optional one")] = None,
    ) -> Any:
        return [p, q, r, s, t, c, d]

    return app


@case(
    post("/?q=1", json={"limit": 1}, headers={"h": "1", "Cookie": "c=1"}),
    post("/", 422, json={}),
)
def test_examples_of_every_marker() -> Kingpost:
    """examples and openapi_examples of all markers."""
    named: Any = {"one": {"summary": "S", "description": "D", "value": 1}, "two": {"value": 2}}
    app = Kingpost()

    @app.post("/")
    def create(
        q: Annotated[int, Query(examples=[1], openapi_examples=named)],
        h: Annotated[int, Header(openapi_examples=named)],
        c: Annotated[int, Cookie(examples=[1, 2])],
        body: Annotated[Filters, Body(examples=[{"limit": 2}], openapi_examples=named)],
    ) -> Any:
        return [q, h, c, body]

    return app


@case(post("/", data={"a": "1"}, files={"f": b"f"}), post("/", 422, data={"a": "x"}))
def test_settings_of_forms_and_files() -> Kingpost:
    """Titles, descriptions, examples and deprecation of form fields and files."""
    app = Kingpost()

    @app.post("/")
    def create(
        a: Annotated[int, Form(description="A", examples=[1], title="Title A")],
        f: Annotated[UploadFile, File(description="F", title="Title F")],
        g: Annotated[bytes | None, File(description="G")] = None,
        h: Annotated[list[UploadFile], File(description="H", deprecated=True)] = [],  # noqa: B006
        i: Annotated[str, Form(openapi_examples={"x": {"value": "i"}}, max_length=3)] = "i",
    ) -> Any:
        return [a, f.filename, g, len(h), i]

    return app


@case(get("/?a=1"), get("/", 422))
def test_extras_of_a_parameter() -> Kingpost:
    """json_schema_extra as dict and as function, deprecation as text."""

    def extra(schema: dict[str, Any]) -> None:
        schema["x-called"] = sorted(schema)

    app = Kingpost()

    @app.get("/")
    def read(
        a: Annotated[int, Query(json_schema_extra={"x-a": [1]})],
        b: Annotated[int, Query(json_schema_extra=extra)] = 1,
        c: Annotated[int, Query(deprecated="Use a")] = 1,
        d: Annotated[int, Query(deprecated=False)] = 1,
    ) -> Any:
        return [a, b, c, d]

    return app


@case(get("/?q=1"), get("/", 422))
def test_parameters_of_several_dependencies() -> Kingpost:
    """The order of parameters of endpoint and dependencies, doubles removed (behaviour 58)."""

    def one(b: int = 1, a: int = 2, q: int | None = None) -> None:
        return None

    def two(q: str, h: Annotated[str | None, Header()] = None, b: int = 3) -> None:
        return None

    app = Kingpost(dependencies=[Depends(one)])

    @app.get("/", dependencies=[Depends(two)])
    def read(z: int = 1, h: Annotated[str, Header(description="Endpoint's")] = "h") -> Any:
        return [z, h]

    return app


@case(get("/a/1"), get("/a/x", 422))
def test_path_parameter_of_a_dependency() -> Kingpost:
    """A path parameter that only the dependency takes."""

    def number(n: Annotated[int, Path(description="Dependency's", ge=1)]) -> int:
        return n

    app = Kingpost()

    @app.get("/a/{n}")
    def read(value: Annotated[int, Depends(number)]) -> int:
        return value

    return app


@case(get("/?flag=1"), get("/?flag=x", 422), get("/"))
def test_defaults_that_json_writes_differently() -> Kingpost:
    """Defaults of rich types in the document."""
    app = Kingpost()

    @app.get("/")
    def read(
        flag: bool = False,
        on: date = date(2024, 1, 2),
        at: datetime = datetime(2024, 1, 2, tzinfo=UTC),
        clock: time = time(1, 2),
        span: timedelta = timedelta(hours=1),
        price: Decimal = Decimal("1.50"),
        id: UUID = UUID(int=1),
        colour: Colour = Colour.RED,
        tags: Annotated[set[str], Query()] = {"a"},  # noqa: B006 - declared
        raw: Annotated[bytes, Query()] = b"raw",
    ) -> bool:
        return flag

    return app


@case(get("/first"), get("/last"), get("/before"), get("/first?q=x", 422))
def test_one_name_in_dependencies_that_occur_again() -> Kingpost:
    """A dependency counts where it occurs first; of one name the last counts."""
    app = Kingpost()

    def inner(q: int = 1) -> int:
        return q

    def outer(inner: Annotated[int, Depends(inner)], q: str = "a") -> list[Any]:
        return [inner, q]

    @app.get("/first")
    def read_first(
        inner: Annotated[int, Depends(inner)], outer: Annotated[list[Any], Depends(outer)]
    ) -> list[Any]:
        return [inner, outer]

    @app.get("/last")
    def read_last(
        outer: Annotated[list[Any], Depends(outer)], inner: Annotated[int, Depends(inner)]
    ) -> list[Any]:
        return [inner, outer]

    @app.get("/before", dependencies=[Depends(inner)])
    def read_before(outer: Annotated[list[Any], Depends(outer, use_cache=False)]) -> list[Any]:
        return outer

    return app
