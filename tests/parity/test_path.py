"""Path parameters: conversion, constraints, converters, and what a declaration may not say."""

import uuid
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from kingpost import Kingpost, Path, Query
from tests.parity.harness import case, get, refused


class Colour(StrEnum):
    """A choice of words."""

    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    """A choice of numbers."""

    LOW = 1
    HIGH = 2


@case(
    get("/items/3?q=x"),
    get("/items/-3"),
    get("/items/x", 422),
    get("/items/3.0"),
    get("/items/3.5", 422),
)
def test_integer() -> Kingpost:
    """A path segment is converted to the annotated integer, and a bad one reported."""
    app = Kingpost()

    @app.get("/items/{item_id}")
    def read(item_id: int, q: str | None = None) -> dict[str, Any]:
        return {"item_id": item_id, "q": q}

    return app


@case(get("/a/1.5"), get("/a/1e3"), get("/a/nan", 200), get("/a/x", 422), get("/a/1,5", 422))
def test_float() -> Kingpost:
    """A float segment takes every spelling that pydantic takes; NaN is null in a typed answer."""
    app = Kingpost()

    @app.get("/a/{value}")
    def read(value: float) -> float:
        return value

    return app


@case(
    *[get(f"/a/{word}") for word in ("1", "0", "true", "OFF", "yes", "N", "t", "F")],
    get("/a/maybe", 422),
)
def test_boolean() -> Kingpost:
    """A boolean segment takes all documented spellings in any case (behaviour 18)."""
    app = Kingpost()

    @app.get("/a/{flag}")
    def read(flag: bool) -> bool:
        return flag

    return app


@case(get("/a/red"), get("/a/green", 422))
def test_string_enum() -> Kingpost:
    """An enum member is found by its value, and the choices are documented."""
    app = Kingpost()

    @app.get("/a/{colour}")
    def read(colour: Colour) -> dict[str, Any]:
        return {"colour": colour, "name": colour.name}

    return app


@case(get("/a/2"), get("/a/3", 422), get("/a/LOW", 422))
def test_integer_enum() -> Kingpost:
    """An integer enum is found by its number, not its name."""
    app = Kingpost()

    @app.get("/a/{level}")
    def read(level: Level) -> Level:
        return level

    return app


@case(get("/a/on"), get("/a/maybe", 422))
def test_literal() -> Kingpost:
    """A Literal limits the segment to its values."""
    app = Kingpost()

    @app.get("/a/{state}")
    def read(state: Literal["on", "off"]) -> str:
        return state

    return app


