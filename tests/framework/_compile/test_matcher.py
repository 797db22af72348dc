import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.convertors import CONVERTOR_TYPES, Convertor
from starlette.routing import BaseRoute, Host, Match, Mount, Route, Router, WebSocketRoute
from starlette.types import Receive, Scope, Send

from kingpost._compile.matcher import Found, RouteIndex
from kingpost.routing import APIRoute, APIWebSocketRoute


async def endpoint(request: Any) -> None:
    """Stand for an endpoint: nobody calls it."""


def operation() -> None:
    """Stand for a path operation."""


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand for a mounted application."""


class Picky(Route):
    """A route that decides in its own way: it serves nothing at night."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Refuse requests with a header."""
        return super().matches(scope) if not scope["headers"] else (Match.NONE, {})


def request(path: str, **more: Any) -> Scope:
    """Return the scope of a request."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    return {**scope, **more}


def linear(routes: list[BaseRoute], scope: Scope) -> tuple[BaseRoute, Scope, bool] | None:
    """Find a route as Starlette does: one after the other, a path with another method last."""
    partial = None
    for route in routes:
        match, child_scope = route.matches(dict(scope))
        if match is Match.FULL:
            return route, child_scope, True
        if match is Match.PARTIAL:
            partial = partial or (route, child_scope, False)
    return partial


def seen(found: Found | None) -> tuple[BaseRoute, Scope, bool] | None:
    """Return what `linear` would."""
    return None if found is None else (found.route, found.scope, found.allowed is None)


def without_route(result: tuple[BaseRoute, Scope, bool] | None) -> Any:
    """Leave out what the router itself adds to the scope."""
    return result and (
        id(result[0]),
        {name: value for name, value in result[1].items() if name != "route"},
        result[2],
    )


segments = st.sampled_from(
    ["a", "b", "1", "{x}", "{x:int}", "{x:path}", "{x:float}", "{x:uuid}", "v{x}", "{x}.js", ""]
)


def _unique(parts: list[str]) -> list[str]:
    """Give the parameters of a path names of their own."""
    return [part.replace("{x", f"{{x{at}") for at, part in enumerate(parts)]


patterns = st.lists(segments, max_size=4).map(lambda parts: "/" + "/".join(_unique(parts)))
fixed = st.lists(st.sampled_from(["a", "b", "{y}"]), max_size=2).map(
    lambda parts: "".join("/" + part for part in _unique([p.replace("y", "x") for p in parts]))
)
methods = st.sampled_from([["GET"], ["POST"], ["GET", "PUT"]])
routes = st.one_of(
    st.builds(lambda path, allowed: Route(path, endpoint, methods=allowed), patterns, methods),
    st.builds(lambda path, allowed: APIRoute(path, operation, methods=allowed), patterns, methods),
    st.builds(lambda path: Route(path, app), patterns),
    st.builds(lambda path: WebSocketRoute(path, endpoint), patterns),
    st.builds(lambda path: APIWebSocketRoute(path, operation), patterns),
    st.builds(lambda path: Mount(path, app), fixed),
    st.builds(lambda path: Picky(path, endpoint), patterns),
    st.builds(lambda name: Host(name, Router()), st.sampled_from(["a.org", "{sub}.org"])),
)
UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
paths = st.lists(
    st.sampled_from(["a", "b", "1", "2.5", "v1", "c.js", "A", "", UUID, "ü", "{x}"]), max_size=5
).map(lambda parts: "/" + "/".join(parts))


@given(st.lists(routes, max_size=8), st.lists(paths, min_size=1, max_size=6), st.data())
@settings(max_examples=400)
def test_finds_what_asking_one_after_the_other_finds(
    table: list[BaseRoute], addresses: list[str], data: st.DataObject
) -> None:
    """Same route, same parameters, same kind of match as a walk through the whole list."""
    index = RouteIndex(table)
    for path in addresses:
        scope = request(
            path,
            type=data.draw(st.sampled_from(["http", "http", "websocket"])),
            method=data.draw(st.sampled_from(["GET", "POST", "DELETE"])),
            headers=data.draw(st.sampled_from([[], [(b"host", b"b.org:80")]])),
            path_params=data.draw(st.sampled_from([{}, {"x1": "outer", "y": "outer"}])),
        )

        expected = without_route(linear(table, scope))
        assert expected == without_route(seen(index.find(scope, path)))


@given(st.lists(routes, max_size=8), paths, st.sampled_from(["GET", "POST", "DELETE"]))
@settings(max_examples=400)
def test_the_quick_ways_find_the_same_or_say_nothing(
    table: list[BaseRoute], path: str, method: str
) -> None:
    """A route that is found without asking one is the one that asking would have found."""
    index, scope = RouteIndex(table), request(path, method=method)
    expected = linear(table, scope)
    direct = index.direct(scope, path)
    certain = index.certain.get(path, {}).get(method)

    if direct[0] is not None:
        assert expected is not None
        assert expected[2]
        assert (direct[0], direct[1]) == (expected[0], expected[1].get("path_params"))
    if certain is not None:
        assert expected is not None
        assert expected[2]
        assert (certain, {}) == (expected[0], expected[1].get("path_params"))


@given(st.lists(patterns, min_size=1, max_size=4), paths)
def test_sees_only_what_follows_the_root_path(declared: list[str], path: str) -> None:
    """Below a mount or behind a proxy the rest of the path decides."""
    table: list[BaseRoute] = [Route(pattern, endpoint) for pattern in declared]
    scope = request("/mounted" + path, root_path="/mounted")

    expected = without_route(linear(table, scope))
    assert expected == without_route(seen(RouteIndex(table).find(scope, path)))


class TestMethods:
    def test_names_the_methods_of_all_routes_of_the_path(self) -> None:
        """What is served with other methods only says with which (RFC 9110, section 15.5.6)."""
        table = [
            Route("/a", endpoint, methods=["POST"]),
            Route("/{x}", endpoint, methods=["PUT"]),
            Route("/b", endpoint, methods=["DELETE"]),
        ]
        found = RouteIndex(table).find(request("/a"), "/a")

        assert found is not None
        assert table[0] is found.route
        assert frozenset({"POST", "PUT"}) == found.allowed

    def test_a_later_route_with_the_method_wins(self) -> None:
        """A path is refused for its method only when no route at all takes it."""
        table = [Route("/a", endpoint, methods=["POST"]), Route("/{x}", endpoint)]
        found = RouteIndex(table).find(request("/a"), "/a")

        assert found is not None
        assert (table[1], None) == (found.route, found.allowed)


class TestForeignRoutes:
    def test_a_pattern_given_later_is_asked(self) -> None:
        """A route whose pattern was replaced, to ignore case for instance, goes by the pattern."""
        route = APIRoute("/Items/{x}", operation)
        route.path_regex = re.compile(route.path_regex.pattern, re.IGNORECASE)
        found = RouteIndex([route]).find(request("/items/A"), "/items/A")

        assert found is not None
        assert {"x": "A"} == found.scope["path_params"]

    def test_a_pattern_of_its_own_is_asked(self) -> None:
        """Another pattern than that of the path is the one that counts."""
        route = Route("/a", endpoint)
        route.path_regex = re.compile("^/b$")
        index = RouteIndex([route])

        assert index.find(request("/a"), "/a") is None
        assert index.find(request("/b"), "/b") is not None

    def test_a_converter_of_its_own_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A converter that the application registered decides how far it reaches."""

        class Pair(Convertor[list[str]]):
            """Two segments."""

            regex = "[^/]+/[^/]+"

            def convert(self, value: str) -> list[str]:
                """Return the two."""
                return value.split("/")

            def to_string(self, value: list[str]) -> str:
                """Return the text."""
                return "/".join(value)

        monkeypatch.setitem(CONVERTOR_TYPES, "pair", Pair())
        index = RouteIndex([Route("/x/{p:pair}/end", endpoint), Route("/x/{p}", endpoint)])
        found = index.find(request("/x/a/b/end"), "/x/a/b/end")

        assert found is not None
        assert {"p": ["a", "b"]} == found.scope["path_params"]


def test_a_line_break_at_the_end_is_part_of_the_path() -> None:
    """What a proxy would take for another path is another path here."""
    assert RouteIndex([Route("/a", endpoint)]).find(request("/a\n"), "/a\n") is None


def test_the_last_of_many_is_found_without_asking_the_others() -> None:
    """The number of routes does not decide how many of them are asked."""
    asked: list[str] = []

    class Counting(Route):
        """Notes that it was asked."""

        def matches(self, scope: Scope) -> tuple[Match, Scope]:
            """Match as usual."""
            asked.append(self.path)
            return super().matches(scope)

        matches.matches_by_path = True  # type: ignore[attr-defined]

    table = [Counting(f"/items{n}/{{x:int}}", endpoint) for n in range(3000)]
    found = RouteIndex(table).find(request("/items2999/1"), "/items2999/1")

    assert found is not None
    assert (table[-1], ["/items2999/{x:int}"]) == (found.route, asked)
