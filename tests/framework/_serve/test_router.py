"""A group of path operations."""

from typing import Any

import pytest
from starlette.routing import Match, Mount, NoMatchFound

from kingpost import APIRouter, Depends, Kingpost, Response
from kingpost._http.errors import KingpostError
from kingpost._plan.errors import ParameterError
from kingpost.testclient import TestClient


@pytest.mark.parametrize("prefix", ["a", "/a/", "/"])
def test_a_prefix_has_one_form(prefix: str) -> None:
    """A slash in front, none behind, on the router and at its inclusion."""
    with pytest.raises(ParameterError, match="prefix must"):
        APIRouter(prefix=prefix)
    with pytest.raises(ParameterError, match="prefix must"):
        Kingpost().include_router(APIRouter(), prefix=prefix)


def test_a_router_cannot_include_itself() -> None:
    """Neither directly nor through another."""
    outer, inner = APIRouter(), APIRouter()
    outer.include_router(inner)

    for router in (outer, inner):
        with pytest.raises(ParameterError, match=r"into itself|already includes this router"):
            inner.include_router(router if router is outer else inner)


def test_a_path_must_not_be_empty() -> None:
    """No request has an empty path."""
    router = APIRouter()
    router.get("")(lambda: 1)

    with pytest.raises(KingpostError, match="cannot be both empty"):
        Kingpost().include_router(router)
    Kingpost().include_router(router, prefix="/a")


def test_dependencies_run_from_the_outside_in() -> None:
    """Application, inclusion, outer router, inner router, operation."""
    log: list[str] = []

    def note(name: str) -> list[Any]:
        def dependency() -> None:
            log.append(name)

        return [Depends(dependency)]

    app = Kingpost(dependencies=note("app"))
    outer, inner = APIRouter(dependencies=note("outer")), APIRouter(dependencies=note("inner"))

    @inner.get("/a", dependencies=note("operation"))
    def read() -> None:
        """Nothing to do."""

    outer.include_router(inner, dependencies=note("inner inclusion"))
    app.include_router(outer, dependencies=note("inclusion"))
    TestClient(app).get("/a")

    assert log == ["app", "inclusion", "outer", "inner inclusion", "inner", "operation"]


def test_routes_that_come_late_are_served() -> None:
    """At any depth, also after the first request."""
    app, outer, inner = Kingpost(openapi_url=None), APIRouter(prefix="/o"), APIRouter(prefix="/i")
    outer.include_router(inner)
    app.include_router(outer)
    client = TestClient(app)
    assert client.get("/o/i/late").status_code == 404

    inner.get("/late")(lambda: "late")

    assert client.get("/o/i/late").json() == "late"


def test_allow_names_every_method() -> None:
    """Of all operations at the path (RFC 9110, section 10.2.1)."""
    app = Kingpost(openapi_url=None)
    for method in ("get", "put", "delete"):
        getattr(app, method)("/a")(lambda: 1)

    answer = TestClient(app).post("/a")

    assert (answer.status_code, answer.headers["allow"]) == (405, "DELETE, GET, PUT")


@pytest.mark.parametrize(("declared", "asked"), [("/a", "/a/"), ("/a/", "/a")])
def test_slashes_are_redirected(declared: str, asked: str) -> None:
    """With the query, unless that is switched off."""
    for redirects, status in ((True, 307), (False, 404)):
        app = Kingpost(openapi_url=None, redirect_slashes=redirects)
        app.get(declared)(lambda: 1)
        answer = TestClient(app, follow_redirects=False).get(f"{asked}?q=1")
        assert answer.status_code == status
        if redirects:
            assert answer.headers["location"] == f"http://testserver{declared}?q=1"


def test_plain_routes_and_mounts_move_with_their_router() -> None:
    """An inclusion's prefix holds for everything."""
    app, router, inner = Kingpost(openapi_url=None), APIRouter(prefix="/r"), Kingpost()
    inner.get("/x")(lambda: "mounted")
    router.add_route("/plain", lambda request: Response("plain"))
    router.routes.append(Mount("/m", inner))
    app.include_router(router, prefix="/p")
    client = TestClient(app)

    assert client.get("/p/plain").text == "plain"
    assert client.get("/p/m/x").json() == "mounted"


def test_addresses_are_made_from_names() -> None:
    """Of included routes, too."""
    app, router = Kingpost(openapi_url=None), APIRouter(prefix="/r")
    router.get("/{n}", name="read")(lambda n: n)
    app.include_router(router)

    assert app.url_path_for("read", n="3") == "/r/3"
    with pytest.raises(NoMatchFound):
        app.url_path_for("nothing")


def test_a_router_can_be_asked_what_it_serves() -> None:
    """As a route can."""
    router = APIRouter()
    router.get("/a")(lambda: 1)
    scope = {"type": "http", "method": "GET", "path": "/a", "headers": []}

    assert router.matches(scope)[0] is Match.FULL
    assert router.matches(scope | {"method": "PUT"})[0] is Match.PARTIAL
    assert router.matches(scope | {"path": "/b"})[0] is Match.NONE


def test_there_are_two_events() -> None:
    """Any other name is a mistake."""
    with pytest.raises(ParameterError, match="no event 'start'"):
        APIRouter().add_event_handler("start", lambda: None)
