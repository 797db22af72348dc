"""Dependencies of every kind: functions, classes, instances, partials, methods, nesting."""

import functools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import Body, Depends, Header, HTTPException, Kingpost, Path, Query, Request
from tests.parity.harness import case, get, post, refused


@case(get("/?q=a&skip=1"), get("/"), get("/?skip=x", 422))
def test_sync_function() -> Kingpost:
    """A sync function with parameters of its own."""

    def common(q: str | None = None, skip: int = 0, limit: int = 100) -> dict[str, Any]:
        return {"q": q, "skip": skip, "limit": limit}

    app = Kingpost()

    @app.get("/")
    def read(commons: Annotated[dict[str, Any], Depends(common)]) -> dict[str, Any]:
        return commons

    return app


@case(get("/?q=a"), get("/", 422))
def test_async_function_default_style() -> Kingpost:
    """An async function, as a default value."""

    async def common(q: str) -> str:
        return q.upper()

    app = Kingpost()

    @app.get("/")
    async def read(text: str = Depends(common)) -> str:
        return text

    return app


@case(get("/?q=a&limit=2"), get("/?limit=x", 422))
def test_class() -> Kingpost:
    """A class is called with its parameters; Depends() takes it from the annotation."""

    class Common:
        def __init__(self, q: str | None = None, limit: int = 10) -> None:
            self.q, self.limit = q, limit

    app = Kingpost()

    @app.get("/")
    def read(
        first: Annotated[Common, Depends(Common)],
        second: Annotated[Common, Depends()],
        third: Common = Depends(),
    ) -> list[Any]:
        return [first.q, second.limit, first is second, second is third]

    return app


@case(get("/?q=a"), get("/", 422))
def test_dataclass_as_dependency() -> Kingpost:
    """A dataclass is a class like any other."""

    @dataclass
    class Common:
        q: str
        page: Annotated[int, Query(ge=1)] = 1

    app = Kingpost()

    @app.get("/")
    def read(common: Annotated[Common, Depends()]) -> list[Any]:
        return [common.q, common.page]

    return app


@case(get("/?q=xbarx"), get("/?q=x"), get("/", 422))
def test_callable_instances() -> Kingpost:
    """Instances with __call__, sync and async."""

    class Contains:
        def __init__(self, text: str) -> None:
            self.text = text

        def __call__(self, q: str) -> bool:
            return self.text in q

    class AsyncContains(Contains):
        async def __call__(self, q: str) -> bool:  # type: ignore[override]  # async on purpose
            return self.text in q

    app = Kingpost()

    @app.get("/")
    def read(
        bar: Annotated[bool, Depends(Contains("bar"))],
        x: Annotated[bool, Depends(AsyncContains("x"))],
    ) -> list[bool]:
        return [bar, x]

    return app


@case(get("/?a=1"), get("/?a=x", 422))
def test_partials_methods_and_lambdas() -> Kingpost:
    """functools.partial, bound methods, class and static methods, lambdas."""

    def add(a: int, b: int) -> int:
        return a + b

    async def async_add(a: int, b: int) -> int:
        return a + b

    class Tools:
        def bound(self, a: int) -> int:
            return a

        @classmethod
        def of_class(cls, a: int) -> str:
            return f"{cls.__name__}{a}"

        @staticmethod
        def static(a: int) -> int:
            return -a

    app = Kingpost()

    @app.get("/")
    def read(
        one: Annotated[int, Depends(functools.partial(add, b=10))],
        two: Annotated[int, Depends(functools.partial(async_add, b=20))],
        bound: Annotated[int, Depends(Tools().bound)],
        of_class: Annotated[str, Depends(Tools.of_class)],
        static: Annotated[int, Depends(Tools.static)],
        constant: Annotated[int, Depends(lambda: 7)],
    ) -> list[Any]:
        return [one, two, bound, of_class, static, constant]

    return app


@case(get("/?a=1"), get("/", 422))
def test_decorated_functions() -> Kingpost:
    """A wrapper made with functools.wraps keeps the parameters of what it wraps."""

    def twice(function: Any) -> Any:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return [function(*args, **kwargs)] * 2

        return wrapper

    @twice
    def number(a: int) -> int:
        return a

    app = Kingpost()

    @app.get("/")
    @twice
    def read(n: Annotated[list[int], Depends(number)]) -> Any:
        return n

    return app


