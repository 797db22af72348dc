"""What stands around every operation: own functions and the ready-made ones."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from kingpost import Kingpost, Request
from kingpost.middleware import Middleware
from kingpost.middleware.cors import CORSMiddleware
from kingpost.middleware.gzip import GZipMiddleware
from kingpost.middleware.httpsredirect import HTTPSRedirectMiddleware
from kingpost.middleware.trustedhost import TrustedHostMiddleware
from kingpost.responses import PlainTextResponse, Response
from kingpost.testclient import TestClient

Next = Callable[[Request], Awaitable[Response]]
Message = MutableMapping[str, Any]


def application(**options: Any) -> Kingpost:
    """A mill."""
    app = Kingpost(**options)

    @app.get("/flour")
    def flour(kilos: int = 1) -> str:
        return "flour " * kilos

    return app


def test_function_around_requests() -> None:
    """A function sees the request before and the answer after; errors of clients too."""
    app = application()

    @app.middleware("http")
    async def measure(request: Request, call_next: Next) -> Response:
        response = await call_next(request)
        response.headers["x-path"] = request.url.path
        return response

    client = TestClient(app)

    assert client.get("/flour").headers["x-path"] == "/flour"
    assert client.get("/flour?kilos=x").headers["x-path"] == "/flour"
    assert client.get("/bran").headers["x-path"] == "/bran"


def test_order_of_functions() -> None:
    """The last one that was added stands outermost; one may answer itself."""
    app = application()
    seen: list[str] = []

    @app.middleware("http")
    async def inner(request: Request, call_next: Next) -> Response:
        seen.append("inner")
        return await call_next(request)

    @app.middleware("http")
    async def outer(request: Request, call_next: Next) -> Response:
        seen.append("outer")
        if "x-stop" in request.headers:
            return PlainTextResponse("stopped", status_code=503)
        return await call_next(request)

    client = TestClient(app)
    client.get("/flour")
    stopped = client.get("/flour", headers={"x-stop": "1"})

    assert seen == ["outer", "inner", "outer"]
    assert (stopped.status_code, stopped.text) == (503, "stopped")


class Stamp:
    """An ASGI middleware that adds a header."""

    def __init__(self, app: Any, text: str) -> None:
        self.app = app
        self.text = text

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        """Pass the request on, and the answer with one more header."""

        async def stamping(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-stamp", self.text.encode())]
            await send(message)

        await self.app(scope, receive, stamping)


def test_asgi_middleware() -> None:
    """Any ASGI middleware can be added, or given to the constructor."""
    added = application()
    added.add_middleware(Stamp, text="red")
    given = application(middleware=[Middleware(Stamp, text="blue"), Middleware(Stamp, "green")])

    assert TestClient(added).get("/flour").headers["x-stamp"] == "red"
    assert TestClient(given).get("/flour").headers.get_list("x-stamp") == ["green", "blue"]


def test_other_origins() -> None:
    """Pages of certain other origins may call the application."""
    app = application()
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["https://bakery.example"],
        allow_credentials=True,
        allow_methods=["GET", "PUT"],
        allow_headers=["x-order"],
        expose_headers=["x-sack"],
        max_age=60,
    )
    client = TestClient(app)
    bakery = {"origin": "https://bakery.example"}
    asked = client.options(
        "/flour",
        headers=bakery
        | {"access-control-request-method": "PUT", "access-control-request-headers": "x-order"},
    )
    simple = client.get("/flour", headers=bakery)
    refused = client.options(
        "/flour",
        headers={"origin": "https://other.example", "access-control-request-method": "PUT"},
    )

    assert (asked.status_code, asked.text) == (200, "OK")
    assert asked.headers["access-control-allow-origin"] == "https://bakery.example"
    assert asked.headers["access-control-allow-methods"] == "GET, PUT"
    assert asked.headers["access-control-max-age"] == "60"
    assert simple.headers["access-control-expose-headers"] == "x-sack"
    assert simple.headers["access-control-allow-credentials"] == "true"
    assert (refused.status_code, refused.text) == (400, "Disallowed CORS origin")
    assert "access-control-allow-origin" not in client.get("/flour").headers


def test_redirect_to_https() -> None:
    """Everything unencrypted is sent to the same address with https."""
    app = application()
    app.add_middleware(HTTPSRedirectMiddleware)
    plain = TestClient(app, follow_redirects=False).get("/flour?kilos=2")

    assert plain.status_code == 307
    assert plain.headers["location"] == "https://testserver/flour?kilos=2"
    assert TestClient(app, base_url="https://testserver").get("/flour").status_code == 200


def test_hosts_that_are_known() -> None:
    """A request for another host is refused."""
    app = application()
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["mill.example", "*.mill.example"])
    client = TestClient(app)

    assert client.get("/flour", headers={"host": "mill.example"}).status_code == 200
    assert client.get("/flour", headers={"host": "old.mill.example"}).status_code == 200
    refused = client.get("/flour", headers={"host": "other.example"})
    assert (refused.status_code, refused.text) == (400, "Invalid host header")


def test_compressed_answers() -> None:
    """Long answers are compressed for clients that take it."""
    app = application()
    app.add_middleware(GZipMiddleware, minimum_size=100, compresslevel=5)
    client = TestClient(app)
    long = client.get("/flour?kilos=500", headers={"accept-encoding": "gzip"})
    short = client.get("/flour", headers={"accept-encoding": "gzip"})
    plain = client.get("/flour?kilos=500", headers={"accept-encoding": "identity"})

    assert long.headers["content-encoding"] == "gzip"
    assert int(long.headers["content-length"]) < 300
    assert long.json() == plain.json() == "flour " * 500
    assert "content-encoding" not in short.headers
    assert "content-encoding" not in plain.headers
