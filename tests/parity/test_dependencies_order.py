"""The order in which dependencies of all levels run, and what runs when something is invalid."""

from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import APIRouter, Body, Depends, Header, HTTPException, Kingpost
from kingpost.params import Depends as Marker
from tests.parity.harness import Log, case, get, post


def noting(log: Log, name: str) -> Marker:
    """A dependency that records its name."""

    def dependency() -> None:
        log.append(name)

    marker: Marker = Depends(dependency)
    return marker


@case(get("/outer/inner/x"), get("/outer/inner/y", 405, headers={}), get("/nothing", 404))
def test_levels(log: Log) -> Kingpost:
    """App, include call, outer router, inner router, operation, parameters (behaviour 41)."""
    app = Kingpost(dependencies=[noting(log, "app 1"), noting(log, "app 2")])
    outer = APIRouter(prefix="/outer", dependencies=[noting(log, "outer router")])
    inner = APIRouter(prefix="/inner", dependencies=[noting(log, "inner router")])

    def parameter() -> None:
        log.append("parameter")

    @inner.get("/x", dependencies=[noting(log, "operation 1"), noting(log, "operation 2")])
    def read(value: Annotated[None, Depends(parameter)]) -> None:
        log.append("endpoint")

    @inner.post("/y")
    def write() -> None:
        log.append("never")

    outer.include_router(inner, dependencies=[noting(log, "include of inner")])
    app.include_router(outer, dependencies=[noting(log, "include of outer")])
    return app


@case(get("/"), get("/x", 404))
def test_depth_first(log: Log) -> Kingpost:
    """Sub-dependencies run before what needs them, in order of the parameters."""

    def a() -> str:
        log.append("a")
        return "a"

    async def b(a: Annotated[str, Depends(a)]) -> str:
        log.append("b")
        return a + "b"

    def c() -> str:
        log.append("c")
        return "c"

    async def d(c: Annotated[str, Depends(c)], b: Annotated[str, Depends(b)]) -> str:
        log.append("d")
        return c + b

    app = Kingpost()

    @app.get("/")
    def read(d: Annotated[str, Depends(d)], a: Annotated[str, Depends(a)]) -> str:
        return d + a

    return app


@case(get("/?n=1&m=2"), get("/?n=x&m=2", 422), get("/?n=1&m=x", 422), get("/", 422))
def test_invalid_dependency_is_not_called(log: Log) -> Kingpost:
    """A dependency with invalid input is skipped, later siblings still run (behaviour 42)."""

    def first(n: int) -> int:
        log.append("first")
        return n

    def second(m: int) -> int:
        log.append("second")
        return m

    def above(first: Annotated[int, Depends(first)]) -> int:
        log.append("above")
        return first

    app = Kingpost()

    @app.get("/")
    def read(
        above: Annotated[int, Depends(above)], second: Annotated[int, Depends(second)]
    ) -> list[int]:
        log.append("endpoint")
        return [above, second]

    return app


@case(get("/?n=1"), get("/?n=x", 403), get("/?n=2", 403))
def test_http_exception_beats_validation(log: Log) -> Kingpost:
    """An HTTPException of any dependency wins over the collected 422 (behaviour 42)."""

    def number(n: int) -> int:
        log.append("number")
        return n

    def guard(n: str) -> None:
        log.append("guard")
        if n != "1":
            raise HTTPException(403, "guarded")

    app = Kingpost()

    @app.get("/")
    def read(number: Annotated[int, Depends(number)], _: Annotated[None, Depends(guard)]) -> int:
        return number

    return app


@case(
    post("/", json={"name": "a"}),
    post("/", 401, json={"name": "a"}, headers={"x-no": "1"}),
    post("/", 422, json={}),
    post("/", 422, content=b"{", headers={"content-type": "application/json", "x-no": "1"}),
    post("/", 401, json={}, headers={"x-no": "1"}),
)
def test_dependencies_run_between_parsing_and_validation(log: Log) -> Kingpost:
    """Dependencies run before body validation, after body parsing (behaviour 43)."""

    class Item(BaseModel):
        name: str

    def guard(x_no: Annotated[str | None, Header()] = None) -> None:
        log.append("guard")
        if x_no:
            raise HTTPException(401, "no")

    app = Kingpost()

    @app.post("/", dependencies=[Depends(guard)])
    def create(item: Item) -> Item:
        log.append("endpoint")
        return item

    return app


@case(post("/?q=1&s=2", json=5), post("/?q=x", 422, json="y"), post("/", 422))
def test_errors_of_all_levels(log: Log) -> Kingpost:
    """Errors of dependencies and endpoint are one list, in order of solving."""

    def deep(q: int) -> int:
        log.append("deep")
        return q

    def shallow(deep: Annotated[int, Depends(deep)], r: int = 0) -> list[int]:
        log.append("shallow")
        return [deep, r]

    app = Kingpost()

    @app.post("/")
    def create(
        s: int | None, n: Annotated[int, Body()], values: Annotated[list[int], Depends(shallow)]
    ) -> list[Any]:
        return [s, n, values]

    @app.post("/ok")
    def fine() -> str:
        return "x"

    return app


@case(get("/a"), get("/b"), get("/c", 404))
def test_one_router_included_twice(log: Log) -> Kingpost:
    """Each inclusion adds its own dependencies."""
    router = APIRouter(dependencies=[noting(log, "router")])

    @router.get("")
    def read() -> str:
        log.append("endpoint")
        return "x"

    app = Kingpost()
    app.include_router(router, prefix="/a", dependencies=[noting(log, "a")])
    app.include_router(router, prefix="/b", dependencies=[noting(log, "b")])
    return app


@case(get("/?q=1"), get("/", 422))
def test_router_dependency_with_parameters(log: Log) -> Kingpost:
    """Parameters of router-level dependencies are validated and documented."""

    def needs_q(q: int) -> None:
        log.append(f"q {q}")

    app = Kingpost(dependencies=[Depends(needs_q)])

    @app.get("/")
    def read() -> str:
        return "x"

    return app
