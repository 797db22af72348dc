"""The routes of a router as one flat, live list.

A router keeps what was added to it in order: routes of its own, and inclusions of other routers.
Readers see one list of routes, in which each included route stands as it is inside this router. It
follows the included routers: a route that is added to one of them later appears.
"""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
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

    def origin_of(self, derived: BaseRoute) -> int | None:
        """Return the key of the route that a derived route was made of."""
        for key, (_, route) in self.derived.items():
            if route is derived:
                return key
        return None


Entry: TypeAlias = BaseRoute | Inclusion


class RouteTable(list[BaseRoute]):
    """A list of routes that tells its owner when somebody changes it.

    Args:
        changed: Called after each change.
    """

    def __init__(self, routes: Iterable[BaseRoute], changed: Callable[[], None]) -> None:
        super().__init__(routes)
        self._entries: list[Entry] = list(self)
        self._changed = changed

    def add(self, entry: Entry) -> None:
        """Add a route or an inclusion at the end."""
        self._entries.append(entry)
        self._changed()

    def refresh(self) -> None:
        """Take over what has been added, here and in included routers."""
        flat: list[BaseRoute] = []
        for entry in self._entries:
            if isinstance(entry, Inclusion):
                flat += entry.routes()
            else:
                flat.append(entry)
        super().__setitem__(slice(None), flat)

    def _adopt(self) -> None:
        """Take over what a foreign hand made of the list."""
        inclusions = [entry for entry in self._entries if isinstance(entry, Inclusion)]
        owners = {id(route): inclusion for inclusion in inclusions for route in inclusion.routes()}
        present = {id(route) for route in self}
        entries: list[Entry] = []
        for route in self:
            entry: Entry = owners.get(id(route), route)
            if entry is route or entry not in entries:
                entries.append(entry)
        for inclusion in inclusions:
            for route in inclusion.routes():
                key = inclusion.origin_of(route)
                if id(route) not in present and key is not None:
                    inclusion.hidden.add(key)
            if inclusion not in entries and not inclusion.derived:
                entries.append(inclusion)
        self._entries = entries
        self._changed()

    # Every way to change a list in place; each does so and then tells the owner.

    def append(self, route: BaseRoute) -> None:
        """Add a route at the end."""
        super().append(route)
        self.add(route)

    def extend(self, routes: Iterable[BaseRoute]) -> None:
        """Add routes at the end."""
        super().extend(routes)
        self._adopt()

    def insert(self, index: SupportsIndex, route: BaseRoute) -> None:
        """Add a route before another."""
        super().insert(index, route)
        self._adopt()

    def remove(self, route: BaseRoute) -> None:
        """Remove a route."""
        super().remove(route)
        self._adopt()

    def pop(self, index: SupportsIndex = -1) -> BaseRoute:
        """Remove a route and return it."""
        route = super().pop(index)
        self._adopt()
        return route

    def clear(self) -> None:
        """Remove all routes."""
        super().clear()
        self._adopt()

    def reverse(self) -> None:
        """Turn the order round."""
        super().reverse()
        self._adopt()

    def sort(self, **options: Any) -> None:
        """Put the routes in order."""
        super().sort(**options)
        self._adopt()

    def __setitem__(self, index: Any, value: Any) -> None:
        super().__setitem__(index, value)
        self._adopt()

    def __delitem__(self, index: Any) -> None:
        super().__delitem__(index)
        self._adopt()

    def __iadd__(self, routes: Iterable[BaseRoute]) -> "RouteTable":  # type: ignore[override,misc]
        self.extend(routes)
        return self
