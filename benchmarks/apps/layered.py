"""One small application on Kingpost or on FastAPI, with and without middleware."""

from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

from starlette.middleware.base import BaseHTTPMiddleware

KINDS = ("none", "http", "class", "asgi", "wrapped")


class PassThrough:
    """Pure ASGI middleware that does nothing."""

    def __init__(self, app: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand the request on."""
        await self.app(scope, receive, send)


class Dispatching(BaseHTTPMiddleware):
    """A class with a method of request and `call_next` that does nothing."""

    async def dispatch(self, request: Any, call_next: Any) -> Any:
        """Hand the request on."""
        return await call_next(request)


def build(framework: ModuleType, kind: str) -> Any:
    """Return an application with one kind of middleware.

    `none`; `http`, the decorator; `class`, the same as a method; `asgi`, pure ASGI; `wrapped`, that
    around the whole application, which is what it costs by itself.
    """
    app = framework.Kingpost() if hasattr(framework, "Kingpost") else framework.FastAPI()
    app.get("/json", response_model=None)(read_json)
    if kind == "http":
        app.middleware("http")(pass_through)
    elif kind == "class":
        app.add_middleware(Dispatching)
    elif kind == "asgi":
        app.add_middleware(PassThrough)
    return PassThrough(app) if kind == "wrapped" else app


async def read_json() -> dict[str, str]:
    """Answer with an untyped dictionary."""
    return {"message": "Hello, World!"}


async def pass_through(request: Any, call_next: Callable[[Any], Awaitable[Any]]) -> Any:
    """Hand the request on."""
    return await call_next(request)
