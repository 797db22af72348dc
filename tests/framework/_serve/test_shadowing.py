"""Operations that no request can reach."""

import warnings
from collections.abc import Callable

import pytest

from kingpost import APIRouter, Kingpost
from kingpost._http.errors import KingpostWarning
from kingpost._serve.shadowing import warn_of_shadowed


def application(*declarations: tuple[str, list[str]]) -> Kingpost:
    """An application with one operation for each path and its methods."""
    app = Kingpost(openapi_url=None)
    for path, methods in declarations:
        app.add_api_route(path, endpoint(path), methods=methods)
    return app


def endpoint(path: str) -> Callable[[], str]:
    """A function of its own for a path."""

    def read() -> str:
        return path

    return read


@pytest.mark.parametrize(
    ("first", "second"),
    [("/a", "/a"), ("/u/{id}", "/u/{name}"), ("/f/{p:path}", "/f/{rest:path}")],
)
def test_the_second_of_two_equal_paths_is_named(first: str, second: str) -> None:
    """The warning names method, path and both functions with their places."""
    app = application((first, ["GET"]), (second, ["GET"]))

    with pytest.warns(KingpostWarning, match="declared twice") as caught:
        warn_of_shadowed(app.routes)

    message = str(caught[0].message)
    assert message.startswith(f"GET {second} ")
    assert message.count(__file__) == 2


@pytest.mark.parametrize(
    "declarations",
    [
        [("/a", ["GET"]), ("/a", ["POST"])],
        [("/u/{id}", ["GET"]), ("/u/me", ["GET"])],
        [("/n/{n:int}", ["GET"]), ("/n/{n}", ["GET"])],
    ],
)
def test_what_can_be_reached_is_not_named(declarations: list[tuple[str, list[str]]]) -> None:
    """Another method, a fixed path and another converter each have requests of their own."""
    app = application(*declarations)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_shadowed(app.routes)


def test_the_index_warns_when_it_is_made() -> None:
    """A router that is included twice under one prefix hides itself."""
    router = APIRouter()
    router.add_api_route("/a", endpoint("/a"))
    app = Kingpost(openapi_url=None)
    app.include_router(router)
    app.include_router(router)

    with pytest.warns(KingpostWarning, match="GET /a is declared twice"):
        assert app.router.index is not None
