"""Header parameters: names, duplicates, models."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kingpost import Header, Kingpost
from tests.parity.harness import case, get


class Common(BaseModel):
    """Headers as a model."""

    host: str
    save_data: bool
    if_modified_since: str | None = None
    x_tag: list[str] = []


class Strict(BaseModel):
    """Refuses any header it does not name."""

    model_config = ConfigDict(extra="forbid")

    x_one: int = 1


@case(get("/", headers={"X-Token": "abc"}), get("/", 422), get("/", 200, headers={"x-token": ""}))
def test_required_header() -> Kingpost:
    """Underscores in the name become hyphens; names have no case (behaviour 19)."""
    app = Kingpost()

    @app.get("/")
    def read(x_token: Annotated[str, Header()]) -> str:
        return x_token

    return app


@case(get("/"), get("/", headers={"user-agent": "curl/8"}), get("/x", 404))
def test_user_agent() -> Kingpost:
    """A well-known header with a default."""
    app = Kingpost()

    @app.get("/")
    def read(user_agent: Annotated[str | None, Header()] = None) -> dict[str, Any]:
        return {"User-Agent": user_agent}

    return app


@case(
    get("/", headers={"strange_header": "1"}),
    get("/", 422, headers={"strange-header": "1"}),
    get("/", 422, headers={"strange_header": "x"}),
)
def test_underscores_kept() -> Kingpost:
    """convert_underscores=False keeps the name (behaviour 19)."""
    app = Kingpost()

    @app.get("/")
    def read(strange_header: Annotated[int, Header(convert_underscores=False)]) -> int:
        return strange_header

    return app


@case(
    get("/", headers={"X_My_Key": "1"}),
    get("/", 422, headers={"X-My-Key": "1"}),
    get("/", 422, headers={"key": "1"}),
)
def test_alias_is_verbatim() -> Kingpost:
    """An explicit alias is used as it stands (behaviour 19)."""
    app = Kingpost()

    @app.get("/")
    def read(key: Annotated[int, Header(alias="X_My_Key")]) -> int:
        return key

    return app


@case(
    get("/", headers=[("X-Token", "a"), ("X-Token", "b")]),
    get("/", headers={"X-Token": "a, b"}),
    get("/", 422),
)
def test_duplicate_headers() -> Kingpost:
    """A list takes every header of the name; commas do not separate."""
    app = Kingpost()

    @app.get("/")
    def read(x_token: Annotated[list[str], Header()]) -> list[str]:
        return x_token

    return app


@case(
    get("/", headers=[("X-N", "1"), ("X-N", "2")]),
    get("/", 422, headers={"X-N": "x"}),
)
def test_last_of_duplicate_headers() -> Kingpost:
    """A scalar header that is repeated."""
    app = Kingpost()

    @app.get("/")
    def read(x_n: Annotated[int, Header()]) -> int:
        return x_n

    return app


@case(
    get("/", headers={"X-N": "5"}),
    get("/", 422, headers={"X-N": "0"}),
    get("/", 422, headers={"X-N": "z"}),
)
def test_constraints_in_default_style() -> Kingpost:
    """Header(default, ge=...) in the older style."""
    app = Kingpost()

    @app.get("/")
    def read(x_n: int = Header(3, ge=1, description="A number", deprecated=True)) -> int:
        return x_n

    return app


@case(
    get("/", headers={"save-data": "true", "x-tag": "a"}),
    get("/", headers=[("save-data", "off"), ("x-tag", "a"), ("x-tag", "b")]),
    get("/", 422),
    get("/", 422, headers={"save-data": "maybe"}),
)
def test_header_model() -> Kingpost:
    """A model of headers, hyphenated, with a list."""
    app = Kingpost()

    @app.get("/")
    def read(headers: Annotated[Common, Header()]) -> Common:
        return headers

    return app


@case(
    get("/", headers={"save_data": "true"}),
    get("/", 422, headers={"save-data": "true"}),
)
def test_header_model_with_underscores() -> Kingpost:
    """convert_underscores=False for a whole model."""
    app = Kingpost()

    @app.get("/")
    def read(headers: Annotated[Common, Header(convert_underscores=False)]) -> Common:
        return headers

    return app


@case(get("/", 422), get("/", 422, headers={"X-One": "2"}), get("/ok"))
def test_forbidden_extra_headers() -> Kingpost:
    """extra="forbid" rejects host, accept and whatever the client adds (behaviour 21)."""
    app = Kingpost()

    @app.get("/")
    def read(headers: Annotated[Strict, Header()]) -> Strict:
        return headers

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(
    get("/", headers={"X-Trace-Id": "t", "bare": "b"}),
    get("/", 422, headers={"x-trace-id": "t"}),
)
def test_header_model_with_aliases() -> Kingpost:
    """Aliases inside a header model."""

    class Traced(BaseModel):
        trace: str = Field(alias="X-Trace-Id")
        bare: str

    app = Kingpost()

    @app.get("/")
    def read(headers: Annotated[Traced, Header()]) -> dict[str, Any]:
        return {"trace": headers.trace, "bare": headers.bare}

    return app


@case(
    get("/7?q=1", headers={"X-A": "1"}),
    get("/x?q=y", 422, headers={"X-A": "z", "Cookie": "c=w"}),
    get("/7", 422),
)
def test_hidden_header() -> Kingpost:
    """A header left out of the document is still validated, after path and query (behaviour 7)."""
    app = Kingpost()

    @app.get("/{n}")
    def read(x_a: Annotated[int, Header(include_in_schema=False)], q: int, n: int) -> list[int]:
        return [x_a, q, n]

    return app
