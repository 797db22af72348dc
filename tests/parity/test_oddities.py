"""Declarations at the edges: what works by accident must work by accident here too."""

import functools
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any, NamedTuple, Optional

from pydantic import BaseModel, RootModel

from kingpost import (
    APIRouter,
    BackgroundTasks,
    Body,
    Depends,
    Header,
    Kingpost,
    Path,
    Query,
    Request,
    Response,
    UploadFile,
)
from kingpost.exceptions import KingpostError
from kingpost.responses import JSONResponse
from tests.parity.harness import Log, case, differs, get, post, refused, request


class Item(BaseModel):
    """A thing."""

    name: str


@case(get("/"), get("/x", 404))
def test_injected_with_none_as_default(log: Log) -> Kingpost:
    """`request: Request = None` and the like are injected all the same."""
    app = Kingpost()

    @app.get("/")
    def read(
        request: Request = None,  # type: ignore[assignment]
        response: Response = None,  # type: ignore[assignment]
        tasks: BackgroundTasks = None,  # type: ignore[assignment]
    ) -> list[str]:
        response.headers["X-A"] = "1"
        tasks.add_task(log.append, "task")
        return [request.url.path]

    return app


@case(get("/"), get("/x", 404))
def test_injected_in_annotated() -> Kingpost:
    """Injected types inside Annotated and with unrelated metadata."""
    app = Kingpost()

    @app.get("/")
    def read(request: Annotated[Request, "metadata"], response: Annotated[Response, 5]) -> str:
        response.headers["X-A"] = "1"
        return request.method

    return app


@case(post("/", files={"file": ("a.txt", b"a")}), post("/", 422))
def test_upload_in_annotated_without_marker() -> Kingpost:
    """Annotated[UploadFile, ...] without File()."""
    app = Kingpost()

    @app.post("/")
    def create(file: Annotated[UploadFile, "metadata"]) -> str | None:
        return file.filename

    return app


@case(
    get("/"),
    request("HEAD", "/"),
    differs(
        post("/", 405),
        "header:allow",
        reason="a 405 names the methods of all routes of the path",
        ours=["GET, HEAD"],
        theirs=["GET"],
    ),
    get("/x", 404),
)
def test_get_and_head_in_one() -> Kingpost:
    """A HEAD that is answered by the function of GET sends no body."""
    app = Kingpost()
    for method in ("GET", "HEAD"):

        @app.api_route("/", methods=[method], operation_id=method)
        def read() -> Item:
            return Item(name="a")

    return app


@case(get("/1-2"), get("/a-b-c"), get("/1", 404))
def test_two_parameters_in_a_segment() -> Kingpost:
    """Greedy matching of two parameters in one segment."""
    app = Kingpost()

    @app.get("/{a}-{b}")
    def read(a: str, b: str) -> list[str]:
        return [a, b]

    return app


@case(get("/?a=1&b=2"), get("/?a=x", 422))
def test_dependency_classes_of_all_sorts() -> Kingpost:
    """Classes with inherited, keyword-only and dependent initialisers; named tuples."""

    def base(a: int) -> int:
        return a

    class Base:
        def __init__(self, a: Annotated[int, Depends(base)], *, b: int = 5) -> None:
            self.values = [a, b]

    class Derived(Base):
        pass

    class Pair(NamedTuple):
        a: int
        b: int = 7

    app = Kingpost()

    @app.get("/")
    def read(derived: Annotated[Derived, Depends()], pair: Annotated[Pair, Depends()]) -> list[Any]:
        return [derived.values, list(pair)]

    return app


@case(get("/"), get("/two", 500), get("/none", 500), messages=False)
def test_generators_that_misbehave() -> Kingpost:
    """A generator that yields twice, and one that never does."""

    def once() -> Iterator[int]:
        yield 1

    def twice() -> Iterator[int]:
        yield 1
        yield 2

    def never() -> Iterator[int]:
        yield from ()

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[int, Depends(once)]) -> int:
        return value

    @app.get("/two", dependencies=[Depends(twice, scope="function")])
    def two() -> str:
        return "two"

    @app.get("/none", dependencies=[Depends(never)])
    def none() -> str:
        return "none"

    return app


@case(get("/"), get("/x", 404))
def test_partials_of_generators(log: Log) -> Kingpost:
    """functools.partial around generators, sync and async."""

    def sync_resource(name: str) -> Iterator[str]:
        log.append(f"enter {name}")
        yield name
        log.append(f"exit {name}")

    async def async_resource(name: str) -> AsyncIterator[str]:
        log.append(f"enter {name}")
        yield name
        log.append(f"exit {name}")

    app = Kingpost()

    @app.get("/")
    def read(
        one: Annotated[str, Depends(functools.partial(sync_resource, "one"))],
        two: Annotated[str, Depends(functools.partial(async_resource, name="two"))],
    ) -> list[str]:
        return [one, two]

    return app


