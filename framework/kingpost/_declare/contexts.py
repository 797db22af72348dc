"""Routes as others see them: the one that was declared, and what inclusion made of it."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

__all__ = ["RouteContext", "iter_route_contexts"]


@dataclasses.dataclass(frozen=True)
class RouteContext:
    """A route inside the application.

    Every attribute that is not listed here is that of the route as it is included, with the
    prefixes and options of the routers around it.

    Attributes:
        route: The route as it was declared.
    """

    route: BaseRoute
    _route_context: BaseRoute | None = dataclasses.field(default=None, repr=False)

    @property
    def original_route(self) -> BaseRoute:
        """The route as it was declared."""
        return self.route

    @property
    def path(self) -> str | None:
        """The whole path; None where the route has none."""
        found: str | None = self._of_included("path")
        return found

    @property
    def path_format(self) -> str | None:
        """The whole path, with the bare names of its parameters."""
        found: str | None = self._of_included("path_format")
        return found

    @property
    def name(self) -> str | None:
        """The route's name."""
        found: str | None = self._of_included("name")
        return found

    @property
    def methods(self) -> set[str] | None:
        """The methods; None for what is no HTTP route."""
        found: set[str] | None = self._of_included("methods")
        return found

    @property
    def endpoint(self) -> Callable[..., Any] | None:
        """What is called."""
        found: Callable[..., Any] | None = self._of_included("endpoint")
        return found

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the route serves a request.

        An included one is asked for its path and its methods alone, as Starlette reads them, and
        not what its class may have of its own.
        """
        route = self._route_context or self.route
        if route is not self.route and isinstance(route, Route):
            return Route.matches(route, scope)
        return route.matches(scope)

    def _of_included(self, name: str) -> Any:
        return getattr(self._route_context or self.route, name, None)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._route_context or self.route, name)


def iter_route_contexts(routes: Sequence[BaseRoute | RouteContext]) -> Iterator[RouteContext]:
    """Yield a `RouteContext` for each route.

    Args:
        routes: Those of an application or a router.
    """
    for route in routes:
        if isinstance(route, RouteContext):
            yield route
        else:
            yield RouteContext(getattr(route, "declared_as", route), route)
