"""Code that calls the dependencies and the endpoint."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated, Any

import anyio
import pytest
from anyio.lowlevel import checkpoint
from pydantic import AfterValidator

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
    opened = source.index("generator = outer()")
    assert opened < source.index("async with open_inner(")
    assert "AsyncExitStack" not in source
    assert TestClient(app).get("/").json() == "outer inner"
    assert log == ["inner", "outer"]


async def _says_nothing() -> AsyncGenerator[int, None]:
    for number in list[int]():
        yield number


async def _says_it_twice() -> AsyncGenerator[int, None]:
    yield 1
    yield 2


async def _hides_and_says_it_again() -> AsyncGenerator[int, None]:
    try:
        yield 1
    except ValueError:
        yield 2


async def _fails_at_its_end() -> AsyncGenerator[int, None]:
    yield 1
    raise KeyError("end")


async def _raises_something_else() -> AsyncGenerator[int, None]:
    try:
        yield 1
    except ValueError:
        raise LookupError("else") from None


async def _raises_it_again() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await checkpoint()


@pytest.mark.parametrize("exc", [None, ValueError("v"), StopAsyncIteration(), StopIteration()])
@pytest.mark.parametrize(
    "generator",
    [
        _says_nothing,
        _says_it_twice,
        _hides_and_says_it_again,
        _fails_at_its_end,
        _raises_something_else,
        _raises_it_again,
    ],
)
@pytest.mark.parametrize("count", [1, 9], ids=["a block", "on a stack"])
def test_a_generator_ends_as_a_context_manager_does(
    generator: Callable[[], AsyncGenerator[int, None]], exc: Exception | None, count: int
) -> None:
    """As one that the standard library makes of it, in a block and on an exit stack."""

    async def follow() -> None:
        async with asynccontextmanager(generator)():
            if exc is not None:
                raise exc

    async def quiet(number: int) -> AsyncGenerator[None, None]:
        yield

    app = Kingpost(openapi_url=None)
    others = [Depends(partial(quiet, number)) for number in range(count - 1)]

    @app.get("/", dependencies=[*others, Depends(generator)], response_model=None)
    async def read() -> None:
        if exc is not None:
            raise exc

    assert ("AsyncExitStack" in source_of(app)) == (count > 1)
    with TestClient(app) as client:
        assert _outcome(partial(client.get, "/")) == _outcome(partial(anyio.run, follow))


def _outcome(call: Callable[[], Any]) -> Any:
    try:
        call()
    except Exception as exc:  # noqa: BLE001 - compared
        return type(exc), str(exc)
    return None


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


LOG: list[str] = []


def even(value: int) -> int:
    """Refuse odd numbers."""
    LOG.append(f"checks {value}")
    if value % 2:
        raise ValueError("odd")
    return value


Even = Annotated[int, AfterValidator(even)]


class TestValidatorsOfTheApplication:
    """Parameters whose validation runs code of the application are checked in turn."""

    @pytest.fixture
    def log(self) -> list[str]:
        """Return where everything notes that it runs."""
        LOG.clear()
        return LOG

    @pytest.fixture
    def client(self, log: list[str]) -> TestClient:
        """Return an operation of which three callables have such a parameter."""
        app = Kingpost(openapi_url=None)

        async def first(a: Even) -> int:
            log.append("first")
            return a

        async def second(first: Annotated[int, Depends(first)], b: Even = 0) -> AsyncIterator[int]:
            log.append("second")
            yield first + b
            log.append("second ends")

        async def third() -> None:
            log.append("third")

        @app.get("/", dependencies=[Depends(first), Depends(second), Depends(third)])
        async def read(c: Even, d: int = 0) -> int:
            log.append("endpoint")
            return c

        assert "# Not compiled" not in source_of(app)
        return TestClient(app)

    def test_run_once_after_what_comes_before(self, client: TestClient, log: list[str]) -> None:
        """A validator runs when the turn of its callable comes, not before any dependency."""
        assert client.get("/?a=2&b=4&c=6").json() == 6
        assert log == [
            *("checks 2", "first", "checks 2", "checks 4", "second", "third"),
            *("checks 6", "endpoint", "second ends"),
        ]

    def test_leave_out_who_needs_what_does_not_fit(
        self, client: TestClient, log: list[str]
    ) -> None:
        """The others still run, and all problems are reported together."""
        response = client.get("/?a=1&b=2&c=3")

        places = [error["loc"] for error in response.json()["detail"]]
        assert places == [["query", "a"], ["query", "a"], ["query", "c"]]
        assert log == ["checks 1", "checks 1", "checks 2", "third", "checks 3"]

    def test_do_not_run_when_anything_else_is_wrong(
        self, client: TestClient, log: list[str]
    ) -> None:
        """A request that is wrong without them takes the exact path, where they run once."""
        assert client.get("/?a=2&c=4&d=x").status_code == 422
        assert log.count("checks 4") == 1
