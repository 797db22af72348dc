"""Which paths a route serves."""

import re

from kingpost import APIRouter, Kingpost
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


async def read(item_id: int) -> int:
    """Return an item's number."""
    return item_id


def test_the_pattern_is_that_of_the_declared_path() -> None:
    """Programs read it, and match with it."""
    route = APIRoute("/items/{item_id}", read)

    assert route.path_regex.pattern == "^/items/(?P<item_id>[^/]+)$"
    assert route.path_regex is route.path_regex


def test_a_pattern_that_was_changed_decides() -> None:
    """Say, one that ignores case; inside a router the route has a pattern of its own again."""
    router = APIRouter()
    router.add_api_route("/items/{item_id}", read)
    app = Kingpost()
    app.include_router(router, prefix="/p")
    (route,) = (route for route in app.routes if isinstance(route, APIRoute))
    route.path_regex = re.compile(route.path_regex.pattern, re.IGNORECASE)

    with TestClient(app) as client:
        assert client.get("/P/Items/1").json() == 1
        assert client.get("/p/items/1").json() == 1
        assert client.get("/q/items/1").status_code == 404


def test_a_path_that_was_changed_later_does_not_count() -> None:
    """As in Starlette, a route serves the path that it was declared with."""
    app = Kingpost()
    app.add_api_route("/items/{item_id}", read)
    (route,) = (route for route in app.routes if isinstance(route, APIRoute))
    route.path = "/things/{item_id}"

    with TestClient(app) as client:
        assert client.get("/items/1").json() == 1
        assert client.get("/things/1").status_code == 404
