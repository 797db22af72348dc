"""Dependencies: functions, classes, chains, ones that clean up, and ones for everything."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from kingpost import APIRouter, Cookie, Depends, Header, HTTPException, Kingpost
from kingpost.testclient import TestClient

Page = dict[str, Any]


async def page(q: str | None = None, skip: int = 0, limit: int = 100) -> Page:
    """Return what lists have in common."""
    return {"q": q, "skip": skip, "limit": limit}


class Filter:
    """The same as a class."""

    def __init__(self, q: str | None = None, skip: int = 0, limit: int = 100) -> None:
        self.q = q
        self.skip = skip
        self.limit = limit


def test_one_function_for_several_operations() -> None:
    """Its parameters are read, checked and documented as if they were the operation's."""
    app = Kingpost()

    @app.get("/films")
    async def films(page: Annotated[Page, Depends(page)]) -> Page:
        return page

    @app.get("/actors")
    async def actors(page: Page = Depends(page)) -> Page:
        return page

    client = TestClient(app)

    assert client.get("/films?q=x&limit=5").json() == {"q": "x", "skip": 0, "limit": 5}
    assert client.get("/actors").json() == {"q": None, "skip": 0, "limit": 100}
    assert client.get("/films?skip=a").json()["detail"][0]["loc"] == ["query", "skip"]
    names = [p["name"] for p in app.openapi()["paths"]["/films"]["get"]["parameters"]]
    assert names == ["q", "skip", "limit"]


def test_dependency_kept_under_a_name() -> None:
    """The annotation is a type like any other, to be used again."""
    Paged = Annotated[Page, Depends(page)]  # noqa: N806
    app = Kingpost()

    @app.get("/films")
    def films(page: Paged) -> int:
        return int(page["limit"])

    assert TestClient(app).get("/films?limit=3").json() == 3


def test_classes_as_dependencies() -> None:
    """A class is called with what its constructor asks for; it need not be named twice."""
    app = Kingpost()

    @app.get("/named")
    async def named(wanted: Annotated[Any, Depends(Filter)]) -> list[Any]:
        return [wanted.q, wanted.skip, wanted.limit]

    @app.get("/typed")
    async def typed(wanted: Annotated[Filter, Depends()]) -> list[Any]:
        return [wanted.q, wanted.skip, wanted.limit]

    @app.get("/default")
    async def default(wanted: Filter = Depends()) -> list[Any]:
        return [wanted.q, wanted.skip, wanted.limit]

    client = TestClient(app)
    answers = [client.get(f"/{path}?q=a&skip=1").json() for path in ("named", "typed", "default")]

    assert answers == [["a", 1, 100]] * 3


def test_chain_of_dependencies() -> None:
    """A dependency may need others, which the operation knows nothing of."""

    def asked(q: str | None = None) -> str | None:
        return q

    def asked_or_last(
        asked: Annotated[str | None, Depends(asked)],
        last_query: Annotated[str | None, Cookie()] = None,
    ) -> str | None:
        return asked or last_query

    app = Kingpost()

    @app.get("/search")
    async def search(q: Annotated[str | None, Depends(asked_or_last)]) -> str | None:
        return q

    client = TestClient(app)
    cookie = {"cookie": "last_query=old"}

    assert client.get("/search", headers=cookie).json() == "old"
    assert client.get("/search?q=new", headers=cookie).json() == "new"
    assert client.get("/search").json() is None


def test_dependency_that_is_used_twice() -> None:
    """It is called once for a request, unless each use asks for a value of its own."""
    calls: list[int] = []

    def number() -> int:
        calls.append(len(calls))
        return len(calls)

    def doubled(number: Annotated[int, Depends(number)]) -> int:
        return number * 2

    app = Kingpost()

    @app.get("/shared")
    def shared(
        number: Annotated[int, Depends(number)], twice: Annotated[int, Depends(doubled)]
    ) -> list[int]:
        return [number, twice]

    @app.get("/own")
    def own(
        first: Annotated[int, Depends(number)],
        second: Annotated[int, Depends(number, use_cache=False)],
    ) -> list[int]:
        return [first, second]

    client = TestClient(app)

    assert client.get("/shared").json() == [1, 2]
    assert client.get("/own").json() == [2, 3]


async def checked_token(x_token: Annotated[str, Header()]) -> None:
    """Refuse a wrong token."""
    if x_token != "right":
        raise HTTPException(status_code=400, detail="Wrong token")


async def checked_key(x_key: Annotated[str, Header()]) -> str:
    """Refuse a wrong key; the value is for nobody."""
    if x_key != "right":
        raise HTTPException(status_code=400, detail="Wrong key")
    return x_key


