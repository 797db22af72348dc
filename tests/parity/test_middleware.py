"""Middleware of all kinds: order, exceptions, bodies, those that ship with the framework."""

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware.base import BaseHTTPMiddleware

from kingpost import BackgroundTasks, Body, Depends, HTTPException, Kingpost, Request, Response
from kingpost.middleware import Middleware
from kingpost.middleware.asyncexitstack import AsyncExitStackMiddleware
from kingpost.middleware.cors import CORSMiddleware
from kingpost.middleware.gzip import GZipMiddleware
from kingpost.middleware.httpsredirect import HTTPSRedirectMiddleware
from kingpost.middleware.trustedhost import TrustedHostMiddleware
from kingpost.responses import PlainTextResponse, StreamingResponse
from tests.parity.harness import Log, case, get, options, post

Next = Callable[[Request], Awaitable[Response]]
Message = MutableMapping[str, Any]
ASGI = Callable[[Message, Any, Any], Awaitable[None]]


class Noting:
    """Pure ASGI middleware that records its passage."""

    def __init__(self, app: ASGI, name: str, log: Log) -> None:
        self.app, self.name, self.log = app, name, log

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Pass on, recording before and after."""
        self.log.append(f"{self.name} in {scope['type']}")
        await self.app(scope, receive, send)
        self.log.append(f"{self.name} out")


@case(get("/"), get("/missing", 404), get("/error", 500))
def test_http_decorator(log: Log) -> Kingpost:
    """@app.middleware("http"): last added is outermost."""
    app = Kingpost()

    @app.middleware("http")
    async def inner(request: Request, call_next: Next) -> Response:
        log.append(f"inner {request.url.path}")
        response = await call_next(request)
        response.headers["X-Inner"] = str(response.status_code)
        return response

    @app.middleware("http")
    async def outer(request: Request, call_next: Next) -> Response:
        log.append("outer")
        response = await call_next(request)
        response.headers["X-Outer"] = response.headers.get("x-inner", "none")
        return response

    @app.get("/")
    def read() -> str:
        log.append("endpoint")
        return "x"

    @app.get("/error")
    def error() -> str:
        raise ValueError("e")

    return app


@case(get("/"), get("/missing", 404), lifespan=True)
def test_asgi_order(log: Log) -> Kingpost:
    """The middleware list's first is outermost; add_middleware puts outside of it."""
    app = Kingpost(
        middleware=[
            Middleware(Noting, name="list 1", log=log),
            Middleware(Noting, name="list 2", log=log),
        ]
    )
    app.add_middleware(Noting, name="added 1", log=log)
    app.add_middleware(Noting, name="added 2", log=log)

    @app.get("/")
    def read() -> str:
        log.append("endpoint")
        return "x"

    return app


@case(get("/"), get("/?stop=1", 403), get("/missing", 404))
def test_short_circuit(log: Log) -> Kingpost:
    """Middleware may answer itself; dependencies then never run."""

    def dependency() -> None:
        log.append("dependency")

    app = Kingpost(dependencies=[Depends(dependency)])

    @app.middleware("http")
    async def gate(request: Request, call_next: Next) -> Response:
        if "stop" in request.query_params:
            return PlainTextResponse("stopped", status_code=403)
        return await call_next(request)

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(post("/", json={"a": 1}), post("/", 422))
def test_body_read_in_middleware() -> Kingpost:
    """A body that middleware has read is still there for the endpoint."""
    app = Kingpost()

    @app.middleware("http")
    async def reading(request: Request, call_next: Next) -> Response:
        size = len(await request.body())
        response = await call_next(request)
        response.headers["X-Size"] = str(size)
        return response

    @app.post("/")
    def create(a: dict[str, int] = Body()) -> dict[str, int]:
        return a

    return app


@case(get("/", 500), get("/http", 500), get("/ok"), messages=True)
def test_exception_in_middleware() -> Kingpost:
    """Exceptions of middleware, HTTPException too, reach the outermost handler only."""
    app = Kingpost()

    @app.middleware("http")
    async def raising(request: Request, call_next: Next) -> Response:
        if request.url.path == "/":
            raise ValueError("in middleware")
        if request.url.path == "/http":
            raise HTTPException(404)
        return await call_next(request)

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


@case(get("/", 500), get("/caught", 299), get("/ok"))
def test_exception_seen_by_middleware(log: Log) -> Kingpost:
    """An endpoint's exception passes through middleware; the 500 handler is outside."""
    app = Kingpost()

    @app.middleware("http")
    async def watching(request: Request, call_next: Next) -> Response:
        try:
            response = await call_next(request)
        except ValueError as error:
            log.append(f"saw {error}")
            if request.url.path == "/caught":
                return PlainTextResponse("caught", status_code=299)
            raise
        response.headers["X-Watched"] = "1"
        return response

    @app.exception_handler(Exception)
    async def on_any(request: Request, error: Exception) -> Response:
        log.append("handler")
        return PlainTextResponse("handled", status_code=500)

    @app.get("/")
    @app.get("/caught")
    def read() -> None:
        raise ValueError("endpoint")

    @app.get("/ok")
    def ok() -> str:
        return "ok"

    return app


class Checking(BaseHTTPMiddleware):
    """A class with a method of its own, of which there may be several."""

    def __init__(self, app: ASGI, name: str, log: Log) -> None:
        super().__init__(app)
        self.name, self.log = name, log

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        """Read, pass on, look at the answer and at what went wrong."""
        self.log.append(f"{self.name} {await request.body()!r}")
        if request.headers.get("x-stop") == self.name:
            return PlainTextResponse(f"stopped by {self.name}", status_code=403)
        try:
            response = await call_next(request)
        except LookupError as error:
            self.log.append(f"{self.name} saw {error!r}")
            raise
        response.headers.append("x-passed", self.name)
        return response


