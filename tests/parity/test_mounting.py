"""Mounted applications, hosts, static files, custom route classes."""

import warnings
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse as StarlettePlainText
from starlette.routing import Route

from kingpost import APIRouter, Body, Depends, HTTPException, Kingpost, Request, Response
from kingpost.exceptions import RequestValidationError
from kingpost.routing import APIRoute
from kingpost.staticfiles import StaticFiles
from tests.parity.harness import Log, case, get, post

SITE = Path(__file__).parent / "site"
Handler = Callable[[Request], Awaitable[Response]]


@case(
    get("/app"),
    get("/sub/inner/3"),
    get("/sub/inner/x", 422),
    get("/sub/missing", 404),
    get("/sub/openapi.json"),
    get("/openapi.json"),
    get("/sub", 307),
    get("/sub/"),
)
def test_sub_application() -> Kingpost:
    """A mounted application has its own document and servers (behaviour 59)."""
    app, sub = Kingpost(title="Main"), Kingpost(title="Sub")

    @app.get("/app")
    def main() -> str:
        return "main"

    @sub.get("/inner/{n}")
    def inner(request: Request, n: int) -> list[Any]:
        return [n, request.scope["root_path"], str(request.url_for("inner", n=2))]

    @sub.get("/")
    def root() -> str:
        return "root of sub"

    app.mount("/sub", sub)
    return app


@case(get("/sub/error", 499), get("/sub/http", 404), get("/error", 499), get("/sub/ok"))
def test_handlers_of_sub_applications(log: Log) -> Kingpost:
    """A mounted application has its own handlers, dependencies and middleware."""

    def handler(name: str) -> Any:
        async def handle(request: Request, error: Exception) -> Response:
            return StarlettePlainText(f"{name} {error}", status_code=499)

        return handle

    app = Kingpost(dependencies=[Depends(lambda: log.append("app"))])
    sub = Kingpost(dependencies=[Depends(lambda: log.append("sub"))])
    app.add_exception_handler(ValueError, handler("app"))
    sub.add_exception_handler(ValueError, handler("sub"))

    @app.get("/error")
    @sub.get("/error")
    def error() -> None:
        raise ValueError("e")

    @sub.get("/http")
    def http() -> None:
        raise HTTPException(404, "sub")

    @sub.get("/ok")
    def ok() -> str:
        return "ok"

    app.mount("/sub", sub)
    return app


@case(get("/star/x"), get("/star/y", 404), get("/api"))
def test_starlette_application() -> Kingpost:
    """Another ASGI application behind a mount."""

    async def plain(request: Any) -> StarlettePlainText:
        return StarlettePlainText(f"star {request.url.path}")

    app = Kingpost()

    @app.get("/api")
    def api() -> str:
        return "api"

    app.mount("/star", Starlette(routes=[Route("/x", plain)]))
    return app


@case(
    get("/static/app.js"),
    get("/static/missing", 404),
    get("/static/sub/"),
    get("/static/sub", 307),
    post("/static/app.js", 405),
    get("/static/../test_mounting.py", 404),
)
def test_static_files() -> Kingpost:
    """StaticFiles behind a mount."""
    app = Kingpost()
    app.mount("/static", StaticFiles(directory=SITE, html=True), name="static")
    return app


@case(
    get("/", headers={"Host": "api.example.com"}),
    get("/", headers={"Host": "www.example.com"}),
    get("/x", 404),
)
def test_hosts() -> Kingpost:
    """host() serves another application for a host name."""
    app, api = Kingpost(), Kingpost()

    @app.get("/")
    def main() -> str:
        return "main"

    @api.get("/")
    def of_api() -> str:
        return "api"

    app.host("api.example.com", api)
    return app


@case(
    post("/", json=[1, 2]),
    post("/", 422, json=["x"]),
    get("/timed"),
    get("/fail", 418),
    get("/plain"),
)
def test_custom_route_class(log: Log) -> Kingpost:
    """get_route_handler wraps the handler of every operation of a router."""

    class Logged(APIRoute):
        def get_route_handler(self) -> Any:
            original = super().get_route_handler()

            async def handler(request: Request) -> Response:
                log.append(f"before {self.path} {sorted(self.methods or ())}")
                try:
                    response: Response = await original(request)
                except RequestValidationError as error:
                    log.append(f"invalid {error.errors()[0]['type']}")
                    raise
                except ValueError as error:
                    raise HTTPException(418, str(error)) from error
                response.headers["X-Route"] = "1"
                return response

            return handler

    app = Kingpost()
    router = APIRouter(route_class=Logged)

    @router.post("/")
    def total(numbers: list[int] = Body()) -> int:
        return sum(numbers)

    @router.get("/timed")
    def timed() -> str:
        return "timed"

    @router.get("/fail")
    def fail() -> str:
        raise ValueError("tea")

    @app.get("/plain")
    def plain() -> str:
        return "plain"

    app.include_router(router)
    return app


@case(post("/", content=b"[1, 2]", headers={"X-Reverse": "1"}), post("/", 422, content=b"[]x"))
def test_custom_request_class() -> Kingpost:
    """A custom route may replace the request, and so its body."""

    class Reversed(Request):
        async def body(self) -> bytes:
            if not hasattr(self, "_body"):
                body = await super().body()
                if self.headers.get("x-reverse"):
                    body = body.replace(b"1", b"9")
                self._body = body
            return self._body

    class ReversingRoute(APIRoute):
        def get_route_handler(self) -> Any:
            original = super().get_route_handler()

            async def handler(request: Request) -> Response:
                return await original(Reversed(request.scope, request.receive))

            return handler

    app = Kingpost(strict_content_type=False)
    app.router.route_class = ReversingRoute

    @app.post("/")
    def create(numbers: list[int] = Body()) -> list[int]:
        return numbers

    return app


def old(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application (PEP 3333)."""
    if environ["PATH_INFO"] == "/missing":
        start_response("404 Not Found", [("content-type", "text/plain")])
        return [b"no such page"]
    start_response("200 OK", [("content-type", "text/plain"), ("x-old", "yes")])
    names = ("REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    return [" ".join(environ[name] for name in names).encode(), environ["wsgi.input"].read()]


@case(
    get("/old/"),
    get("/old", 307),
    get("/old/a/b?c=%C3%A4"),
    post("/old/form", data={"a": "b"}),
    get("/old/missing", 404),
    get("/new"),
    get("/elsewhere", 404),
)
def test_wsgi_application() -> Kingpost:
    """A WSGI application is mounted beside operations."""
    with warnings.catch_warnings():
        # Starlette deprecates it, and says so once in a process.
        warnings.simplefilter("ignore")
        from kingpost.middleware.wsgi import WSGIMiddleware
    app = Kingpost()
    app.mount("/old", WSGIMiddleware(old))

    @app.get("/new")
    def new() -> str:
        return "new"

    return app
