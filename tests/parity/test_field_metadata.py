"""Pydantic's `Field()` and validators beside a marker, or instead of one, in `Annotated`."""

from typing import Annotated

from pydantic import AfterValidator, AliasChoices, Field

from kingpost import Body, Header, Kingpost, Query
from tests.parity.harness import case, get, post

Plain = Annotated[int, Field(description="How many", ge=3, alias="z")]


@case(get("/?z=4"), get("/?q=4"), get("/?z=1", 422))
def test_field_without_marker_names_and_bounds() -> Kingpost:
    """An alias, a bound and a validator hold where no marker stands beside them."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[Plain, AfterValidator(lambda value: value + 1)] = 1) -> int:
        return q

    return app


@case(get("/?k=4"), get("/?q=4", 422), get("/?k=2", 422), get("/?k=6", 422))
def test_everything_beside_a_marker_counts() -> Kingpost:
    """Fields before and after the marker, and validators, in the order of writing."""
    app = Kingpost()

    @app.get("/")
    def read(
        q: Annotated[
            int,
            Field(ge=3, title="First"),
            Query(alias="k", description="Query's"),
            AfterValidator(lambda value: value * 2),
            Field(le=10, title="Last"),
        ],
    ) -> int:
        return q

    return app


@case(get("/?q=5"), get("/?q=3", 422))
def test_last_bound_counts() -> Kingpost:
    """Of two bounds of one kind, the one written last holds."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(ge=2), Field(ge=4)]) -> int:
        return q

    return app


@case(get("/?q=1"), get("/"), get("/?q=x", 422))
def test_marker_as_default_speaks_for_itself() -> Kingpost:
    """A marker that is the default hides what `Annotated` says."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Field(ge=3, description="Field's")] = Query(1, title="T")) -> int:
        return q

    return app


@case(get("/"), get("/?q=1"), get("/?q=x", 422))
def test_default_factory_of_a_field() -> Kingpost:
    """A field's factory makes the default."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Field(default_factory=lambda: 7)]) -> int:
        return q

    return app


@case(get("/?q=1"), get("/", 422))
def test_default_of_a_field_does_not_count() -> Kingpost:
    """A field's default is not the parameter's."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Field(default=5)]) -> int:
        return q

    return app


@case(get("/?x=1"), get("/?y=2"), get("/", 422), get("/?q=1", 422))
def test_choices_of_a_field() -> Kingpost:
    """A field may name several spellings."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[str, Field(validation_alias=AliasChoices("x", "y")), Query()]) -> str:
        return q

    return app


@case(get("/", headers={"A_b": "3"}), get("/", 422, headers={"A-b": "3"}))
def test_field_names_a_header() -> Kingpost:
    """An alias is the header's name as it stands."""
    app = Kingpost()

    @app.get("/")
    def read(x_y: Annotated[int, Field(alias="A_b"), Header()]) -> int:
        return x_y

    return app


@case(post("/", json={"a b": 3, "z": 1}), post("/", 422, json={"y": 3, "z": 1}))
def test_field_names_a_key_of_the_body() -> Kingpost:
    """An alias is the key's name, in the document as well."""
    app = Kingpost()

    @app.post("/")
    def make(
        y: Annotated[int, Field(ge=2, alias="a b", title="T"), Body(description="D", le=5)],
        z: Annotated[int, Body()],
    ) -> list[int]:
        return [y, z]

    return app


@case(get("/", 422), get("/?q=3"))
def test_default_that_is_checked() -> Kingpost:
    """A field may ask for its default to be checked."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Field(validate_default=True, ge=3)] = 1) -> int:
        return q

    return app