@case(
    post("/", json={"a": 1}),
    post("/", 403, json={}, headers={"x-stop": "outer"}),
    post("/", 403, json={}, headers={"x-stop": "inner"}),
    post("/", 422, json={"a": "x"}),
    get("/", 405),
    get("/stream"),
    get("/error", 500),
    get("/missing", 404),
    messages=True,
)
def test_classes_with_a_method(log: Log) -> Kingpost:
    """One in the other, each with a state."""
    app = Kingpost()
    app.add_middleware(Checking, name="inner", log=log)
    app.add_middleware(Checking, name="outer", log=log)

    @app.post("/")
    async def create(a: dict[str, int], tasks: BackgroundTasks) -> dict[str, int]:
        tasks.add_task(log.append, "background")
        return a

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            for piece in (b"1", b"", b"2"):
                yield piece

        return StreamingResponse(pieces())

    @app.get("/error")
    def error() -> None:
        raise LookupError("e")

    return app


ORIGIN = {"Origin": "https://a.example"}


@case(
    get("/", headers=ORIGIN),
    get("/", headers={"Origin": "https://b.example"}),
    get("/"),
    get("/missing", 404, headers=ORIGIN),
    options("/", headers={**ORIGIN, "Access-Control-Request-Method": "PUT"}),
    options(
        "/",
        400,
        headers={
            **ORIGIN,
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "x-other",
        },
    ),
    options(
        "/", 400, headers={"Origin": "https://b.example", "Access-Control-Request-Method": "PUT"}
    ),
    options("/", 405, headers=ORIGIN),
)
def test_cors() -> Kingpost:
    """CORS for listed origins with credentials."""
    app = Kingpost()
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["https://a.example"],
        allow_credentials=True,
        allow_methods=["GET", "PUT"],
        allow_headers=["X-Token"],
        expose_headers=["X-Out"],
        max_age=60,
    )

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(
    get("/", headers=ORIGIN),
    get("/error", 500, headers=ORIGIN),
    options("/", headers={**ORIGIN, "Access-Control-Request-Method": "DELETE"}),
)
def test_cors_for_everyone() -> Kingpost:
    """CORS with wildcards; an unhandled 500 has no CORS headers."""
    app = Kingpost()
    app.add_middleware(
        CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
    )

    @app.get("/")
    def read() -> str:
        return "x"

    @app.get("/error")
    def error() -> None:
        raise ValueError("e")

    return app


@case(
    get("/big", headers={"Accept-Encoding": "gzip"}),
    get("/big", headers={"Accept-Encoding": "identity"}),
    get("/small", headers={"Accept-Encoding": "gzip"}),
    get("/missing", 404),
)
def test_gzip() -> Kingpost:
    """Answers above the minimum size are compressed when accepted."""
    app = Kingpost()
    app.add_middleware(GZipMiddleware, minimum_size=100)

    @app.get("/big")
    def big() -> str:
        return "x" * 1000

    @app.get("/small")
    def small() -> str:
        return "x"

    return app


@case(
    get("/", headers={"Host": "example.com"}),
    get("/", headers={"Host": "a.example.com"}),
    get("/", 400, headers={"Host": "evil.com"}),
)
def test_trusted_host() -> Kingpost:
    """Only listed hosts are served."""
    app = Kingpost()
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["example.com", "*.example.com"])

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(get("/a?b=1", 307), get("/missing", 307), one_sided="everything is redirected")
def test_https_redirect() -> Kingpost:
    """Plain HTTP is redirected before any routing."""
    app = Kingpost()
    app.add_middleware(HTTPSRedirectMiddleware)

    @app.get("/a")
    def read() -> str:
        return "x"

    return app


@case(get("/add", 500), get("/"))
def test_middleware_cannot_be_added_later() -> Kingpost:
    """add_middleware after the start is a RuntimeError."""
    app = Kingpost()

    @app.get("/add")
    def add() -> None:
        app.add_middleware(GZipMiddleware)

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(get("/"), get("/missing", 404))
def test_scope_seen_after_routing(log: Log) -> Kingpost:
    """Middleware finds the matched route and endpoint in the scope afterwards."""
    app = Kingpost()

    @app.middleware("http")
    async def watching(request: Request, call_next: Next) -> Response:
        response = await call_next(request)
        route = request.scope.get("route")
        endpoint = request.scope.get("endpoint")
        log.append(f"{getattr(route, 'path', None)} {getattr(endpoint, '__name__', None)}")
        log.append(f"{request.scope.get('path_params')} {request.app is app}")
        return response

    @app.get("/")
    def read() -> str:
        return "x"

    return app


@case(get("/"), get("/fail", 418), get("/x", 404))
def test_exit_stacks_of_requests(log: Log) -> Kingpost:
    """What a request puts on the middleware's stack is closed after it, failed or not."""
    app = Kingpost()
    app.add_middleware(AsyncExitStackMiddleware, context_name="kept")

    @app.get("/")
    def read(request: Request) -> str:
        request.scope["kept"].callback(log.append, "closed")
        return "x"

    @app.get("/fail")
    def fail(request: Request) -> str:
        request.scope["kept"].callback(log.append, "closed")
        raise HTTPException(418)

    return app
