"""Parameters that are declared in ways that the documentation does not show."""

import importlib
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, NamedTuple

import pytest
from pydantic import BaseModel, ConfigDict, Json, PositiveInt, Secret

from kingpost import (
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    File,
    Form,
    Header,
    Kingpost,
    Path,
    Query,
    Request,
    Response,
)
from kingpost.exceptions import KingpostError
from kingpost.requests import HTTPConnection
from kingpost.security import SecurityScopes
from tests.parity.harness import case, get, peer_of, post, refused


class Point(NamedTuple):
    """A tuple with names."""

    x: int
    y: str = "y"


class Filters(BaseModel):
    """A model without a required field."""

    limit: int = 10


class Strict(BaseModel):
    """A model that minds what it does not know."""

    model_config = ConfigDict(extra="forbid")

    limit: int = 10


class Needy(BaseModel):
    """A model with a required field."""

    limit: int


@case(
    get("/query?n=-1"),
    get("/bounded?n=-1"),
    get("/bounded?n=11", 422),
    get("/header", headers={"n": "-1"}),
    get("/path/-1"),
    post("/body", json=-1),
    post("/form", data={"n": "-1"}),
    get("/list?n=-1", 422),
    get("/optional?n=-1", 422),
)
def test_annotated_beside_a_marker_as_default() -> Kingpost:
    """Of `Annotated[type, ...] = Query()` only the type counts, of what is inside of it all."""
    app = Kingpost()

    @app.get("/query")
    def query(n: PositiveInt = Query()) -> int:
        return n

    @app.get("/bounded")
    def bounded(n: PositiveInt = Query(le=10)) -> int:
        return n

    @app.get("/header")
    def header(n: PositiveInt = Header()) -> int:
        return n

    @app.get("/path/{n}")
    def path(n: PositiveInt = Path()) -> int:
        return n

    @app.post("/body")
    def body(n: PositiveInt = Body()) -> int:
        return n

    @app.post("/form")
    def form(n: PositiveInt = Form()) -> int:
        return n

    @app.get("/list")
    def several(n: list[PositiveInt] = Query()) -> list[int]:
        return n

    @app.get("/optional")
    def optional(n: PositiveInt | None = Query(None)) -> int | None:
        return n

    return app


def seven() -> int:
    """A dependency."""
    return 7


@case(get("/query"), get("/query?n=1"), get("/body"), get("/number"), get("/x", 404))
def test_default_of_an_annotated_dependency() -> Kingpost:
    """Where `Annotated` has the dependency, no default counts, not even a marker."""
    app = Kingpost()

    @app.get("/query")
    def query(n: Annotated[int, Depends(seven)] = Query(5)) -> int:
        return n

    @app.get("/body")
    def body(n: Annotated[int, Depends(seven)] = Body()) -> int:
        return n

    @app.get("/number")
    def number(n: Annotated[int, Depends(seven)] = 5) -> int:
        return n

    return app


@refused(AssertionError)
def test_two_dependencies_for_one_parameter() -> Kingpost:
    """One in `Annotated` and one as the default contradict each other."""
    app = Kingpost()

    @app.get("/")
    def read(n: Annotated[int, Depends(seven)] = Depends(seven)) -> int:
        return n

    return app


@case(
    *(
        call
        for path in ("list", "tuple", "sequence", "optional", "either", "annotated")
        for call in (
            post(f"/{path}", data={"q": ["1", "a"]}),
            post(f"/{path}", files=[("q", ("a", "xx")), ("q", ("b", "yyy"))]),
        )
    ),
    *(
        call
        for path in ("list", "tuple", "sequence", "either", "annotated")
        for call in (post(f"/{path}", 422), post(f"/{path}", 422, json=[1]))
    ),
    post("/optional"),
    post("/point", 422),
)
def test_sequences_of_anything() -> Kingpost:
    """A sequence that does not say what is in it is read from a form, as files are."""
    app = Kingpost()

    @app.post("/list")
    def list_(q: list) -> str:  # type: ignore[type-arg]  # the missing argument is the case
        return repr(q)

    @app.post("/tuple")
    def tuple_(q: tuple) -> str:  # type: ignore[type-arg]
        return repr(q)

    @app.post("/sequence")
    def sequence(q: Sequence) -> str:  # type: ignore[type-arg]
        return repr(q)

    @app.post("/optional")
    def optional(q: list | None = None) -> str:  # type: ignore[type-arg]
        return repr(q)

    @app.post("/either")
    def either(q: list | dict) -> str:  # type: ignore[type-arg]
        return repr(q)

    @app.post("/annotated")
    def annotated(q: Annotated[list, "text"]) -> str:  # type: ignore[type-arg]
        return repr(q)

    @app.post("/point")
    def point(q: Point) -> str:
        return repr(q)

    return app


