"""Routes as others see them."""

from starlette.routing import Match
from starlette.types import Scope

from kingpost import APIRouter, Kingpost
from kingpost.routing import APIRoute, RouteContext, iter_route_contexts


def application() -> Kingpost:
    """One operation two routers deep, and one of the application's own."""
    app, outer, inner = Kingpost(openapi_url=None), APIRouter(prefix="/o"), APIRouter(prefix="/i")

    @inner.get("/x", tags=["inner"])
    def included() -> None:
        """Below two routers."""

    @app.get("/own")
    def own() -> None:
        """Of the application itself."""

    outer.include_router(inner)
    app.include_router(outer, prefix="/api", tags=["outer"])
    return app


def test_an_included_route_is_seen_with_everything_around_it() -> None:
    """Path and tags are the effective ones, the route itself is the declared one."""
    own, included = iter_route_contexts(application().routes)

    assert [own.path, included.path] == ["/own", "/api/o/i/x"]
    assert included.tags == ["outer", "inner"]
    assert included.original_route.path == "/i/x"  # type: ignore[attr-defined]
    assert own.route is own.original_route


def test_contexts_pass_through() -> None:
    """What was flattened already stays as it is."""
    contexts = list(iter_route_contexts(application().routes))

    assert [*iter_route_contexts(contexts)] == contexts


def test_a_route_alone_is_a_context() -> None:
    """Without an inclusion both views are the same."""
    route = application().routes[0]

    assert RouteContext(route).name == "own"


def test_an_included_route_is_asked_for_its_path_alone() -> None:
    """What its class has to say needs what middleware puts into the scope, and tools ask first."""
    asked: list[str] = []

    class Watched(APIRoute):
        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            asked.append(self.path)
            return super().matches(scope)

    def nothing() -> None:
        """Answer nothing."""

    app = Kingpost(openapi_url=None)
    app.router.route_class = Watched
    inner = APIRouter(route_class=Watched)
    app.add_api_route("/own", nothing)
    inner.add_api_route("/x", nothing)
    app.include_router(inner, prefix="/i")

    scope = {"type": "http", "method": "GET", "path": "/i/x", "root_path": ""}
    found = [context.matches(scope)[0] for context in iter_route_contexts(app.routes)]
    assert found == [Match.NONE, Match.FULL]
    assert asked == ["/own"]
