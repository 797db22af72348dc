import copy
from collections.abc import Callable
from operator import add
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.routing import BaseRoute, Route

from kingpost import APIRouter
from kingpost._serve.table import Inclusion, RouteTable


def nothing(*arguments: Any) -> None:
    """Stand for an endpoint that is not called, and for an owner that does not care."""


def route(path: str) -> Route:
    """Return a route that nobody calls; those of one path are equal."""
    return Route(path, nothing)


def paths(routes: Any) -> list[str]:
    """Return the paths of routes, as a loop over them sees them."""
    return [each.path for each in routes]


def moved(each: BaseRoute) -> BaseRoute:
    """Return a route as it is inside of a prefix."""
    assert isinstance(each, Route)
    return route("/in" + each.path)


class TestInclusion:
    def test_derives_each_route_once(self) -> None:
        """A derived route keeps its identity, so that it can be found again in the list."""
        inclusion = Inclusion(lambda: source, moved)
        source: list[BaseRoute] = [route("/a")]

        first, second = inclusion.routes(), inclusion.routes()

        assert ["/in/a"] == paths(first)
        assert first[0] is second[0]

    def test_leaves_out_what_is_hidden(self) -> None:
        """A hidden route stays away; the others stay."""
        source: list[BaseRoute] = [route("/a"), route("/b")]
        inclusion = Inclusion(lambda: source, moved)

        inclusion.hide({id(inclusion.routes()[0])})

        assert ["/in/b"] == paths(inclusion.routes())


Change = Callable[[Any], Any]

CHANGES: dict[str, Change] = {
    "append": lambda table: table.append(route("/n")),
    "extend": lambda table: table.extend([route("/n"), route("/m")]),
    "insert first": lambda table: table.insert(0, route("/n")),
    "insert inside": lambda table: table.insert(2, route("/n")),
    "remove": lambda table: table.remove(table[1]),
    "pop": lambda table: table.pop(),
    "pop first": lambda table: table.pop(0),
    "reverse": lambda table: table.reverse(),
    "sort": lambda table: table.sort(key=lambda each: each.path, reverse=True),
    "set": lambda table: table.__setitem__(1, route("/n")),
    "set slice": lambda table: table.__setitem__(slice(1, 3), [route("/n")]),
    "delete": lambda table: table.__delitem__(0),
    "delete slice": lambda table: table.__delitem__(slice(1, None, 2)),
    "add in place": lambda table: table.__iadd__([route("/n")]),
    "multiply by one": lambda table: table.__imul__(1),
    "clear": lambda table: table.clear(),
}


READINGS: dict[str, Change] = {
    "length": lambda table: len(table) == 1,
    "item": lambda table: table[0] == route("/in/a"),
    "loop": lambda table: paths(table) == ["/in/a"],
    "membership": lambda table: route("/in/a") in table,
    "reversed": lambda table: paths(reversed(table)) == ["/in/a"],
    "sum": lambda table: len(add(table, [route("/b")])) == 2,
    "product": lambda table: len(table * 2) == len(2 * table) == 2,
    "unpacking": lambda table: len([*table]) == 1,
    "copy": lambda table: len(table.copy()) == 1,
    "index": lambda table: table.index(route("/in/a")) == 0,
    "count": lambda table: table.count(route("/in/a")) == 1,
    "equality": lambda table: table == [route("/in/a")],
    "inequality": lambda table: table != [],
    "text": lambda table: "/in/a" in repr(table),
    "truth": bool,
}


