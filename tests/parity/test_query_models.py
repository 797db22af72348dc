"""A pydantic model as the set of query parameters."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from kingpost import Depends, Kingpost, Query
from tests.parity.harness import case, get


class Kind(StrEnum):
    """A choice."""

    A = "a"
    B = "b"


class Filter(BaseModel):
    """Paging and sorting."""

    limit: int = Field(100, gt=0, le=100)
    offset: int = Field(0, ge=0)
    order_by: Literal["created_at", "updated_at"] = "created_at"
    tags: list[str] = []


class Strict(BaseModel):
    """Forbids what it does not name."""

    model_config = ConfigDict(extra="forbid")

    limit: int = 10


class Aliased(BaseModel):
    """Fields under other names."""

    page_size: int = Field(10, alias="pageSize")
    sort: str | None = Field(None, validation_alias="orderBy")


class Range(BaseModel):
    """A check over two fields."""

    low: int
    high: int

    @field_validator("low")
    @classmethod
    def not_seven(cls, value: int) -> int:
        """Refuse seven."""
        if value == 7:
            raise ValueError("seven is refused")
        return value

    @model_validator(mode="after")
    def in_order(self) -> "Range":
        """Refuse a reversed range."""
        if self.low > self.high:
            raise ValueError("low exceeds high")
        return self


@case(
    get("/"),
    get("/?limit=5&offset=2&order_by=updated_at&tags=a&tags=b"),
    get("/?limit=0&offset=-1&order_by=x", 422),
    get("/?extra=1"),
)
def test_model() -> Kingpost:
    """Each field is a parameter of its own; unknown ones are ignored."""
    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Filter, Query()]) -> Filter:
        return query

    return app


@case(get("/?limit=5"), get("/?limit=5&x=1", 422), get("/?x=1&y=2", 422))
def test_forbidden_extra() -> Kingpost:
    """extra="forbid" rejects unknown parameters."""
    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Strict, Query()]) -> Strict:
        return query

    return app


@case(get("/?limit=5"), get("/?limit=5&q=1", 422), get("/?q=1", 422))
def test_forbidden_extra_with_sibling() -> Kingpost:
    """extra="forbid" also rejects sibling scalar parameters (behaviour 21)."""
    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Strict, Query()], q: str = "none") -> dict[str, Any]:
        return {"query": query.model_dump(), "q": q}

    return app


@case(get("/?pageSize=3&orderBy=x"), get("/?page_size=3"), get("/?pageSize=x", 422))
def test_aliases_in_model() -> Kingpost:
    """Fields are read and documented under their aliases."""
    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Aliased, Query()]) -> dict[str, Any]:
        return {"page_size": query.page_size, "sort": query.sort}

    return app


@case(get("/?low=1&high=2"), get("/?low=3&high=2", 422), get("/?low=7&high=9", 422), get("/", 422))
def test_validators_in_model() -> Kingpost:
    """Validators of fields and model are reported with an empty ctx.error (behaviour 9)."""
    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Range, Query()]) -> list[int]:
        return [query.low, query.high]

    return app


@case(get("/a/3?limit=2"), get("/a/x?limit=0", 422))
def test_model_beside_path_parameter() -> Kingpost:
    """A query model together with a path parameter."""
    app = Kingpost()

    @app.get("/a/{n}")
    def read(n: int, query: Annotated[Filter, Query()]) -> dict[str, Any]:
        return {"n": n, "limit": query.limit}

    return app


@case(get("/?limit=2"), get("/?limit=0", 422))
def test_model_in_dependency() -> Kingpost:
    """A query model declared by a dependency."""
    app = Kingpost()

    def paging(query: Annotated[Filter, Query()]) -> int:
        return query.limit

    @app.get("/")
    def read(limit: Annotated[int, Depends(paging)]) -> int:
        return limit

    return app


@case(get("/"), get("/?limit=4"), get("/?limit=x", 422))
def test_model_by_depends_on_the_class() -> Kingpost:
    """Depends() on a model class reads its fields as separate parameters."""
    app = Kingpost()

    class Paging(BaseModel):
        limit: int = 10
        search: str | None = None

    @app.get("/")
    def read(paging: Annotated[Paging, Depends()]) -> Paging:
        return paging

    return app


@case(get("/?limit=4"), get("/?limit=x", 422))
def test_fields_set_are_known() -> Kingpost:
    """Only parameters that were sent count as set in the model."""
    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Filter, Query()]) -> list[str]:
        return sorted(query.model_fields_set)

    return app


@case(get("/?a=1&z=5&y=6&y=7"), get("/?a=x", 422))
def test_allowed_extra() -> Kingpost:
    """extra="allow" keeps unknown parameters."""

    class Open(BaseModel):
        model_config = ConfigDict(extra="allow")
        a: int

    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Open, Query()]) -> dict[str, Any]:
        return query.model_dump()

    return app


@case(get("/?kind=a&when=2024-01-01"), get("/?kind=c", 422))
def test_default_style_model() -> Kingpost:
    """`query: Model = Query()` in the older style."""

    class Search(BaseModel):
        kind: Kind
        text: str | None = None

    app = Kingpost()

    @app.get("/")
    def read(query: Search = Query()) -> Search:
        return query

    return app


@case(get("/?limit=3"), get("/?limit=x", 422), get("/"))
def test_inherited_model() -> Kingpost:
    """A model's inherited fields come first in the document."""

    class Wider(Filter):
        text: Annotated[str | None, Field(description="Full text")] = None

    app = Kingpost()

    @app.get("/")
    def read(query: Annotated[Wider, Query(description="ignored", title="ignored")]) -> Wider:
        return query

    return app
