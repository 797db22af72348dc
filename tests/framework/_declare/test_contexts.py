"""Routes as others see them."""

from kingpost import APIRouter, Kingpost
from kingpost.routing import RouteContext, iter_route_contexts


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
