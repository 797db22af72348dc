"""Routers and applications used in less common ways."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy, deepcopy
from typing import Any

from starlette.responses import PlainTextResponse as StarlettePlainText
from starlette.routing import Host, Mount, Route, Router, WebSocketRoute

from kingpost import APIRouter, Depends, HTTPException, Kingpost, Query, Request, WebSocket
from kingpost.responses import HTMLResponse, PlainTextResponse
from kingpost.routing import APIRoute, APIWebSocketRoute
from kingpost.staticfiles import StaticFiles
from tests.parity.harness import Log, case, get, post, receive, websocket


@case(get("/r/static"), get("/r/m/x"), get("/r/m/y", 404), get("/m/x", 404), get("/r/api"))
def test_plain_routes_in_included_router() -> Kingpost:
    """Plain routes and mounts of an included router are served under its prefixes."""

    async def plain(request: Request) -> StarlettePlainText:
        return StarlettePlainText(f"{request.url.path} {request.scope['root_path']}")

    app, router = Kingpost(), APIRouter()
    router.add_route("/static", plain)
    router.mount("/m", Router(routes=[Route("/x", plain)]))

    @router.get("/api")
    def api() -> str:
        return "api"

    app.include_router(router, prefix="/r")
    return app


@case(websocket("/r/plain", receive()), websocket("/r/typed?n=2", receive()), get("/r/plain", 404))
def test_websocket_routes_of_a_router() -> Kingpost:
    """Plain and typed websocket routes added imperatively."""

    async def plain(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("plain")

    async def typed(socket: WebSocket, n: int) -> None:
        await socket.accept()
        await socket.send_json(n)

    app, router = Kingpost(), APIRouter()
    router.add_websocket_route("/plain", plain)
    router.add_api_websocket_route("/typed", typed)
    app.include_router(router, prefix="/r")
    return app


@case(get("/a"), get("/b"), get("/x", 404))
def test_routes_given_to_the_constructor() -> Kingpost:
    """Routes given as arguments, deprecated as it is."""

    async def plain(request: Request) -> StarlettePlainText:
        return StarlettePlainText("plain")

    app = Kingpost(routes=[Route("/a", plain)])
    app.include_router(APIRouter(routes=[Route("/b", plain)]))
    return app


@case(get("/a?n=1"), get("/a?n=x", 422), get("/b", 404))
def test_route_objects() -> Kingpost:
    """APIRoute objects made by hand."""

    def read(n: int) -> int:
        return n

    app = Kingpost()
    app.router.routes.append(APIRoute("/a", read, methods=["GET"], tags=["hand"]))
    return app


@case(websocket("/ws?n=1", receive()), websocket("/plain", receive()), get("/ws", 404))
def test_websocket_route_objects() -> Kingpost:
    """Websocket route objects made by hand."""

    async def typed(socket: WebSocket, n: int) -> None:
        await socket.accept()
        await socket.send_json(n)

    async def plain(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("plain")

    app = Kingpost()
    app.router.routes.append(APIWebSocketRoute("/ws", typed))
    app.router.routes.append(WebSocketRoute("/plain", plain))
    return app


@case(get("/api/x"), get("/api/x?deny=1", 403), get("/api/y", 404))
def test_including_the_router_of_an_application() -> Kingpost:
    """`include_router(other.router)` brings the routes of another application."""

    def guard(deny: bool = False) -> None:
        if deny:
            raise HTTPException(403)

    app, other = Kingpost(title="T"), Kingpost(openapi_url=None, dependencies=[Depends(guard)])

    @other.get("/x")
    def x() -> str:
        return "x"

    app.include_router(other.router, prefix="/api")
    return app


@case(get("/r/x"), get("/nowhere", 404))
def test_router_as_an_application() -> Any:
    """A bare router behind a mount of another application."""
    router = APIRouter(prefix="/x")

    @router.get("")
    def read() -> str:
        return "x"

    app = Kingpost()
    app.mount("/r", router)
    return app


@case(get("/"), get("/x", 404), lifespan=True)
def test_events_added_to_routers(log: Log) -> Kingpost:
    """add_event_handler of an application's router."""
    app = Kingpost()
    app.router.add_event_handler("startup", lambda: log.append("start"))
    app.router.add_event_handler("shutdown", lambda: log.append("stop"))

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(get("/a/x"), get("/a/y"), get("/b/y"), get("/a/z", 404))
def test_settings_of_the_include_call() -> Kingpost:
    """Response classes, deprecation and callbacks given to include_router."""
    app, router = Kingpost(), APIRouter(deprecated=None)

    @router.get("/x")
    def x() -> str:
        return "x"

    @router.get("/y", response_class=PlainTextResponse)
    def y() -> str:
        return "y"

    app.include_router(router, prefix="/a", default_response_class=HTMLResponse, deprecated=True)
    app.include_router(router, prefix="/b", default_response_class=PlainTextResponse)
    return app


@case(get("/x", headers={"Host": "a.example"}), get("/x"), get("/y", 404))
def test_host_routes() -> Kingpost:
    """Host routes given to the router, before the rest."""
    inner = Kingpost()

    @inner.get("/x")
    def of_host() -> str:
        return "host"

    app = Kingpost()
    app.router.routes.append(Host("a.example", app=inner))

    @app.get("/x")
    def of_app() -> str:
        return "app"

    return app


