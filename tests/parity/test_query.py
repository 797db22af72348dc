"""Query parameters of one value: presence, defaults, spellings, both declaration styles."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Optional, Union

from kingpost import Kingpost, Query
from tests.parity.harness import case, get, refused


class Order(StrEnum):
    """A sort order."""

    UP = "asc"
    DOWN = "desc"


@case(get("/?q=1"), get("/", 422), get("/?q=", 422), get("/?q=a", 422), get("/?p=1", 422))
def test_required_integer() -> Kingpost:
    """A scalar without default is required; an empty value is validated (behaviour 17)."""
    app = Kingpost()

    @app.get("/")
    def read(q: int) -> int:
        return q

    return app


@case(get("/?q=a"), get("/?q="), get("/?q=%C3%A9+%26"), get("/", 422), get("/?Q=a", 422))
def test_required_text() -> Kingpost:
    """An empty text is a value; names are case-sensitive."""
    app = Kingpost()

    @app.get("/")
    def read(q: str) -> str:
        return q

    return app


@case(
    get("/"), get("/?skip=5"), get("/?skip=5&limit=1"), get("/?limit=x", 422), get("/?skip=", 422)
)
def test_defaults() -> Kingpost:
    """Plain defaults make parameters optional and are documented."""
    app = Kingpost()

    @app.get("/")
    def read(skip: int = 0, limit: int = 100) -> dict[str, int]:
        return {"skip": skip, "limit": limit}

    return app


@case(get("/?q=3"), get("/", 422), get("/?q=", 422))
def test_nullable_without_default_is_required() -> Kingpost:
    """`int | None` without a default is required (behaviour 15)."""
    app = Kingpost()

    @app.get("/")
    def read(q: int | None) -> int | None:
        return q

    return app


@case(get("/"), get("/?a=1&b=2&c=3"), get("/?a=x", 422), get("/?b=x&c=y", 422))
def test_three_spellings_of_optional() -> Kingpost:
    """`Optional`, `Union` and `|` mean the same."""
    app = Kingpost()

    @app.get("/")
    def read(
        a: Optional[int] = None,  # noqa: UP045 - the spelling is what is compared
        b: Union[int, None] = None,  # noqa: UP007 - the spelling is what is compared
        c: int | None = None,
    ) -> list[int | None]:
        return [a, b, c]

    return app


@case(get("/"), get("/?q=7"), get("/?q=-7", 422))
def test_default_is_not_validated() -> Kingpost:
    """A default outside its own bounds is used as it stands (behaviour 15)."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(ge=0)] = -1) -> int:
        return q

    return app