class TestRouteTable:
    @pytest.mark.parametrize("name", CHANGES)
    def test_changes_as_a_list_does_and_tells_its_owner(self, name: str) -> None:
        """Every way to change a list does to the table what it does to a list."""
        told: list[str] = []
        source: list[BaseRoute] = [route("/b"), route("/c")]
        table = RouteTable([route("/a")], lambda: told.append(name))
        table.add(Inclusion(lambda: source, moved))
        table.append(route("/d"))
        plain = list(table)
        told.clear()

        CHANGES[name](plain)
        CHANGES[name](table)

        assert paths(plain) == paths(table)
        assert told

    @given(st.lists(st.sampled_from([*CHANGES, "grow", "shrink"]), max_size=8))
    @settings(max_examples=150)
    def test_follows_any_sequence_of_changes(self, names: list[str]) -> None:
        """Whatever was done before, the next change does what it does to a list."""
        source: list[BaseRoute] = [route("/b"), route("/c")]
        table = RouteTable([route("/a")], nothing)
        table.add(Inclusion(lambda: source, moved))
        for name in names:
            if name == "grow":
                source.append(route("/g"))
                table.invalidate()
                continue
            if name == "shrink":
                del source[:1]
                table.invalidate()
                continue
            plain, expected = list(table), None
            try:
                CHANGES[name](plain)
            except IndexError as exc:
                expected = exc
            if expected is None:
                CHANGES[name](table)

                assert paths(plain) == paths(table)

    @pytest.mark.parametrize("name", READINGS)
    def test_whoever_holds_it_sees_what_is_added(self, name: str) -> None:
        """Reading brings it up to date, in whichever way it is read."""
        source: list[BaseRoute] = [route("/a")]
        table = RouteTable([], nothing)
        table.add(Inclusion(lambda: source, moved))

        assert READINGS[name](table)

    def test_a_router_included_last_grows_in_its_place(self) -> None:
        """What an included router grows stands after its other routes, before what came later."""
        source: list[BaseRoute] = [route("/a")]
        table = RouteTable([], nothing)
        table.add(Inclusion(lambda: source, moved))
        table.append(route("/z"))
        table.insert(0, route("/first"))
        source.append(route("/b"))
        table.invalidate()

        assert ["/first", "/in/a", "/in/b", "/z"] == paths(table)

    def test_a_removed_route_does_not_come_back(self) -> None:
        """An included route that was removed here stays with its own router only."""
        source: list[BaseRoute] = [route("/a"), route("/b")]
        table = RouteTable([], nothing)
        table.add(Inclusion(lambda: source, moved))
        table.remove(table[0])
        source.append(route("/c"))
        table.invalidate()

        assert ["/in/b", "/in/c"] == paths(table)
        assert ["/a", "/b", "/c"] == paths(source)

    def test_what_is_cleared_grows_no_more(self) -> None:
        """Clearing takes the included routers out as well."""
        source: list[BaseRoute] = []
        table = RouteTable([], nothing)
        table.add(Inclusion(lambda: source, moved))
        table.clear()
        source.append(route("/a"))
        table.invalidate()

        assert [] == paths(table)


def test_nested_routers_grow_while_they_are_included() -> None:
    """A route that is added at the bottom appears at the top, under all prefixes."""
    outer, middle, inner = APIRouter(), APIRouter(prefix="/m"), APIRouter(prefix="/i")
    outer.include_router(middle, prefix="/o")
    held = outer.routes
    middle.include_router(inner)
    inner.add_api_route("/late", lambda: None)

    assert ["/o/m/i/late"] == paths(held)


def test_assigned_routes_leave_the_old_list_to_its_holder() -> None:
    """A package keeps what was there, and gives the router a list of its own."""
    router, inner = APIRouter(), APIRouter()
    router.get("/a")(lambda: "a")
    inner.get("/b")(lambda: "b")
    router.include_router(inner)
    held = router.routes

    router.routes = [route for route in held if getattr(route, "path", "") == "/b"]
    inner.get("/later")(lambda: "later")
    router.get("/own")(lambda: "own")

    assert paths(router.routes) == ["/b", "/later", "/own"]
    assert paths(held)[:2] == ["/a", "/b"]
    assert "/own" not in paths(held)


def test_a_copy_of_a_router_gets_routes_of_its_own() -> None:
    """What is assigned to a shallow copy is not taken from the original."""
    router = APIRouter()
    router.get("/a")(lambda: "a")
    copied = copy.copy(router)

    copied.routes = []
    copied.get("/b")(lambda: "b")

    assert (paths(router.routes), paths(copied.routes)) == (["/a"], ["/b"])


def test_a_list_that_was_there_before_is_taken_back() -> None:
    """What its holder adds to it is served again."""
    router = APIRouter()
    router.get("/a")(lambda: "a")
    held = router.routes
    router.routes = []
    router.routes = held

    held.append(route("/b"))

    assert router.routes is held
    assert paths(router.routes) == ["/a", "/b"]
