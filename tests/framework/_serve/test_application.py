"""The application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.middleware.base import RequestResponseEndpoint

from kingpost import APIRouter, Kingpost, Request, Response
from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._plan.errors import ParameterError
from kingpost.testclient import TestClient


@pytest.mark.parametrize("option", ["title", "version"])
def test_a_document_needs_a_title_and_a_version(option: str) -> None:
    """Without a document neither is needed."""
    with pytest.raises(ParameterError, match=f"A {option} must be provided"):
        Kingpost(**{option: ""})  # type: ignore[arg-type]
    Kingpost(openapi_url=None, **{option: ""})  # type: ignore[arg-type]


def test_lifespans_give_requests_their_state() -> None:
    """The application's keys beat those of an included router; both run around the requests."""
    log: list[str] = []

    def lifespan(name: str, state: dict[str, str]) -> Any:
        @asynccontextmanager
        async def run(app: Any) -> AsyncIterator[dict[str, str]]:
            log.append(f"{name} begins")
            yield state
            log.append(f"{name} ends")

        return run

    app = Kingpost(lifespan=lifespan("app", {"a": "app"}))
    router = APIRouter(lifespan=lifespan("router", {"a": "router", "b": "router"}))

    @router.get("/")
    def read(request: Request) -> Any:
        return [request.state.a, request.state.b]

    app.include_router(router)
    with TestClient(app) as client:
        assert client.get("/").json() == ["app", "router"]
    assert log == ["app begins", "router begins", "router ends", "app ends"]


def test_start_up_handlers_of_included_routers_run_once() -> None:
    """Whether the application has a lifespan of its own or not."""
    log: list[str] = []
    app, router = Kingpost(on_startup=[lambda: log.append("app")]), APIRouter()
    router.add_event_handler("startup", lambda: log.append("router"))
    app.include_router(router)
    with TestClient(app):
        assert log == ["app", "router"]


def test_the_last_middleware_is_outermost() -> None:
    """Each wraps what was there before; none can be added once the application serves."""
    app = Kingpost(openapi_url=None)
    log: list[str] = []

    def add(name: str) -> None:
        @app.middleware("http")
        async def note(request: Request, call_next: Any) -> Response:
            log.append(name)
            response: Response = await call_next(request)
            return response

    add("first")
    add("last")
    app.get("/")(lambda: 1)
    TestClient(app).get("/")

    assert log == ["last", "first"]
    with pytest.raises(RuntimeError, match="after an application has started"):
        add("late")


def test_any_kind_of_middleware_is_for_requests() -> None:
    """The name of the kind is not looked at: some applications say "https"."""
    app = Kingpost()

    @app.middleware("https")
    async def mark(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers["x-marked"] = "yes"
        return response

    assert TestClient(app).get("/").headers["x-marked"] == "yes"


def test_a_root_path_is_the_server_s_business() -> None:
    """It still works, with a warning at the line that says it."""
    with pytest.warns(KingpostDeprecationWarning, match="root_path") as caught:
        app = Kingpost(root_path="/api")

    assert caught[0].filename == __file__
    assert TestClient(app).get("/openapi.json").json()["servers"] == [{"url": "/api"}]


def test_options_hold_for_everything_below() -> None:
    """Tags, responses and the like are the router's, and so every operation's."""
    app = Kingpost(responses={418: {"description": "teapot"}}, deprecated=True)
    app.get("/a")(lambda: 1)

    operation = app.openapi()["paths"]["/a"]["get"]
    assert operation["deprecated"] is True
    assert operation["responses"]["418"] == {"description": "teapot"}


def test_a_document_of_one_s_own_is_served() -> None:
    """`app.openapi` may be replaced, as the documents show."""
    app = Kingpost()
    app.openapi = lambda: {"openapi": "3.1.0", "mine": True}  # type: ignore[method-assign]

    assert TestClient(app).get("/openapi.json").json()["mine"] is True
