"""The routes of a router as one flat, live list.

A router keeps what was added to it in order: routes of its own, and inclusions of other routers.
Readers see one list of routes, in which each included route stands as it is inside this router. It
follows the included routers: a route that is added to one of them later appears.
"""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from functools import wraps
from typing import Any, SupportsIndex, TypeAlias

from starlette.routing import BaseRoute

__all__ = ["Inclusion", "RouteTable"]


@dataclasses.dataclass(eq=False, slots=True)
class Inclusion:
    """Another router's routes, seen from the router that includes it.

    Attributes:
        source: Returns the other router's routes as they are now.
        derive: Returns a route as it is inside the including router.
        derived: The derived routes so far, with the route that each was made of.
        hidden: Routes that were removed from the including router's list.
    """

    source: Callable[[], Sequence[BaseRoute]]
    derive: Callable[[BaseRoute], BaseRoute]
    derived: dict[int, tuple[BaseRoute, BaseRoute]] = dataclasses.field(default_factory=dict)
    hidden: set[int] = dataclasses.field(default_factory=set)

    def routes(self) -> list[BaseRoute]:
        """Return the derived routes; each is made once."""
        result = []
        for route in self.source():
            key = id(route)
            if key in self.hidden:
                continue
            if key not in self.derived:
                self.derived[key] = (route, self.derive(route))
            result.append(self.derived[key][1])
        return result

    def hide(self, routes: set[int]) -> None:
        """Leave out the derived routes with these identities from now on."""
        self.hidden |= {key for key, (_, route) in self.derived.items() if id(route) in routes}


Entry: TypeAlias = BaseRoute | Inclusion


def _tell_nobody() -> None:
    """Stand in for an owner that is still to come."""


class RouteTable(list[BaseRoute]):
    """A list of routes that tells its owner when somebody changes it.

    It is brought up to date when it is read, so that whoever holds it sees what was added since.

    Args:
        changed: Called after each change.
    """

    def __init__(self, routes: Iterable[BaseRoute], changed: Callable[[], None]) -> None:
        super().__init__(routes)
        self._stale = False
        self._entries: list[Entry] = [*self]
        self._tell = changed

    def __deepcopy__(self, memo: dict[int, Any]) -> "RouteTable":
        # Not item by item: the owner of the copy, which is to be told, is not whole yet.
        table = RouteTable([], _tell_nobody)
        memo[id(self)] = table
        table._entries = deepcopy(self._entries, memo)
        table._stale = self._stale
        list.extend(table, [deepcopy(route, memo) for route in list.__iter__(self)])
        table._tell = deepcopy(self._tell, memo)
        return table

    def replaced(self, routes: Sequence[BaseRoute], changed: Callable[[], None]) -> "RouteTable":
        """Return a table of other routes; this one is left as it is to those who hold it.

        Included routers are followed further, as they are when routes are assigned to a slice. A
        table that the owner had before is taken back.
        """
        if isinstance(routes, RouteTable) and routes._tell == changed:
            routes._changed()
            return routes
        table = RouteTable(self, changed)
        table._entries = [
            dataclasses.replace(entry, derived=dict(entry.derived), hidden=set(entry.hidden))
            if isinstance(entry, Inclusion)
            else entry
            for entry in self._entries
        ]
        table[:] = list(routes)
        return table

    def add(self, entry: Entry) -> None:
        """Add a route or an inclusion at the end."""
        self._entries.append(entry)
        self._changed()

    def invalidate(self) -> None:
        """Look again at the routes of included routers before the next reading."""
        self._stale = True

    def _changed(self) -> None:
        self.invalidate()
        self._tell()

    def refresh(self) -> None:
        """Take over what has been added, here and in included routers."""
        if not self._stale:
            return
        self._stale = False
        inclusions = self._inclusions()
        standing = {id(entry) for entry in self._entries}
        present = {id(route) for inclusion in inclusions for route in inclusion.routes()}
        derived = {id(route) for each in inclusions for _, route in each.derived.values()}
        gone = derived - present
        flat: list[BaseRoute] = []
        for entry in self._entries:
            if isinstance(entry, Inclusion):
                flat += [route for route in entry.routes() if id(route) not in standing]
            elif id(entry) not in gone:
                flat.append(entry)
        super().__setitem__(slice(None), flat)

    def _inclusions(self) -> list[Inclusion]:
        return [entry for entry in self._entries if isinstance(entry, Inclusion)]

    def _adopt(self) -> None:
        """Take over what a foreign hand made of the list.

        Every route stands where the list has it now; what an included router grows later comes
        after the last of its routes, and not at all if all of them were removed.
        """
        inclusions = self._inclusions()
        present = {id(route) for route in self}
        self._entries = [*self]
        for inclusion in inclusions:
            own = {id(route) for route in inclusion.routes()}
            inclusion.hide(own - present)
            places = [at for at, entry in enumerate(self._entries) if id(entry) in own]
            if places:
                self._entries.insert(places[-1] + 1, inclusion)
            elif not own:
                self._entries.append(inclusion)
        self._changed()

    # Every way to change a list in place; each does so and then tells the owner.

    def append(self, route: BaseRoute) -> None:
        """Add a route at the end."""
        self.add(route)

    def extend(self, routes: Iterable[BaseRoute]) -> None:
        """Add routes at the end."""
        for route in list(routes):
            self.add(route)

    def insert(self, index: SupportsIndex, route: BaseRoute) -> None:
        """Add a route before another."""
        self.refresh()
        super().insert(index, route)
        self._adopt()

    def remove(self, route: BaseRoute) -> None:
        """Remove a route."""
        self.refresh()
        super().remove(route)
        self._adopt()

    def pop(self, index: SupportsIndex = -1) -> BaseRoute:
        """Remove a route and return it."""
        self.refresh()
        route = super().pop(index)
        self._adopt()
        return route

    def clear(self) -> None:
        """Remove all routes, and what included routers may grow."""
        super().clear()
        self._entries = []
        self._changed()

    def reverse(self) -> None:
        """Turn the order round."""
        self.refresh()
        super().reverse()
        self._adopt()

    def sort(self, **options: Any) -> None:
        """Put the routes in order."""
        self.refresh()
        super().sort(**options)
        self._adopt()

    def __setitem__(self, index: Any, value: Any) -> None:
        self.refresh()
        super().__setitem__(index, value)
        self._adopt()

    def __delitem__(self, index: Any) -> None:
        self.refresh()
        super().__delitem__(index)
        self._adopt()

    def __iadd__(self, routes: Iterable[BaseRoute]) -> "RouteTable":  # type: ignore[override,misc]
        self.extend(routes)
        return self

    def __imul__(self, count: SupportsIndex) -> "RouteTable":
        self.refresh()
        super().__imul__(count)
        self._adopt()
        return self


def _reading(name: str) -> Callable[..., Any]:
    """Return a method of lists that brings the table up to date first."""
    read = getattr(list, name)

    @wraps(read)
    def method(table: RouteTable, *args: Any) -> Any:
        table.refresh()
        return read(table, *args)

    return method


_READING = (
    *("__add__", "__contains__", "__eq__", "__ge__", "__getitem__", "__gt__", "__iter__"),
    *("__le__", "__len__", "__lt__", "__mul__", "__ne__", "__repr__", "__reversed__"),
    *("__rmul__", "copy", "count", "index"),
)
for _name in _READING:
    setattr(RouteTable, _name, _reading(_name))
