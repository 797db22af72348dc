"""Route table → an index in which the time to find a route does not depend on how many there are.

Routes whose path is made of whole segments are found by walking a tree, one step for each segment
of the request's path. Everything else (a converter that spans segments, a mount, a host, a foreign
route class) is kept at the deepest node that its fixed beginning leads to, and asked itself. Of all
that match, the one declared first wins, as in a list.
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.convertors import CONVERTOR_TYPES
from starlette.routing import BaseRoute, Match, Mount, Route, WebSocketRoute
from starlette.types import Scope

__all__ = ["Found", "RouteIndex"]

_ONE_SEGMENT = [CONVERTOR_TYPES[name] for name in ("str", "int", "float", "uuid")]
_SEGMENT = re.compile(r"{([a-zA-Z_][a-zA-Z0-9_]*)(:[a-zA-Z_][a-zA-Z0-9_]*)?}")


@dataclasses.dataclass(slots=True)
class Found:
    """A route for a request, and what to add to the scope.

    Attributes:
        route: The route.
        scope: What it adds to the request's scope.
        allowed: For a path that is served, though not with this method: the methods that are.
    """

    route: BaseRoute
    scope: Scope
    allowed: frozenset[str] | None = None


@dataclasses.dataclass(slots=True)
class _Entry:
    order: int
    route: BaseRoute


class _Node:
    """One place in the tree of segments."""

    __slots__ = ("ends", "fixed", "spans", "variable")

    def __init__(self) -> None:
        self.fixed: dict[str, _Node] = {}
        self.variable: _Node | None = None
        self.ends: list[_Entry] = []
        """Routes whose path ends here."""
        self.spans: list[_Entry] = []
        """Routes that have to look at the rest of the path themselves."""


class RouteIndex:
    """Finds the route of a request.

    Args:
        routes: The routes in the order of declaration.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._root = _Node()
        for order, route in enumerate(routes):
            self._add(_Entry(order, route))

    def _add(self, entry: _Entry) -> None:
        node = self._root
        for segment in _segments_of(entry.route):
            if segment is None:
                node.spans.append(entry)
                return
            if _SEGMENT.fullmatch(segment):
                if node.variable is None:
                    node.variable = _Node()
                node = node.variable
            else:
                node = node.fixed.setdefault(segment, _Node())
        node.ends.append(entry)

    def find(self, scope: Scope, path: str) -> Found | None:
        """Return the route for a request; None if there is none.

        Args:
            scope: The request's or the handshake's scope.
            path: Its path inside this router.
        """
        partial: Found | None = None
        allowed: set[str] = set()
        for route in self.candidates(path):
            match, child_scope = route.matches(scope)
            if match is Match.FULL:
                return Found(route, child_scope)
            if match is Match.PARTIAL:
                partial = partial or Found(route, child_scope)
                allowed.update(getattr(route, "methods", None) or ())
        if partial is not None:
            partial.allowed = frozenset(allowed)
        return partial

    def candidates(self, path: str) -> Iterable[BaseRoute]:
        """Return the routes that may serve a path, in the order of declaration."""
        found: list[_Entry] = []
        _collect(self._root, path.split("/"), 0, found)
        if len(found) > 1:
            found.sort(key=_order)
        return [entry.route for entry in found]


def _order(entry: _Entry) -> int:
    return entry.order


def _collect(node: _Node, segments: list[str], position: int, found: list[_Entry]) -> None:
    found += node.spans
    if position == len(segments):
        found += node.ends
        return
    segment = segments[position]
    child = node.fixed.get(segment)
    if child is not None:
        _collect(child, segments, position + 1, found)
    if node.variable is not None and segment:
        _collect(node.variable, segments, position + 1, found)


def _segments_of(route: BaseRoute) -> Iterable[str | None]:
    """Yield the segments of a route's path; None where it has to be asked itself.

    In: ``/users/{id}/files/{p:path}``. Out: ``"", "users", "{id}", "files", None``.
    """
    kind = type(route)
    known = isinstance(route, Route | WebSocketRoute | Mount)
    if not known or _overrides_matching(kind):
        yield None
        return
    path: str = route.path  # type: ignore[attr-defined]
    for segment in path.split("/"):
        if "{" in segment and not _is_whole(segment, route):
            yield None
            return
        yield segment
    if isinstance(route, Mount):
        yield None


def _overrides_matching(kind: type[Any]) -> bool:
    """Tell whether a route class decides in its own way which paths it serves."""
    own = kind.matches
    return not (
        own in (Route.matches, WebSocketRoute.matches, Mount.matches)
        or getattr(own, "matches_by_path", False)
    )


def _is_whole(segment: str, route: BaseRoute) -> bool:
    match = _SEGMENT.fullmatch(segment)
    if match is None:
        return False
    return _within_segment(route.param_convertors[match[1]].regex)  # type: ignore[attr-defined]


def _within_segment(pattern: str) -> bool:
    """Tell whether a converter's pattern is one of those that never match a slash."""
    return pattern in {convertor.regex for convertor in _ONE_SEGMENT}
