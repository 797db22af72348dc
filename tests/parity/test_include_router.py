"""include_router: what is merged, in which order, at any depth."""

import inspect
from enum import Enum
from typing import Any

from pydantic import BaseModel

from kingpost import APIRouter, Depends, Header, HTTPException, Kingpost
from kingpost.exceptions import KingpostError
from kingpost.responses import PlainTextResponse
from kingpost.routing import APIRoute, iter_route_contexts
from tests.parity.harness import case, get, post, refused


class Message(BaseModel):
    """A message."""

    text: str


class Tag(Enum):
    """Tags as an enumeration."""

    ITEMS = "items"


@case(get("/api/v1/items/3"), get("/api/v1/items/x", 422), get("/items/3", 404))
def test_prefixes() -> Kingpost:
    """Prefixes of include call, router and path are joined."""
    app = Kingpost()
    router = APIRouter(prefix="/items")

    @router.get("/{n}")
    def read(n: int) -> int:
        return n

    app.include_router(router, prefix="/api/v1")
    return app


@case(get("/{tenant}/items/3".format(tenant="a")), get("/a/items/x", 422))
def test_parameter_in_prefix() -> Kingpost:
    """A prefix may hold path parameters, read by routes and dependencies."""

    def tenant_of(tenant: str) -> str:
        return tenant.upper()

    app = Kingpost()
    router = APIRouter(prefix="/items", dependencies=[Depends(tenant_of)])

    @router.get("/{n}")
    def read(n: int, tenant: str, upper: str = Depends(tenant_of)) -> list[Any]:
        return [n, tenant, upper]

    app.include_router(router, prefix="/{tenant}")
    return app


@case(get("/o/i/x"), get("/o/i/y"), get("/o/i/z", 404))
def test_documented_settings_merge() -> Kingpost:
    """Tags concatenate, responses overlay, deprecated ORs (behaviour 54)."""
    app = Kingpost(responses={500: {"description": "app"}, 404: {"description": "app 404"}})
    outer = APIRouter(prefix="/o", tags=["outer"], responses={404: {"description": "outer"}})
    inner = APIRouter(prefix="/i", tags=["inner", Tag.ITEMS], deprecated=True)

    @inner.get("/x", tags=["own"], responses={404: {"model": Message}, 418: {"description": "t"}})
    def x() -> str:
        return "x"

    @inner.get("/y", deprecated=False)
    def y() -> str:
        return "y"

    outer.include_router(
        inner, tags=["include of inner"], responses={403: {"description": "inner"}}
    )
    app.include_router(
        outer, tags=["include of outer"], responses={401: {"model": Message, "description": "m"}}
    )
    return app


@case(get("/a/x"), get("/b/x"), get("/b/y"), get("/c/x"), get("/c/y", 404))
def test_include_in_schema() -> Kingpost:
    """include_in_schema ANDs over all levels (behaviour 54)."""
    app = Kingpost()
    hidden, shown = APIRouter(include_in_schema=False), APIRouter()

    @hidden.get("/x")
    @shown.get("/x")
    def x() -> str:
        return "x"

    @shown.get("/y", include_in_schema=False)
    def y() -> str:
        return "y"

    app.include_router(hidden, prefix="/a", include_in_schema=True)
    app.include_router(shown, prefix="/b")
    third = APIRouter()
    third.include_router(APIRouter())

    @third.get("/x")
    def third_x() -> str:
        return "x"

    app.include_router(third, prefix="/c", include_in_schema=False)
    return app


@case(get("/a"), get("/r/b"), get("/r/c"), get("/o/b"), get("/x", 404))
def test_unique_id_functions() -> Kingpost:
    """The nearest id function wins; a given operation_id wins over all (behaviour 54)."""

    def named(prefix: str) -> Any:
        return lambda route: f"{prefix}-{route.name}-{'.'.join(map(str, route.tags))}"

    app = Kingpost(generate_unique_id_function=named("app"))
    router = APIRouter(prefix="/r", generate_unique_id_function=named("router"), tags=["t"])
    other = APIRouter(prefix="/o")

    @app.get("/a")
    def a() -> str:
        return "a"

    @router.get("/b", generate_unique_id_function=named("route"))
    @other.get("/b")
    def b() -> str:
        return "b"

    @router.get("/c")
    def c() -> str:
        return "c"

    @router.get("/d", operation_id="given")
    def d(message: Message, other: Message) -> str:
        return "d"

    app.include_router(router, generate_unique_id_function=named("include"))
    app.include_router(other, generate_unique_id_function=named("include"))
    return app


@case(get("/before"), get("/r/early"), get("/r/late"), get("/r/deep/later"), get("/r/x", 404))
def test_routes_added_after_inclusion() -> Kingpost:
    """Routes added to a router after its inclusion are served and documented (behaviour 54)."""
    app = Kingpost()
    router, deep = APIRouter(prefix="/r"), APIRouter(prefix="/deep")

    @router.get("/early")
    def early() -> str:
        return "early"

    app.include_router(router)
    router.include_router(deep)

    @router.get("/late")
    def late() -> str:
        return "late"

    @deep.get("/later")
    def later() -> str:
        return "later"

    @app.get("/before")
    def before() -> str:
        return "before"

    return app


