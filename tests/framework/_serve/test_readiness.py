"""What is made before a server accepts."""

import warnings
from typing import Any

import pytest

from kingpost import APIRouter, Kingpost, Request, WebSocket
from kingpost._http.errors import KingpostWarning
from kingpost._plan.errors import UnresolvedNameError
from kingpost._serve.readiness import make_ready
from kingpost.responses import Response
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def application() -> Kingpost:
    """Make an application of one operation."""
    app = Kingpost(openapi_url=None)
    app.get("/")(lambda: 1)
    return app


def is_compiled(app: Kingpost) -> bool:
    """Tell whether the handlers are there."""
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    return bool(routes) and all(route._compiled is not None for route in routes)


def test_handlers_are_generated_at_start_up() -> None:
    """After the application's own start-up, which may still add to it; mounted ones included."""
    inner = application()
    router = APIRouter(on_startup=[lambda: app.get("/late")(lambda: 2)])
    app = application()
    app.include_router(router)
    app.mount("/inner", inner)
    assert not is_compiled(app)

    with TestClient(app):
        assert len(app.routes) == 3
        assert is_compiled(app)
        assert is_compiled(inner)


def test_a_route_with_a_handler_of_its_own_needs_none() -> None:
    """Nobody would call it."""

    class Own(APIRoute):
        def get_route_handler(self) -> Any:
            async def handle(request: Request) -> Response:
                return Response("own")

            return handle

    route = Own("/", lambda: 1)
    make_ready([route])

    assert route._compiled is None


def test_what_hides_is_reported_at_start_up() -> None:
    """Both functions are named with their places."""
    app = application()
    app.get("/")(lambda: 2)

    with pytest.warns(KingpostWarning, match="GET / is declared twice") as caught, TestClient(app):
        """Start and stop."""

    assert str(caught[0].message).count(__file__) == 2


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_unknown_names_stop_the_start(kind: str) -> None:
    """The message says where; without a start the first request says the same."""
    app = Kingpost(openapi_url=None)

    def read(q: "Missing") -> None:  # type: ignore[name-defined]  # noqa: F821
        """Need what is not there."""

    async def talk(socket: WebSocket, q: "Missing") -> None:  # type: ignore[name-defined]  # noqa: F821
        """Need what is not there."""

    if kind == "http":
        app.get("/")(read)
    else:
        app.websocket("/")(talk)

    with pytest.raises(UnresolvedNameError, match="'Missing' is not defined"), TestClient(app):
        """Start."""
    if kind == "http":
        with pytest.raises(UnresolvedNameError, match=f'File "{__file__}", line'):
            TestClient(app).get("/?q=1")


def test_what_is_whole_starts_without_a_word() -> None:
    """A warning would be an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with TestClient(application()) as client:
            assert client.get("/").json() == 1
