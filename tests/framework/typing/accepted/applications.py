"""Lifespans, middleware, exception handlers and overrides."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypedDict

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost import APIRouter, HTTPException, Kingpost, Request, Response
from kingpost.exceptions import RequestValidationError
from kingpost.middleware.cors import CORSMiddleware
from kingpost.responses import JSONResponse
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class State(TypedDict):
    """What the lifespan opens."""

    pool: str


@asynccontextmanager
async def lifespan(app: Kingpost) -> AsyncIterator[State]:
    """Open and close."""
    app.state.opened = True
    yield {"pool": "pool"}


class Timed:
    """Plain ASGI middleware."""

    def __init__(self, app: ASGIApp, name: str = "") -> None:
        self.app = app
        self.name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self.app(scope, receive, send)


class Logged(APIRoute):
    """A route that wraps its handler."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with something around it."""
        handler = super().get_route_handler()

        async def wrapped(request: Request) -> Response:
            return await handler(request)

        return wrapped


async def not_found(request: Request, exc: Exception) -> Response:
    """Answer what is not there."""
    return JSONResponse({}, status_code=404)


app = Kingpost(
    lifespan=lifespan,
    middleware=[Middleware(Timed, name="outer")],
    exception_handlers={404: not_found},
    openapi_url=None,
    docs_url=None,
    root_path="/api",
    servers=[{"url": "https://example.com"}],
)
app.add_middleware(Timed, name="inner")
app.add_middleware(GZipMiddleware, minimum_size=1000)
app.add_middleware(CORSMiddleware, allow_origins=["https://example.com"], allow_credentials=True)
router = APIRouter(route_class=Logged, lifespan=lifespan)


@app.middleware("http")
async def around(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Add a header to every answer."""
    response = await call_next(request)
    response.headers["X-Around"] = "1"
    return response


@app.exception_handler(KeyError)
async def missing(request: Request, exc: KeyError) -> JSONResponse:
    """Answer a missing key."""
    return JSONResponse({"key": str(exc)}, status_code=404)


@app.exception_handler(RequestValidationError)
def invalid(request: Request, exc: RequestValidationError) -> Response:
    """Answer a bad request without what was sent."""
    return JSONResponse([error["loc"] for error in exc.errors()], status_code=422)


def before() -> str:
    """Return something."""
    raise HTTPException(503, detail={"reason": "closed"})


def after() -> str:
    """Return something else."""
    return "open"


app.dependency_overrides[before] = after
app.include_router(router, prefix="/r")

with TestClient(app, base_url="http://test") as client:
    client.get("/", params={"a": 1}).raise_for_status()