@case(get("/", 422), get("/?q=7"))
def test_default_validated_on_request() -> Kingpost:
    """`validate_default=True` checks the default as well (behaviour 15)."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(ge=0, validate_default=True)] = -1) -> int:
        return q

    return app


@case(get("/?q=1&q=2"), get("/?q=x&q=2"), get("/?q=1&q=x", 422))
def test_last_of_repeated_values() -> Kingpost:
    """A repeated scalar takes the last value (behaviour 16)."""
    app = Kingpost()

    @app.get("/")
    def read(q: int) -> int:
        return q

    return app


@case(
    *[
        get(f"/?q={word}")
        for word in ("1", "0", "True", "FALSE", "on", "Off", "YES", "no", "y", "N", "T", "f")
    ],
    get("/?q=2", 422),
    get("/?q=", 422),
    get("/?q=enabled", 422),
)
def test_booleans() -> Kingpost:
    """Booleans accept all documented spellings in any case (behaviour 18)."""
    app = Kingpost()

    @app.get("/")
    def read(q: bool) -> bool:
        return q

    return app


@case(
    get("/"),
    get("/?order=desc&kind=b"),
    get("/?level=2", 422),
    get("/?order=up", 422),
    get("/?kind=c&level=3", 422),
)
def test_choices() -> Kingpost:
    """Enum and Literal parameters with defaults."""
    app = Kingpost()

    @app.get("/")
    def read(
        order: Order = Order.UP, kind: Literal["a", "b"] = "a", level: Literal[1, 2] | None = None
    ) -> list[Any]:
        return [order, kind, level]

    return app


@case(get("/?q=abc"), get("/"), get("/?q=ab", 422), get("/?q=abcdef", 422), get("/?q=ABC", 422))
def test_text_constraints() -> Kingpost:
    """Lengths and pattern are enforced together."""
    app = Kingpost()

    @app.get("/")
    def read(
        q: Annotated[str | None, Query(min_length=3, max_length=5, pattern="^[a-z]+$")] = None,
    ) -> str | None:
        return q

    return app


@case(get("/"), get("/?q=abcd"), get("/?q=ab", 422))
def test_default_style() -> Kingpost:
    """Query(default, ...) as the default value is the older style of the same declaration."""
    app = Kingpost()

    @app.get("/")
    def read(
        q: str | None = Query(None, min_length=3, title="Text", description="What to find"),
    ) -> str | None:
        return q

    return app


@case(get("/?q=abcd"), get("/", 422), get("/?q=ab", 422))
def test_ellipsis_is_required() -> Kingpost:
    """Query(...) is required in the default style."""
    app = Kingpost()

    @app.get("/")
    def read(q: str = Query(..., min_length=3)) -> str:
        return q

    return app


@case(get("/?b=1&a=2"), get("/?a=1", 422))
def test_required_after_optional() -> Kingpost:
    """With Annotated, required parameters may follow optional ones as keyword-only arguments."""
    app = Kingpost()

    @app.get("/")
    def read(*, a: Annotated[int, Query()] = 1, b: Annotated[int, Query()]) -> list[int]:
        return [a, b]

    return app


@case(get("/"), get("/?q=1"), get("/?q=x", 422))
def test_default_factory() -> Kingpost:
    """A default_factory makes a parameter optional; it is called for each request."""
    calls: list[int] = []

    def make() -> int:
        calls.append(1)
        return len(calls)

    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(default_factory=make)]) -> list[int]:
        return [q, len(calls)]

    return app


@case(get("/?old=1&hidden=2&named=3"), get("/?old=x&hidden=y&named=z", 422))
def test_documentation_only_settings() -> Kingpost:
    """deprecated, include_in_schema, examples and extras change the document alone."""
    app = Kingpost()

    @app.get("/")
    def read(
        old: Annotated[int, Query(deprecated=True, description="Use *new*")],
        hidden: Annotated[int, Query(include_in_schema=False)],
        named: Annotated[
            int,
            Query(
                title="Named",
                examples=[1, 2],
                openapi_examples={"one": {"summary": "One", "value": 1}},
                json_schema_extra={"x-unit": "metre"},
            ),
        ],
    ) -> list[int]:
        return [old, hidden, named]

    return app


@case(get("/a/1?q=2"), get("/a/x?q=y&r=z", 422), get("/a/1", 422))
def test_path_and_query_errors_together() -> Kingpost:
    """All errors are reported at once, path before query (behaviour 7)."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(q: int, n: int, r: bool = False) -> list[Any]:
        return [n, q, r]

    return app


@case(get("/?q=3"), get("/?q=3.5"), get("/?q=x"), get("/", 422))
def test_union_of_scalars() -> Kingpost:
    """A union takes the best member in smart mode."""
    app = Kingpost()

    @app.get("/")
    def read(q: int | float | str) -> dict[str, Any]:
        return {"q": q, "type": type(q).__name__}

    return app


@case(get("/?q=1"), get("/?q=a", 422))
def test_any_and_unannotated() -> Kingpost:
    """A parameter without annotation is a query parameter of any value; Any likewise."""
    app = Kingpost()

    @app.get("/")
    def read(n: Annotated[int, Query(alias="q")], free: Any = 5) -> list[Any]:
        return [n, free]

    return app


@case(get("/?raw=x"), get("/?raw=1&raw=2"), get("/", 422))
def test_unannotated() -> Kingpost:
    """A parameter without any annotation is read from the query as text."""
    app = Kingpost()

    @app.get("/")
    def read(raw):  # type: ignore[no-untyped-def]  # the missing annotations are the case
        return {"raw": raw}

    return app


@refused(AssertionError)
def test_default_inside_annotated_is_refused() -> Kingpost:
    """A default inside Annotated[..., Query(5)] is refused (behaviour 22)."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[int, Query(5)]) -> int:
        return q

    return app


@refused(AssertionError)
def test_model_union_in_query_is_refused() -> Kingpost:
    """A query parameter of a type that a query string cannot hold is refused."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[dict[str, dict[str, int]], Query()]) -> Any:
        return q

    return app
