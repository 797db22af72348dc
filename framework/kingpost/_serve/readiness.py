"""What is made before a server accepts, so that no request has to wait for it."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Host, Mount

from kingpost._plan.names import check_names
from kingpost._serve.route import APIRoute, APIWebSocketRoute

__all__ = ["make_ready"]


def make_ready(routes: Iterable[BaseRoute]) -> None:
    """Check the operations once more, and generate their handlers.

    Args:
        routes: Those of an application; those of applications that are mounted on it follow.

    Raises:
        UnresolvedNameError: An annotation names something that is defined nowhere.
    """
    for route in routes:
        if isinstance(route, APIRoute):
            route.make_ready()
        elif isinstance(route, APIWebSocketRoute):
            check_names(route.plan)
        elif isinstance(route, Mount | Host):
            make_ready(route.routes or ())