@case(get("/s/app.js"), get("/s/none", 404), get("/r/s/app.js"), get("/url"))
def test_static_files_in_routers() -> Kingpost:
    """Static files mounted on the application and on a router, with their URL."""
    site = __file__.replace("test_router_objects.py", "site")
    app, router = Kingpost(), APIRouter()
    app.mount("/s", StaticFiles(directory=site), name="static")
    router.mount("/s", StaticFiles(directory=site), name="router-static")
    app.include_router(router, prefix="/r")

    @app.get("/url")
    def url(request: Request) -> str:
        return str(request.url_for("static", path="app.js"))

    return app


@case(get("/"), get("/sub/"), get("/sub/x", 404), lifespan=True)
def test_lifespan_of_mounted_applications(log: Log) -> Kingpost:
    """The lifespan of a mounted application does not run."""

    def named(name: str) -> Any:
        @asynccontextmanager
        async def lifespan(app: Any) -> AsyncIterator[None]:
            log.append(f"start {name}")
            yield
            log.append(f"stop {name}")

        return lifespan

    app, sub = Kingpost(lifespan=named("app")), Kingpost(lifespan=named("sub"))

    @app.get("/")
    @sub.get("/")
    def read() -> str:
        return "x"

    app.mount("/sub", sub)
    return app


@case(get("/a/b/x"), get("/a/b/y", 404), get("/a/b/openapi.json"), get("/a/openapi.json"))
def test_nested_mounts() -> Kingpost:
    """An application in an application in an application."""
    app, middle, inner = Kingpost(title="1"), Kingpost(title="2"), Kingpost(title="3")

    @inner.get("/x")
    def read(request: Request) -> list[str]:
        return [request.url.path, request.scope["root_path"], str(request.url_for("read"))]

    middle.mount("/b", inner)
    app.mount("/a", middle)
    return app


@case(get("/sub/x"), get("/x"), get("/sub/y", 404))
def test_overrides_do_not_reach_mounted_applications() -> Kingpost:
    """dependency_overrides of the parent are not those of a mounted application."""

    def value() -> str:
        return "original"

    app, sub = Kingpost(), Kingpost()

    @app.get("/x")
    @sub.get("/x")
    def read(value: str = Depends(value)) -> str:
        return value

    app.mount("/sub", sub)
    app.dependency_overrides[value] = lambda: "override"
    return app


@case(get("/one"), get("/two"), get("/one/", 307), get("/three", 404))
def test_mount_of_routes_beside_operations() -> Kingpost:
    """Operations and mounts match in the order in which they were added."""

    async def plain(request: Request) -> StarlettePlainText:
        return StarlettePlainText("mounted")

    app = Kingpost()

    @app.get("/one")
    def one() -> str:
        return "one"

    app.router.routes.append(Mount("/", routes=[Route("/one", plain), Route("/two", plain)]))

    @app.get("/two")
    def two() -> str:
        return "never"

    return app


@case(post("/add?name=a"), post("/add?name=b"), get("/a"), get("/b"), get("/c", 404))
def test_include_at_run_time() -> Kingpost:
    """Routers included while the application runs."""
    app = Kingpost()

    @app.post("/add")
    def add(name: str = Query()) -> str:
        router = APIRouter(prefix=f"/{name}")

        @router.get("")
        def read() -> str:
            return name

        app.include_router(router)
        return name

    return app


@case(
    get("/copied/p/y?a=3"),
    get("/copied/p/more", 404),
    get("/p/more"),
    get("/p/y?a=x", 422),
    websocket("/copied/p/s", receive()),
)
def test_deep_copies_of_routers() -> Kingpost:
    """A copy has the operations that were there, and not what is added later."""
    app, router = Kingpost(), APIRouter(prefix="/p")

    @router.get("/y")
    def read(a: int = 1) -> int:
        return a

    @router.websocket("/s")
    async def talk(connection: WebSocket) -> None:
        await connection.accept()
        await connection.send_text("s")
        await connection.close()

    copied = deepcopy(router)

    @router.get("/more")
    def more() -> str:
        return "more"

    app.include_router(router)
    app.include_router(copied, prefix="/copied")
    return app


@case(get("/a", 404), get("/b"), get("/v/a"), get("/c"), get("/copied/a", 404), get("/copied/d"))
def test_routes_that_are_assigned() -> Kingpost:
    """The list that was there before keeps its routes for whoever holds it."""
    app, router = Kingpost(openapi_url=None), APIRouter()
    app.get("/a")(lambda: "a")
    app.get("/b")(lambda: "b")
    held = app.routes
    app.router.routes = [route for route in held if getattr(route, "path", "") != "/a"]
    app.get("/c")(lambda: "c")
    for route in held:
        if isinstance(route, APIRoute):
            router.add_api_route(route.path, route.endpoint)
    copied = copy(router)
    copied.routes = []
    copied.get("/d")(lambda: "d")
    app.include_router(router, prefix="/v")
    app.include_router(copied, prefix="/copied")
    return app
