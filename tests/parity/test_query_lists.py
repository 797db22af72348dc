"""Query parameters of many values: lists, sets, tuples, their errors and defaults."""

from enum import StrEnum
from typing import Annotated, Any, List  # noqa: UP035 - the old spelling is a case

from kingpost import Kingpost, Query
from tests.parity.harness import case, get


class Tag(StrEnum):
    """A label."""

    A = "a"
    B = "b"


@case(get("/?q=1&q=2"), get("/?q=1"), get("/?q=1,2", 422), get("/?q=1&q=x&q=y", 422), get("/", 422))
def test_list_of_integers() -> Kingpost:
    """A list takes all values, `1,2` is one; errors have the index in loc (behaviour 16)."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[int], Query()]) -> list[int]:
        return q

    return app


@case(get("/"), get("/?q=a&q="), get("/?other=1"), get("/missing", 404))
def test_list_with_default() -> Kingpost:
    """A default list is used when no value is sent at all."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[str], Query()] = ["x", "y"]) -> list[str]:  # noqa: B006 - declared
        return q

    return app


@case(get("/"), get("/?q=a&q=b"), get("/?n=x", 422))
def test_nullable_list() -> Kingpost:
    """`list | None` defaults to None, and to nothing else."""
    app = Kingpost()

    @app.get("/")
    def read(
        q: Annotated[list[str] | None, Query()] = None,
        n: Annotated[list[int] | None, Query()] = None,
    ) -> dict[str, Any]:
        return {"q": q, "n": n}

    return app


@case(get("/?q=2&q=1&q=2"), get("/?q=x&q=x", 422))
def test_set() -> Kingpost:
    """A set removes repeated values and is documented with unique items."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[set[int], Query()]) -> list[int]:
        return sorted(q)

    return app


@case(get("/?q=1&q=a"), get("/?q=1", 422), get("/?q=a&q=1", 422), get("/?q=1&q=a&q=b", 422))
def test_fixed_tuple() -> Kingpost:
    """A tuple of fixed length checks each place."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[tuple[int, str], Query()]) -> list[Any]:
        return list(q)

    return app


@case(get("/?q=1&q=2"), get("/?q=x", 422), get("/", 422))
def test_open_tuple() -> Kingpost:
    """A tuple of any length behaves as a list."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[tuple[int, ...], Query()]) -> tuple[int, ...]:
        return q

    return app


@case(get("/?q=1&q=2"), get("/?q=1", 422), get("/?q=1&q=2&q=3&q=4", 422))
def test_length_of_list() -> Kingpost:
    """min_length and max_length of a list count its items."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[int], Query(min_length=2, max_length=3)]) -> list[int]:
        return q

    return app


@case(get("/?q=a&q=b"), get("/?q=a&q=c", 422))
def test_list_of_enum() -> Kingpost:
    """Items may be enum members."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[Tag], Query()]) -> list[Tag]:
        return q

    return app


@case(get("/?tag=a&tag=b"), get("/?q=a", 422))
def test_list_with_alias() -> Kingpost:
    """A list is collected under its alias."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[str], Query(alias="tag")]) -> list[str]:
        return q

    return app


@case(get("/?q=1&q=2"), get("/", 422))
def test_bare_list() -> Kingpost:
    """A bare `list` holds texts."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list, Query()]) -> Any:  # type: ignore[type-arg]  # the bare type is the case
        return q

    return app


@case(get("/?q=1&q=2"), get("/"), get("/?q=x", 422))
def test_default_style_list() -> Kingpost:
    """`List[int] = Query([])` in the older style."""
    app = Kingpost()

    @app.get("/")
    def read(q: List[int] = Query([])) -> list[int]:  # noqa: UP006 - the old spelling
        return q

    return app


@case(get("/?q=5&q=6"), get("/?q=5&q=50", 422))
def test_constrained_items() -> Kingpost:
    """Constraints on items are reported at their index."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[Annotated[int, Query(le=10)]], Query()]) -> list[int]:
        return q

    return app


@case(get("/?q=1&q=z"), get("/", 422))
def test_list_of_unions() -> Kingpost:
    """Items of a union type are converted one by one."""
    app = Kingpost()

    @app.get("/")
    def read(q: Annotated[list[int | str], Query()]) -> list[Any]:
        return q

    return app


@case(get("/?a=1&b=x&a=2&b=y"), get("/?a=1&a=q&b=x", 422))
def test_two_lists() -> Kingpost:
    """Two lists in one query are kept apart."""
    app = Kingpost()

    @app.get("/")
    def read(a: Annotated[list[int], Query()], b: Annotated[frozenset[str], Query()]) -> list[Any]:
        return [a, sorted(b)]

    return app
