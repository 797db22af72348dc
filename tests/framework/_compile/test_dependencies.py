"""Code that calls the dependencies and the endpoint."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

import pytest

from kingpost import Depends, Kingpost, Security
from kingpost.routing import APIRoute
from kingpost.security import SecurityScopes
from kingpost.testclient import TestClient


def source_of(app: Kingpost) -> str:
    """The generated handler of the last operation."""
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    return route.handler_source


def test_a_shared_dependency_is_called_once() -> None:
    """Its variable is used again, unless a use asks for a value of its own."""
    app = Kingpost(openapi_url=None)

    async def shared() -> object:
        return object()

    async def user(value: Annotated[object, Depends(shared)]) -> object:
        return value

    @app.get("/")
    async def read(
        a: Annotated[object, Depends(shared)],
        b: Annotated[object, Depends(user)],
        c: Annotated[object, Depends(shared, use_cache=False)],
    ) -> list[bool]:
        return [a is b, a is c]

    assert source_of(app).count("await shared(") == 2
    assert TestClient(app).get("/").json() == [True, False]


def test_generators_are_blocks_around_what_follows() -> None:
    """Those that end before the response is sent stand inside of those that end after it."""
    app, log = Kingpost(openapi_url=None), []

    async def outer() -> AsyncIterator[str]:
        yield "outer"
        log.append("outer")

    def inner(value: Annotated[str, Depends(outer)]) -> Iterator[str]:
        yield value + " inner"
        log.append("inner")

    @app.get("/")
    async def read(value: Annotated[str, Depends(inner, scope="function")]) -> str:
        return value

    source = source_of(app)
    assert source.index("async with open_outer()") < source.index("async with open_inner(")
    assert "AsyncExitStack" not in source
    assert TestClient(app).get("/").json() == "outer inner"
    assert log == ["inner", "outer"]


def test_other_orders_need_a_stack() -> None:
    """A block cannot end before one that was opened inside of it."""
    app, log = Kingpost(openapi_url=None), []

    async def short() -> AsyncIterator[None]:
        yield
        log.append("short")

    async def long() -> AsyncIterator[None]:
        yield
        log.append("long")

    @app.get("/", dependencies=[Depends(short, scope="function"), Depends(long)])
    async def read() -> None:
        log.append("endpoint")

    assert "AsyncExitStack" in source_of(app)
    TestClient(app).get("/")
    assert log == ["endpoint", "short", "long"]


@pytest.mark.parametrize("count", [8, 9, 30])
def test_many_generators_are_no_obstacle(count: int) -> None:
    """Python nests twenty blocks; more go on a stack."""
    app, log = Kingpost(openapi_url=None), []

    def made(number: int) -> Any:
        async def generator() -> AsyncIterator[None]:
            yield
            log.append(number)

        return generator

    @app.get("/", dependencies=[Depends(made(number)) for number in range(count)])
    async def read() -> None:
        """Do nothing."""

    assert TestClient(app).get("/").status_code == 200
    assert log == list(reversed(range(count)))


def test_scopes_are_written_out() -> None:
    """Each use sees the scopes around it and its own, in a list of its own."""
    app = Kingpost(openapi_url=None)

    async def scopes(required: SecurityScopes) -> list[str]:
        required.scopes.append("changed")
        return required.scopes

    async def user(value: Annotated[list[str], Security(scopes, scopes=["b"])]) -> list[str]:
        return value

    @app.get("/")
    async def read(
        a: Annotated[list[str], Security(user, scopes=["a"])],
        b: Annotated[list[str], Security(scopes, scopes=["c"])],
    ) -> Any:
        return [a, b]

    client = TestClient(app)
    for _ in range(2):
        assert client.get("/").json() == [["a", "b", "changed"], ["c", "changed"]]


def test_names_of_the_application_do_not_collide() -> None:
    """Dependencies and parameters may be called as the handler's own variables are."""
    app = Kingpost(openapi_url=None)

    async def send(scope: str) -> str:
        return scope

    async def values(result: str = "r") -> str:
        return result

    @app.get("/")
    async def handle(
        receive: Annotated[str, Depends(send)],
        content: Annotated[str, Depends(values)],
        raw: str = "x",
    ) -> Any:
        return [receive, content, raw]

    assert TestClient(app).get("/?scope=s").json() == ["s", "r", "x"]
