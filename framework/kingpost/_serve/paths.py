"""A request's path, seen from the application that serves it, and the prefixes of paths."""

from starlette._utils import get_route_path
from starlette.types import Scope

from kingpost._plan.errors import ParameterError

__all__ = ["checked_prefix", "route_path"]


def route_path(scope: Scope) -> str:
    """Return the path without the part that a proxy or a mount has taken off."""
    if not scope.get("root_path"):
        return str(scope["path"])
    return get_route_path(scope)


def checked_prefix(prefix: str) -> str:
    """Return a prefix that paths can be put behind.

    Raises:
        ParameterError: It does not start with a slash, or ends with one.
    """
    if not prefix:
        return ""
    if not prefix.startswith("/"):
        raise ParameterError(
            "A path prefix must start with '/'.", hint=f"Write {'/' + prefix.rstrip('/')!r}."
        )
    if prefix.endswith("/"):
        raise ParameterError(
            "A path prefix must not end with '/', as the routes will start with '/'.",
            hint=f"Write {prefix.rstrip('/')!r}.",
        )
    return prefix