@case(get("/3?q=a", headers={"X-H": "h"}), get("/x", 422))
def test_nested_dependencies() -> Kingpost:
    """Dependencies of dependencies, with parameters of every source at each level."""

    def leaf(n: Annotated[int, Path()]) -> int:
        return n

    async def middle(leaf: Annotated[int, Depends(leaf)], q: str) -> list[Any]:
        return [leaf, q]

    def outer(
        middle: Annotated[list[Any], Depends(middle)], x_h: Annotated[str, Header()]
    ) -> list[Any]:
        return [*middle, x_h]

    app = Kingpost()

    @app.get("/{n}")
    def read(n: int, value: Annotated[list[Any], Depends(outer)]) -> list[Any]:
        return [n, *value]

    return app


@case(get("/?q=a"), get("/", 422))
def test_yield_of_both_kinds() -> Kingpost:
    """Generators, sync and async, give what they yield."""

    def sync_value(q: str) -> Iterator[str]:
        yield q + "1"

    async def async_value(one: Annotated[str, Depends(sync_value)]) -> AsyncIterator[str]:
        yield one + "2"

    app = Kingpost()

    @app.get("/")
    async def read(value: Annotated[str, Depends(async_value)]) -> str:
        return value

    return app


@case(get("/?q=a"), get("/?q=b", 403), get("/", 422))
def test_dependency_raises() -> Kingpost:
    """An HTTPException of a dependency is the answer."""

    def guard(q: str) -> None:
        if q != "a":
            raise HTTPException(403, "refused", {"X-Why": "q"})

    app = Kingpost()

    @app.get("/", dependencies=[Depends(guard)])
    def read() -> str:
        return "ok"

    return app


@case(post("/", json={"name": "a"}), post("/", 422, json={}))
def test_body_in_dependency() -> Kingpost:
    """A dependency declares the body."""

    class Item(BaseModel):
        name: str

    def parsed(item: Annotated[Item, Body()]) -> str:
        return item.name

    app = Kingpost()

    @app.post("/")
    def create(name: Annotated[str, Depends(parsed)]) -> str:
        return name

    return app


@case(get("/a?q=1"), get("/a?q=x", 422), get("/a", 422))
def test_same_parameter_at_several_levels() -> Kingpost:
    """The same parameter in endpoint and dependency is documented once (behaviour 58)."""

    def optional(q: int | None = None) -> int | None:
        return q

    app = Kingpost()

    @app.get("/a")
    def read(q: int, same: Annotated[int | None, Depends(optional)]) -> list[int | None]:
        return [q, same]

    return app


@case(get("/?n=1"), get("/?n=one", 422))
def test_same_name_of_different_types() -> Kingpost:
    """Two declarations of one name are each validated by their own type."""

    def as_text(n: str) -> str:
        return n

    app = Kingpost()

    @app.get("/")
    def read(n: int, text: Annotated[str, Depends(as_text)]) -> list[Any]:
        return [n, text]

    return app


@case(get("/?q=a"), get("/x", 404))
def test_dependency_sees_request() -> Kingpost:
    """Request is injected into dependencies, under any name."""

    def where(anything: Request) -> str:
        return f"{anything.method} {anything.url}"

    app = Kingpost()

    @app.get("/")
    def read(place: Annotated[str, Depends(where)]) -> str:
        return place

    return app


@case(get("/?q=a"), get("/", 422))
def test_alias_of_annotated_dependency() -> Kingpost:
    """A dependency behind an alias, used by several operations."""

    def text(q: str) -> str:
        return q

    Text = Annotated[str, Depends(text)]  # noqa: N806 - a type
    app = Kingpost()

    @app.get("/")
    def one(value: Text) -> str:
        return value

    @app.get("/two")
    def two(value: Text, other: Text) -> list[str]:
        return [value, other]

    return app


@case(get("/"), get("/?q=x", 422))
def test_generic_class_as_dependency() -> Kingpost:
    """A pydantic model class as a dependency reads its fields from the query."""

    class Paging(BaseModel):
        q: int = 1
        tags: str = ""

    app = Kingpost()

    @app.get("/")
    def read(paging: Paging = Depends(Paging)) -> Paging:
        return paging

    return app


@refused(AssertionError)
def test_depends_twice_is_refused() -> Kingpost:
    """Depends in Annotated and as the default value at once."""

    def one() -> int:
        return 1

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[int, Depends(one)] = Depends(one)) -> int:
        return value

    return app


@case(get("/"), get("/?value=5"), get("/x", 404))
def test_depends_beside_query() -> Kingpost:
    """Of Query and Depends in one Annotated, the last counts."""

    def one() -> int:
        return 1

    app = Kingpost()

    @app.get("/")
    def read(value: Annotated[int, Query(), Depends(one)]) -> int:
        return value

    return app