@case(
    get("/u/7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    get("/u/nope", 422),
    get("/d/2024-02-29"),
    get("/d/2023-02-29", 422),
    get("/n/1.10"),
    get("/n/a", 422),
)
def test_rich_types() -> Kingpost:
    """UUID, date and Decimal segments are parsed and written back in their JSON form."""
    app = Kingpost()

    @app.get("/u/{value}")
    def read_uuid(value: uuid.UUID) -> uuid.UUID:
        return value

    @app.get("/d/{value}")
    def read_date(value: date) -> date:
        return value

    @app.get("/n/{value}")
    def read_decimal(value: Decimal) -> Decimal:
        return value

    return app


@case(get("/a/5"), get("/a/0", 422), get("/a/11", 422), get("/a/x", 422))
def test_number_constraints() -> Kingpost:
    """Bounds given in Path() are enforced and documented."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(n: Annotated[int, Path(title="A number", gt=0, le=10, description="How many")]) -> int:
        return n

    return app


@case(get("/a/abc"), get("/a/ab", 422), get("/a/abcdef", 422), get("/a/AbC", 422))
def test_text_constraints_default_style() -> Kingpost:
    """Path(...) as the default value carries length and pattern."""
    app = Kingpost()

    @app.get("/a/{word}")
    def read(word: str = Path(min_length=3, max_length=5, pattern="^[a-z]+$")) -> str:
        return word

    return app


@case(get("/files/a/b.txt"), get("/files/"), get("/files//etc/x"), get("/file", 404))
def test_path_converter() -> Kingpost:
    """`{p:path}` keeps slashes and is written `{p}` in OpenAPI (behaviour 23)."""
    app = Kingpost()

    @app.get("/files/{p:path}")
    def read(p: str) -> str:
        return p

    return app


@case(
    get("/i/3"),
    get("/i/x", 404),
    get("/f/1.5"),
    get("/f/x", 404),
    get("/u/7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    get("/u/3", 404),
)
def test_starlette_converters() -> Kingpost:
    """A mismatch of `{x:int}` is a 404, not a 422 (behaviour 23)."""
    app = Kingpost()

    @app.get("/i/{x:int}")
    def read_int(x: int) -> int:
        return x

    @app.get("/f/{x:float}")
    def read_float(x: float) -> float:
        return x

    @app.get("/u/{x:uuid}")
    def read_uuid(x: uuid.UUID) -> str:
        return str(x)

    return app


@case(get("/i/1", 422), get("/p/a/b"), get("/s/1"), get("/both/1/a", 422))
def test_converters_of_what_is_annotated_as_text() -> Kingpost:
    """What a converter has made a number is no text any more."""
    app = Kingpost()

    @app.get("/i/{x:int}")
    @app.get("/p/{x:path}")
    @app.get("/s/{x:str}")
    def read(x: str) -> str:
        return x

    @app.get("/both/{x:int}/{y}")
    def read_both(x: str, y: str) -> str:
        return x + y

    return app


@case(get("/a/1/b/two"), get("/a/one/b/2", 422), get("/a/x/b/", 404))
def test_several_segments() -> Kingpost:
    """Several parameters in a path, declared in another order than they appear."""
    app = Kingpost()

    @app.get("/a/{first}/b/{second}")
    def read(second: str, first: int) -> list[Any]:
        return [first, second]

    return app


@case(get("/v1.2/x"), get("/v1.x/x", 422), get("/v1/x", 404))
def test_parameters_inside_a_segment() -> Kingpost:
    """Two parameters may share one segment with literal text."""
    app = Kingpost()

    @app.get("/v{major}.{minor}/x")
    def read(major: int, minor: int) -> list[int]:
        return [major, minor]

    return app


@case(get("/a/3"), get("/a/x", 422))
def test_default_is_ignored() -> Kingpost:
    """A plain default on a path parameter is ignored: it stays required (behaviour 22)."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(n: int = 7) -> int:
        return n

    return app


@case(get("/a/x%20y"), get("/a/x%2Fy", 404), get("/a/%C3%BC"), get("/a/a+b"))
def test_percent_encoding() -> Kingpost:
    """Segments are decoded once; an encoded slash separates segments."""
    app = Kingpost()

    @app.get("/a/{word}")
    def read(word: str) -> str:
        return word

    return app


@case(get("/a/abc"), get("/a/xyz", 422))
def test_annotated_validator() -> Kingpost:
    """A pydantic validator in Annotated runs; its ValueError has an empty ctx (behaviour 9)."""

    def starts_with_a(value: str) -> str:
        if not value.startswith("a"):
            raise ValueError("must start with a")
        return value.upper()

    app = Kingpost()

    @app.get("/a/{word}")
    def read(word: Annotated[str, AfterValidator(starts_with_a)]) -> str:
        return word

    return app


@case(get("/a/3"), get("/a/x", 422))
def test_alias() -> Kingpost:
    """A Path alias binds an argument to a segment of another name."""
    app = Kingpost()

    @app.get("/a/{number}")
    def read(item_id: Annotated[int, Path(alias="number")]) -> int:
        return item_id

    return app


@case(get("/a/3"), get("/a/x"), get("/b/1", 404))
def test_undeclared_parameter() -> Kingpost:
    """A path parameter that the function does not take is matched and not documented."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read() -> str:
        return "ok"

    return app


@refused(AssertionError)
def test_list_is_refused() -> Kingpost:
    """A list cannot be a path parameter (behaviour 22)."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(n: list[int]) -> list[int]:
        return n

    return app


@refused(AssertionError)
def test_query_for_a_path_name_is_refused() -> Kingpost:
    """Query() on a name of the path is refused (behaviour 22)."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(n: Annotated[int, Query()]) -> int:
        return n

    return app


@refused(AssertionError)
def test_path_with_default_is_refused() -> Kingpost:
    """Path() takes no default value."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(n: int = Path(3)) -> int:
        return n

    return app


@case(get("/items", 404), get("/ok"))
def test_path_without_leading_slash() -> Kingpost:
    """A path without its leading slash is accepted and never matches."""
    app = Kingpost()

    @app.get("items")
    def read() -> str:
        return "x"

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app
