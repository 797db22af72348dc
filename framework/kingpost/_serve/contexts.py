"""Routes as others see them: the one that was declared, and what inclusion made of it."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

from starlette.routing import BaseRoute

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
    _route_context: BaseRoute | None = None

    @property
    def original_route(self) -> BaseRoute:
        """The route as it was declared."""
        return self.route

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
