"""A request's path, seen from the application that serves it."""

from starlette._utils import get_route_path
from starlette.types import Scope

__all__ = ["route_path"]


def route_path(scope: Scope) -> str:
    """Return the path without the part that a proxy or a mount has taken off."""
    if not scope.get("root_path"):
        return str(scope["path"])
    return get_route_path(scope)
