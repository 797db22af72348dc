"""One small application on Kingpost or on FastAPI, with and without middleware."""

from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

KINDS = ("none", "http", "asgi", "wrapped")


class PassThrough:
    """Pure ASGI middleware that does nothing."""

    def __init__(self, app: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand the request on."""
        await self.app(scope, receive, send)


def build(framework: ModuleType, kind: str) -> Any:
    """Return an application with one kind of middleware.

    `none`; `http`, the decorator; `asgi`, added as a class; `wrapped`, the same class around the
    whole application, which is what it costs by itself.
    """
    app = framework.Kingpost() if hasattr(framework, "Kingpost") else framework.FastAPI()
    app.get("/json", response_model=None)(read_json)
    if kind == "http":
        app.middleware("http")(pass_through)
    elif kind == "asgi":
        app.add_middleware(PassThrough)
    return PassThrough(app) if kind == "wrapped" else app


async def read_json() -> dict[str, str]:
    """Answer with an untyped dictionary."""
    return {"message": "Hello, World!"}


async def pass_through(request: Any, call_next: Callable[[Any], Awaitable[Any]]) -> Any:
    """Hand the request on."""
    return await call_next(request)