def test_dependencies_without_a_value() -> None:
    """At the operation, at a router or at the application; all have to agree."""
    app = Kingpost(dependencies=[Depends(checked_token)])
    router = APIRouter(dependencies=[Depends(checked_key)])

    @router.get("/films")
    async def films() -> str:
        return "films"

    app.include_router(router)

    @app.get("/actors", dependencies=[Depends(checked_key)])
    async def actors() -> str:
        return "actors"

    client = TestClient(app)
    right = {"x-token": "right", "x-key": "right"}

    for path in ("/films", "/actors"):
        assert client.get(path, headers=right).json() == path[1:]
        assert client.get(path, headers={**right, "x-key": "no"}).json() == {"detail": "Wrong key"}
        assert client.get(path, headers={**right, "x-token": "no"}).json() == {
            "detail": "Wrong token"
        }
        assert len(client.get(path).json()["detail"]) == 2


def test_dependency_that_cleans_up() -> None:
    """What stands after the yield runs when the answer has been made."""
    log: list[str] = []

    def connection() -> Iterator[str]:
        log.append("open")
        try:
            yield "connection"
        finally:
            log.append("close")

    app = Kingpost()

    @app.get("/films")
    def films(connection: Annotated[str, Depends(connection)]) -> str:
        log.append("use")
        return connection

    assert TestClient(app).get("/films").json() == "connection"
    assert log == ["open", "use", "close"]


def test_chain_that_cleans_up() -> None:
    """The last one opened is closed first, plain and asynchronous ones alike."""
    log: list[str] = []

    async def outer() -> AsyncIterator[str]:
        log.append("outer opens")
        yield "a"
        log.append("outer closes")

    def middle(outer: Annotated[str, Depends(outer)]) -> Iterator[str]:
        log.append("middle opens")
        yield outer + "b"
        log.append("middle closes")

    async def inner(middle: Annotated[str, Depends(middle)]) -> AsyncIterator[str]:
        log.append("inner opens")
        yield middle + "c"
        log.append("inner closes")

    app = Kingpost()

    @app.get("/")
    async def read(inner: Annotated[str, Depends(inner)]) -> str:
        return inner

    assert TestClient(app).get("/").json() == "abc"
    assert log == [
        "outer opens",
        "middle opens",
        "inner opens",
        "inner closes",
        "middle closes",
        "outer closes",
    ]


class OwnerError(Exception):
    """Somebody else's item."""


def test_errors_seen_by_a_dependency() -> None:
    """An exception of the operation passes through; it may be turned into an answer."""
    seen: list[str] = []

    def owner() -> Iterator[str]:
        try:
            yield "Rick"
        except OwnerError as error:
            raise HTTPException(status_code=400, detail=f"Owner error: {error}") from error
        except HTTPException as error:
            seen.append(str(error.detail))
            raise

    app = Kingpost()
    items = {"plumbus": "Morty", "portal": "Rick"}

    @app.get("/items/{key}")
    def read(key: str, owner: Annotated[str, Depends(owner)]) -> str:
        if key not in items:
            raise HTTPException(status_code=404, detail="Item not found")
        if items[key] != owner:
            raise OwnerError(owner)
        return items[key]

    client = TestClient(app)

    assert client.get("/items/portal").json() == "Rick"
    assert client.get("/items/plumbus").json() == {"detail": "Owner error: Rick"}
    assert client.get("/items/other").status_code == 404
    assert seen == ["Item not found"]


def test_context_manager_within_a_dependency() -> None:
    """A dependency may open any context manager around its yield."""
    log: list[str] = []

    @contextmanager
    def opened(name: str) -> Iterator[str]:
        log.append(f"open {name}")
        yield name
        log.append(f"close {name}")

    async def database() -> AsyncIterator[str]:
        with opened("database") as found:
            yield found

    app = Kingpost()

    @app.get("/")
    async def read(database: Annotated[str, Depends(database)]) -> str:
        return database

    assert TestClient(app).get("/").json() == "database"
    assert log == ["open database", "close database"]


def test_parameterised_dependency() -> None:
    """An object that can be called carries settings of its own."""

    class Contains:
        def __init__(self, text: str) -> None:
            self.text = text

        def __call__(self, q: str = "") -> bool:
            return self.text in q

    app = Kingpost()

    @app.get("/search")
    async def search(
        has_bar: Annotated[bool, Depends(Contains("bar"))],
        has_foo: Annotated[bool, Depends(Contains("foo"))],
    ) -> list[bool]:
        return [has_bar, has_foo]

    assert TestClient(app).get("/search?q=a bar").json() == [True, False]


def test_scope_of_a_clean_up() -> None:
    """A dependency of function scope closes before the answer is sent, another after it."""
    log: list[str] = []

    def early() -> Iterator[str]:
        yield "early"
        log.append("early closes")

    def late() -> Iterator[str]:
        yield "late"
        log.append("late closes")

    app = Kingpost()

    @app.get("/")
    def read(
        early: Annotated[str, Depends(early, scope="function")],
        late: Annotated[str, Depends(late, scope="request")],
    ) -> list[str]:
        log.append("answer")
        return [early, late]

    assert TestClient(app).get("/").json() == ["early", "late"]
    assert log == ["answer", "early closes", "late closes"]
