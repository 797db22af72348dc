"""What happens once, before the first request and after the last."""

import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from kingpost import APIRouter, Kingpost, Request
from kingpost.testclient import TestClient


def test_opened_and_closed_around_requests() -> None:
    """What stands before `yield` runs first, what stands after it last."""
    models: dict[str, Any] = {}

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[None]:
        models["double"] = lambda value: value * 2
        yield
        models.clear()

    app = Kingpost(lifespan=lifespan)

    @app.get("/double")
    async def double(value: float) -> float:
        return float(models["double"](value))

    assert models == {}
    with TestClient(app) as client:
        assert client.get("/double?value=2.5").json() == 5.0
        assert client.get("/double?value=x").status_code == 422
    assert models == {}


def test_state_of_a_lifespan() -> None:
    """What is yielded stands in the state of each request."""

    @asynccontextmanager
    async def lifespan(app: Kingpost) -> AsyncIterator[dict[str, Any]]:
        yield {"ports": ["Oslo"]}

    app = Kingpost(lifespan=lifespan)

    @app.get("/ports")
    async def ports(request: Request) -> Any:
        request.state.seen = True
        return request.state.ports

    with TestClient(app) as client:
        assert client.get("/ports").json() == ["Oslo"]


def test_lifespans_of_application_and_router() -> None:
    """Both run, and both states are there."""
    events: list[str] = []

    @asynccontextmanager
    async def outer(app: Any) -> AsyncIterator[dict[str, Any]]:
        events.append("outer opens")
        yield {"who": "outer", "a": 1}
        events.append("outer closes")

    @asynccontextmanager
    async def inner(app: Any) -> AsyncIterator[dict[str, Any]]:
        events.append("inner opens")
        yield {"who": "inner", "b": 2}
        events.append("inner closes")

    router = APIRouter(lifespan=inner)

    @router.get("/state")
    async def state(request: Request) -> list[Any]:
        return [request.state.who, request.state.a, request.state.b]

    app = Kingpost(lifespan=outer)
    app.include_router(router)
    with TestClient(app) as client:
        assert client.get("/state").json() == ["outer", 1, 2]

    assert events == ["outer opens", "inner opens", "inner closes", "outer closes"]


def test_functions_for_start_and_end() -> None:
    """The older way: functions for each event, deprecated where they are decorators."""
    events: list[str] = []

    async def opened() -> None:
        events.append("opened")

    app = Kingpost(on_startup=[opened], on_shutdown=[lambda: events.append("closed")])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")

        @app.on_event("startup")
        def ready() -> None:
            events.append("ready")

    with TestClient(app):
        assert events == ["opened", "ready"]
    assert events == ["opened", "ready", "closed"]
    assert {warning.category for warning in caught} == {DeprecationWarning}
