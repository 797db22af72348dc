"""Middleware made of a class with a `dispatch` method: it takes the shorter way too."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost import Kingpost, Request, Response
from kingpost._serve.function_middleware import FunctionMiddleware, leaner
from kingpost.responses import PlainTextResponse
from kingpost.testclient import TestClient

Next = Callable[[Request], Awaitable[Response]]


class Dispatching(BaseHTTPMiddleware):
    """Middleware as most is written: a class with a state and a method of its own."""

    seen: int = 0

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        """Count the requests."""
        self.seen += 1
        response = await call_next(request)
        response.headers["x-seen"] = str(self.seen)
        return response


async def passing(request: Request, call_next: Next) -> Response:
    """Do nothing."""
    return await call_next(request)


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer."""
    await PlainTextResponse("hello")(scope, receive, send)


def test_classes_take_the_shorter_way() -> None:
    """They stay what they are to whoever looks for them."""
    cls = leaner(Dispatching)
    middleware = cls(hello)

    assert issubclass(cls, FunctionMiddleware)
    assert isinstance(middleware, Dispatching)
    assert cls.__call__ is FunctionMiddleware.__call__
    assert (cls.__name__, cls.__module__) == ("Dispatching", __name__)
    assert (middleware.app, middleware.seen) == (hello, 0)


def test_an_application_does_so_for_them() -> None:
    """`add_middleware` takes classes with arguments, and factories."""

    class Named(Dispatching):
        def __init__(self, app: ASGIApp, name: str) -> None:
            super().__init__(app)
            self.name = name

    made: list[BaseHTTPMiddleware] = []

    def factory(app: ASGIApp, name: str) -> ASGIApp:
        made.append(BaseHTTPMiddleware(app, passing))
        return made[0]

    app = Kingpost(openapi_url=None)
    app.add_middleware(Named, name="inner")
    app.add_middleware(factory, name="outer")

    @app.get("/")
    def read() -> str:
        return "x"

    with TestClient(app) as client:
        seen = [client.get("/").headers["x-seen"] for _ in range(2)]

    inner = made[0].app
    assert isinstance(inner, Named)
    assert isinstance(inner, FunctionMiddleware)
    assert (inner.name, inner.seen, seen) == ("inner", 2, ["1", "2"])
    # It was made elsewhere.
    assert type(made[0]) is BaseHTTPMiddleware


def test_a_call_of_ones_own_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the class has it, or a tool has put it there."""

    class Own(Dispatching):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await self.app(scope, receive, send)

    async def watch(self: Any, scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError

    assert leaner(Own) is Own
    monkeypatch.setattr(BaseHTTPMiddleware, "__call__", watch)
    assert leaner(Dispatching) is Dispatching


def test_the_class_itself_with_a_function() -> None:
    """The same as the decorator."""
    app = Kingpost(openapi_url=None)
    app.add_middleware(BaseHTTPMiddleware, dispatch=passing)
    app.get("/")(lambda: "x")

    assert TestClient(app).get("/").json() == "x"
    assert leaner(BaseHTTPMiddleware) is FunctionMiddleware
    assert leaner(FunctionMiddleware) is FunctionMiddleware