@case(get("/?x=1"), get("/?x=a", 422))
def test_one_alias_for_two_parameters() -> Kingpost:
    """Two parameters read from one name."""
    app = Kingpost()

    @app.get("/")
    def read(a: Annotated[int, Query(alias="x")], b: Annotated[str, Query(alias="x")]) -> list[Any]:
        return [a, b]

    return app


@case(get("/3?n=4"), get("/x?n=4", 422))
def test_query_of_a_dependency_named_as_the_path() -> Kingpost:
    """A dependency's plain parameter with the name of a path parameter is the path's."""

    def dependency(n: int) -> int:
        return n

    app = Kingpost()

    @app.get("/{n}")
    def read(value: Annotated[int, Depends(dependency)], n: str) -> list[Any]:
        return [value, n]

    return app


@case(get("/generator"), get("/set"), get("/map"), get("/x", 404))
def test_results_of_other_kinds_than_declared() -> Kingpost:
    """Generators, sets and iterators where lists are declared."""
    app = Kingpost()

    @app.get("/generator", response_model=list[int])
    def generator() -> Any:
        return iter([1, 2])

    @app.get("/set", response_model=list[int])
    def a_set() -> Any:
        return {1}

    @app.get("/map", response_model=dict[str, int])
    def mapping() -> Any:
        return {"a": "1"}

    return app


@case(get("/204", 204), get("/none", 200), get("/text"), get("/x", 404))
def test_responses_made_in_odd_ways() -> Kingpost:
    """A response with a body on 204, one without status, one changed after it was made."""
    app = Kingpost()

    @app.get("/204")
    def no_content() -> Response:
        return Response(status_code=204)

    @app.get("/none", status_code=201)
    def none() -> Response:
        response = JSONResponse({"a": 1})
        response.headers["X-A"] = "1"
        response.set_cookie("c", "1")
        return response

    @app.get("/text")
    async def text() -> Response:
        response = Response("abc", headers={"Content-Type": "text/x-own"})
        response.body = b"abd"
        return response

    return app


@case(post("/", json=[1, 2]), post("/", 422, json=["x"]))
def test_root_model_among_bodies() -> Kingpost:
    """A root model as an embedded body and as a result in a list."""

    class Numbers(RootModel[list[int]]):
        pass

    app = Kingpost()

    @app.post("/")
    def create(numbers: Numbers) -> list[Numbers]:
        return [numbers]

    return app


@case(post("/", json={"name": "a"}), post("/", json=None), post("/"), post("/", 422, json={}))
def test_optional_spelled_with_body() -> Kingpost:
    """`Optional[Model] = Body(None)`."""
    app = Kingpost()

    @app.post("/")
    def create(item: Optional[Item] = Body(None)) -> Optional[Item]:  # noqa: UP045
        return item

    return app


@case(get("/", headers=[("x-n", "1"), ("x-n", "2")]), get("/", 422, headers={"x-n": "x"}))
def test_set_of_integer_headers() -> Kingpost:
    """A set of converted headers."""
    app = Kingpost()

    @app.get("/")
    def read(x_n: Annotated[set[int], Header()]) -> list[int]:
        return sorted(x_n)

    return app


@case(get("/a/1"), get("/b/1"), get("/a/x", 422))
def test_shared_markers() -> Kingpost:
    """One marker object used in several signatures."""
    number = Path(ge=1, description="Shared")
    query = Query(5, le=10)
    app = Kingpost()

    @app.get("/a/{n}")
    def a(n: Annotated[int, number], q: int = query) -> list[int]:
        return [n, q]

    @app.get("/b/{m}")
    def b(m: Annotated[float, number], q: str | None = query) -> list[Any]:
        return [m, q]

    return app


@case(get("/x/a"), get("/x/b"), get("/x/c", 404))
def test_router_changed_after_its_making() -> Kingpost:
    """Tags, prefix and dependencies of a router changed before routes are added."""
    router = APIRouter()
    router.prefix = "/x"
    router.tags = ["changed"]

    @router.get("/a")
    def a() -> str:
        return "a"

    @router.get("/b")
    def b() -> str:
        return "b"

    app = Kingpost()
    app.include_router(router)
    return app


@refused(KingpostError, worded=False)
def test_unusable_parameter_type_is_refused() -> Kingpost:
    """A parameter of a type that pydantic does not know."""

    class Unknown:
        pass

    app = Kingpost()

    @app.get("/")
    def read(value: Unknown) -> str:
        return "x"

    return app


@case(get("/", 422), get("/ok"))
def test_depends_on_nothing() -> Kingpost:
    """Depends without callable and without annotation calls whatever no annotation is."""
    app = Kingpost()

    @app.get("/")
    def read(value=Depends()):  # type: ignore[no-untyped-def]  # the missing annotation is the case
        return value

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app