UPLOADS: list[tuple[str, Any]] = [("q", ("a", "abc")), ("q", ("b", "def"))]


@case(
    post("/bytes", files=UPLOADS),
    post("/pair", files=UPLOADS),
    post("/either", files=UPLOADS),
    post("/any", files=UPLOADS),
    post("/anything", files=UPLOADS),
    post("/texts", data={"q": ["1", "2"]}),
    post("/texts", 422),
)
def test_what_a_file_is_read_as() -> Kingpost:
    """Only where bytes are declared the contents are read; others get the file itself."""
    app = Kingpost()

    @app.post("/bytes")
    def contents(q: Annotated[bytes, File()]) -> str:
        return repr(q)

    @app.post("/pair")
    def pair(q: Annotated[tuple[bytes, bytes], File()]) -> str:
        return repr(q)

    @app.post("/either")
    def either(q: Annotated[list[bytes | str], File()]) -> str:
        return repr(q)

    @app.post("/any")
    def anything(q: Annotated[Any, File()]) -> str:
        return type(q).__name__

    @app.post("/anything")
    def several(q: Annotated[list[Any], File()]) -> list[str]:
        return [type(item).__name__ for item in q]

    @app.post("/texts")
    def texts(q: Annotated[list[str], File()]) -> list[str]:
        return q

    return app


MODELS = {"filters": Filters, "strict": Strict, "needy": Needy}


def application() -> Kingpost:
    """Every way to let a model of parameters be left out, for every source."""
    app = Kingpost()
    markers = {"query": Query, "header": Header, "cookie": Cookie, "form": Form}
    for source, marker in markers.items():
        for name, model in MODELS.items():
            seven = model(limit=7)
            kinds: dict[str, tuple[Any, Any]] = {
                "required": (model | None, marker()),
                "none": (model | None, marker(None)),
                "default": (model | None, marker(seven)),
                "factory": (model | None, marker(default_factory=partial(model, limit=7))),
                "needless": (model, marker(seven)),
                "wrong": (model, marker(None)),
            }
            for kind, (type_, default) in kinds.items():

                def read(q: Any) -> str:
                    return repr(q)

                read.__annotations__["q"] = type_
                read.__defaults__ = (default,)
                read.__name__ = f"{source}_{name}_{kind}"
                app.post(f"/{source}/{name}/{kind}")(read)
    return app


def answers(build: Any, sent: dict[str, str]) -> dict[str, Any]:
    """Send the same to every operation of the application, each in its own way."""
    app = build()
    client = importlib.import_module(type(app).__module__.partition(".")[0] + ".testclient")
    with client.TestClient(app) as session:
        found = {}
        for route in app.routes:
            if not route.path.startswith(("/query", "/header", "/cookie", "/form")):
                continue
            source = route.path.split("/")[1]
            cookies = "; ".join(f"{name}={value}" for name, value in sent.items())
            ways: dict[str, dict[str, Any]] = {
                "query": {"params": sent},
                "header": {"headers": sent},
                "cookie": {"headers": {"cookie": cookies} if cookies else {}},
                "form": {"data": sent},
            }
            response = session.post(route.path, **ways[source])
            found[route.path] = (response.status_code, response.text)
    return found


@pytest.mark.parametrize(
    "sent", [{}, {"limit": "5"}, {"limit": "x"}, {"limit": ""}, {"other": "1"}], ids=str
)
def test_models_that_may_be_left_out(sent: dict[str, str]) -> None:
    """A model that may be None is left out when none of its fields was sent; no other ever is."""
    ours, theirs = (answers(build, sent) for build in (application, peer_of(application)))

    assert ours == theirs
    assert len(ours) == len(MODELS) * 4 * 6


