"""Operations that no request can reach, because one declared before serves the same ones."""

import re
import warnings
from collections.abc import Iterable

from starlette.routing import BaseRoute

from kingpost._http.errors import KingpostWarning
from kingpost._serve.route import APIRoute

__all__ = ["warn_of_shadowed"]

_PARAMETER = re.compile(r"{[^:}]*(:[^}]*)?}")


def warn_of_shadowed(routes: Iterable[BaseRoute]) -> None:
    """Warn of each operation whose method and path an earlier one has as well.

    Args:
        routes: The routes in the order of declaration.
    """
    first: dict[tuple[str, str], APIRoute] = {}
    for route in routes:
        if not isinstance(route, APIRoute):
            continue
        # The names of parameters do not count: /users/{id} and /users/{name} are the same paths.
        path = _PARAMETER.sub(lambda match: "{" + (match[1] or "") + "}", route.path)
        for method in sorted(route.methods or ()):
            earlier = first.setdefault((method, path), route)
            if earlier is not route:
                warnings.warn(_message(method, route, earlier), KingpostWarning, stacklevel=2)


def _message(method: str, route: APIRoute, earlier: APIRoute) -> str:
    return (
        f"{method} {route.path} is declared twice, and only the first is ever called: "
        f"{_place(earlier)} hides {_place(route)}. Remove one, or give it a path of its own."
    )


def _place(route: APIRoute) -> str:
    context = route.plan.context
    place = f"{context.get('function', route.name)}"
    if "file" in context:
        place += f" ({context['file']}:{context['line']})"
    return place