@case(get("/r/a"), post("/r/a", 405), get("/r/b/"), get("/r/b", 307))
def test_order_of_documented_paths() -> Kingpost:
    """Included routes stand where they were included."""
    app = Kingpost()
    router = APIRouter()

    @router.get("/a")
    def a() -> str:
        return "a"

    @app.get("/first")
    def first() -> str:
        return "first"

    app.include_router(router, prefix="/r")

    @app.get("/last")
    def last() -> str:
        return "last"

    @router.get("/b/")
    def b() -> str:
        return "b"

    return app


@case(get("/x/3"), get("/y/3"), get("/x/a", 422), get("/z/3", 404))
def test_one_router_under_two_prefixes() -> Kingpost:
    """One router included twice gives two operations with two ids."""
    app = Kingpost()
    router = APIRouter()

    @router.get("/{n}")
    def read(n: int) -> int:
        return n

    app.include_router(router, prefix="/x", tags=["x"])
    app.include_router(router, prefix="/y", tags=["y"], deprecated=True)
    return app


@case(get("/a/b/c/d"), get("/a/b/c", 404))
def test_four_levels() -> Kingpost:
    """Inclusion at any depth."""
    app = Kingpost()
    routers = [APIRouter(prefix=f"/{name}", tags=[name]) for name in "abc"]

    @routers[2].get("/d", response_class=PlainTextResponse)
    def read() -> str:
        return "deep"

    routers[1].include_router(routers[2])
    routers[0].include_router(routers[1])
    app.include_router(routers[0])
    return app


@case(get("/guarded", 400), get("/guarded", headers={"X-Token": "t"}), get("/open"))
def test_documented_example() -> Kingpost:
    """The bigger-applications example: a guarded router and an open one."""

    async def token(x_token: str = Header()) -> None:
        if x_token != "t":
            raise HTTPException(400, "X-Token header invalid")

    async def maybe_token(x_token: str | None = Header(None)) -> None:
        if x_token != "t":
            raise HTTPException(400, "X-Token header invalid")

    app = Kingpost()
    guarded, opened = APIRouter(dependencies=[Depends(maybe_token)]), APIRouter()

    @guarded.get("/guarded")
    def read() -> str:
        return "guarded"

    @opened.get("/open")
    def read_open() -> str:
        return "open"

    app.include_router(guarded, responses={400: {"description": "Bad token"}})
    app.include_router(opened)
    return app


@case(get("/p"), get("/p/x"), get("/p/y", 404))
def test_empty_path_behind_a_prefix() -> Kingpost:
    """An empty path is the prefix itself."""
    app = Kingpost()
    router = APIRouter(prefix="/p")

    @router.get("")
    def root() -> str:
        return "root"

    @router.get("/x")
    def x() -> str:
        return "x"

    app.include_router(router)
    return app


@case(get("/paths"), get("/api/r/a"), get("/r/a", 404))
def test_route_contexts() -> Kingpost:
    """iter_route_contexts shows the effective routes."""
    app = Kingpost(openapi_url=None)
    router = APIRouter(prefix="/r", tags=["t"])

    @router.get("/a", name="named")
    def a() -> str:
        return "a"

    @app.get("/paths")
    def paths() -> list[Any]:
        return [
            [c.path, c.name, sorted(c.methods or []), isinstance(c.original_route, APIRoute)]
            for c in iter_route_contexts(app.routes)
        ]

    app.include_router(router, prefix="/api")
    return app


@refused(KingpostError)
def test_empty_prefix_and_path_is_refused() -> Kingpost:
    """An empty path behind no prefix is refused (at the inclusion)."""
    app = Kingpost()
    router = APIRouter()

    @router.get("")
    def read() -> str:
        return "x"

    app.include_router(router)
    return app


@refused(AssertionError)
def test_including_itself_is_refused() -> Kingpost:
    """A router cannot include itself."""
    router = APIRouter(prefix="/x")
    router.include_router(router)
    return Kingpost()


@refused(AssertionError)
def test_circular_inclusion_is_refused() -> Kingpost:
    """Nor one that includes it."""
    one, two = APIRouter(prefix="/one"), APIRouter(prefix="/two")
    one.include_router(two)
    two.include_router(one)
    return Kingpost()


def as_view(router: APIRouter, cls: type) -> None:
    """Let the methods of a class that are operations of a router get an instance each."""
    for route in router.routes:
        endpoint: Any = route.endpoint  # type: ignore[attr-defined]
        signature = inspect.signature(endpoint)
        instance, *others = signature.parameters.values()
        parameters = [
            instance.replace(default=Depends(cls)),
            *(parameter.replace(kind=parameter.KEYWORD_ONLY) for parameter in others),
        ]
        endpoint.__signature__ = signature.replace(parameters=parameters)


@case(
    get("/v/x?q=3"),
    get("/v/x?q=z", 422),
    post("/v/x?page=2", json={"text": "a"}),
    post("/v/x", 422, json={"text": 1}),
    get("/v/later?q=z"),
)
def test_signatures_that_change_before_the_inclusion() -> Kingpost:
    """Packages for views as classes give methods another signature; annotations count, too."""
    app, router = Kingpost(), APIRouter()

    class View:
        """A view with a parameter for all of its operations."""

        def __init__(self, page: int = 1) -> None:
            self.page = page

        @router.get("/x")
        def read(self, q: int = 1) -> list[int]:
            return [self.page, q]

        @router.post("/x")
        def create(self, message: Message) -> Any:
            return [self.page, message]

    as_view(router, View)
    plain = APIRouter()

    @plain.get("/later")
    def later(q: int = 1) -> Any:
        return q

    later.__annotations__["q"] = str
    router.include_router(plain)
    app.include_router(router, prefix="/v")
    return app