def test_models_that_may_be_left_out_are_documented() -> None:
    """The documents say as much."""
    ours, theirs = (build().openapi() for build in (application, peer_of(application)))

    assert ours["paths"] == theirs["paths"]
    assert ours["components"] == theirs["components"]


@refused(KingpostError, worded=False)
def test_optional_request() -> Kingpost:
    """A request is always there: no parameter may be one or None."""
    app = Kingpost()

    @app.get("/")
    def read(request: Request | None = None) -> str:
        return "x"

    return app


@refused(KingpostError, worded=False)
def test_optional_response() -> Kingpost:
    """Neither may one be a response or None."""
    app = Kingpost()

    @app.get("/")
    def read(response: Response | None) -> str:
        return "x"

    return app


@refused(KingpostError, worded=False)
def test_optional_background_tasks() -> Kingpost:
    """Nor background tasks or None."""
    app = Kingpost()

    @app.get("/")
    def read(tasks: BackgroundTasks | None = None) -> str:
        return "x"

    return app


@refused(KingpostError, worded=False)
def test_optional_scopes() -> Kingpost:
    """Nor scopes or None."""
    app = Kingpost()

    @app.get("/")
    def read(scopes: SecurityScopes | None = None) -> str:
        return "x"

    return app


@refused(KingpostError, worded=False)
def test_request_or_connection() -> Kingpost:
    """Nor one of two of them."""
    app = Kingpost()

    @app.get("/")
    def read(request: Request | HTTPConnection) -> str:
        return "x"

    return app


@case(
    get("/?ids=[1]", headers={"ids": "[2]"}),
    get("/?ids=", 422),
    get("/?ids=x", 422),
    get("/default?ids="),
    get("/default?ids=[1]"),
)
def test_empty_text_for_a_list_as_json() -> Kingpost:
    """An empty text holds no list: it counts as absent."""
    app = Kingpost()

    @app.get("/")
    def read(ids: Annotated[Json[list[int]], Query()]) -> list[int]:
        return ids

    @app.get("/default")
    def read_default(ids: Annotated[Json[list[int]], Query()] = [7]) -> list[int]:  # noqa: B006
        return ids

    return app


@case(get("/?ids=1&ids=2"), get("/?ids=[1]", 422), get("/", 422))
def test_marker_as_default_of_a_list_as_json() -> Kingpost:
    """A marker after = leaves out what `Json` says: the values are the items of a list."""
    app = Kingpost()

    @app.get("/")
    def read(ids: Json[list[int]] = Query()) -> list[int]:
        return ids

    return app


class Anything(BaseModel):
    """A model without a field, for whatever is sent."""

    model_config = ConfigDict(extra="allow")


class Nothing(BaseModel):
    """A model without a field, for nothing at all."""

    model_config = ConfigDict(extra="forbid")


@case(
    get("/any?a=1&b=2&b=3"),
    get("/cookies", headers={"Cookie": "a=1"}),
    post("/form", data={"a": "1"}),
    get("/none"),
    get("/none?a=1", 422),
    get("/optional?a=1"),
)
def test_models_without_fields() -> Kingpost:
    """A model without a field still stands for what is sent, and documents no parameter."""
    app = Kingpost()

    @app.get("/any")
    def read(value: Annotated[Anything, Query()]) -> Anything:
        return value

    @app.get("/cookies")
    def read_cookies(value: Annotated[Anything, Cookie()]) -> Anything:
        return value

    @app.post("/form")
    def create(value: Annotated[Anything, Form()]) -> Anything:
        return value

    @app.get("/none")
    def read_none(value: Annotated[Nothing, Query()]) -> Nothing:
        return value

    @app.get("/optional")
    def read_optional(value: Annotated[Anything | None, Query()] = None) -> Any:
        return value

    return app


@case(post("/", json=1), post("/", 422, json="x"))
def test_generic_type_with_a_schema_of_its_own() -> Kingpost:
    """A generic type that says itself how it is read comes from the body."""
    app = Kingpost()

    @app.post("/")
    def create(value: Secret[int]) -> int:
        return value.get_secret_value()

    return app


@refused(AssertionError)
def test_generic_type_with_a_schema_of_its_own_in_the_query() -> Kingpost:
    """Such a type is not for a query."""
    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[Secret[int], Query()]) -> int:
        return value.get_secret_value()

    return app
