"""Route table → an index in which the time to find a route does not depend on how many there are.

Routes whose path is made of whole segments are found by walking a tree, one step for each segment
of the request's path; fixed paths by a dictionary. Everything else (a converter that spans
segments, a mount, a host, a foreign route class) is kept at the deepest node that its fixed
beginning leads to, and asked itself. Of all that match, the one declared first wins, as in a list.
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.convertors import CONVERTOR_TYPES, StringConvertor
from starlette.routing import BaseRoute, Match, Mount, Route, WebSocketRoute
from starlette.types import Scope

__all__ = ["Found", "RouteIndex"]

_ONE_SEGMENT = frozenset(CONVERTOR_TYPES[name].regex for name in ("str", "int", "float", "uuid"))
"""The patterns that never match a slash."""
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
    """A route with what can be known of it beforehand.

    Attributes:
        order: Its place in the table.
        kind: The type of scope that it serves.
        names: The name and the place of each segment that varies; None where the route has to be
            asked itself.
    """

    order: int
    route: BaseRoute
    kind: str
    names: tuple[tuple[str, int], ...] | None

    def match(self, scope: Scope, segments: list[str]) -> tuple[Match, Scope]:
        """Tell whether the route serves a request, as `BaseRoute.matches` does."""
        if self.names is None:
            return self.route.matches(scope)
        if scope["type"] != self.kind:
            return Match.NONE, {}
        params = {name: segments[place] for name, place in self.names}
        outer = scope.get("path_params")
        if outer:
            params = {**outer, **params}
        route: Any = self.route
        child_scope = {"endpoint": route.endpoint, "path_params": params}
        if self.kind == "http" and not _serves(route, scope["method"]):
            return Match.PARTIAL, child_scope
        return Match.FULL, child_scope


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

    Attributes:
        certain: By fixed path and method, the routes that serve it, where no route is to be asked.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._root = _Node()
        fixed: set[str] = set()
        for order, route in enumerate(routes):
            self._add(_entry(order, route))
            path = getattr(route, "path", "{")
            if "{" not in path and not isinstance(route, Mount):
                fixed.add(path)
        self._fixed = {path: self._walk(path.split("/")) for path in fixed}
        self.certain = {path: _certain(entries) for path, entries in self._fixed.items()}

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
        segments = path.split("/")
        entries = self._fixed.get(path)
        if entries is None:
            entries = self._walk(segments)
        partial: Found | None = None
        allowed: set[str] = set()
        for entry in entries:
            match, child_scope = entry.match(scope, segments)
            if match is Match.FULL:
                return Found(entry.route, child_scope)
            if match is Match.PARTIAL:
                partial = partial or Found(entry.route, child_scope)
                allowed.update(getattr(entry.route, "methods", None) or ())
        if partial is not None:
            partial.allowed = frozenset(allowed)
        return partial

    def direct(self, scope: Scope, path: str) -> tuple[Any, dict[str, Any]]:
        """Return the route for a request with its path parameters, where no route is asked.

        None instead of a route says nothing: `find` has the answer.

        Args:
            scope: The request's scope.
            path: Its path inside this router.
        """
        method = scope["method"]
        segments: list[str] = []
        entries = self._fixed.get(path)
        if entries is None:
            segments = path.split("/")
            entries = self._only_way(segments)
        for entry in entries:
            names = entry.names
            if names is None:
                break
            route: Any = entry.route
            if entry.kind == "http" and (not route.methods or method in route.methods):
                params: dict[str, Any] = {}
                if "path_params" in scope:
                    params.update(scope["path_params"])
                if names:
                    segments = segments or path.split("/")
                    for name, place in names:
                        params[name] = segments[place]
                return route, params
        return None, {}

    def _only_way(self, segments: list[str]) -> list[_Entry]:
        """Return what `_walk` returns, with less work where no segment leads two ways."""
        node = self._root
        for segment in segments:
            child = node.fixed.get(segment)
            if child is None:
                child = node.variable
                if child is None or not segment:
                    return self._walk(segments) if node.spans else []
            elif node.variable is not None:
                return self._walk(segments)
            if node.spans:
                return self._walk(segments)
            node = child
        return self._walk(segments) if node.spans else node.ends

    def _walk(self, segments: list[str]) -> list[_Entry]:
        """Return the routes that may serve a path, in the order of declaration."""
        found: list[_Entry] = []
        _collect(self._root, segments, 0, found)
        if len(found) > 1:
            found.sort(key=_order)
        return found


def _serves(route: Any, method: str) -> bool:
    """Tell whether a route serves a method; one that names none serves all."""
    return not route.methods or method in route.methods


def _certain(entries: Sequence[_Entry]) -> dict[str, Any]:
    """Return the route for each method of a path, as far as no route has to be asked or filled."""
    found: dict[str, Any] = {}
    for entry in entries:
        route: Any = entry.route
        if entry.kind != "http":
            continue
        if entry.names or entry.names is None or not route.methods:
            break
        for method in route.methods:
            found.setdefault(method, route)
    return found


def _order(entry: _Entry) -> int:
    return entry.order


def _collect(node: _Node, segments: list[str], position: int, found: list[_Entry]) -> None:
    while True:
        if node.spans:
            found += node.spans
        if position == len(segments):
            found += node.ends
            return
        segment = segments[position]
        child = node.fixed.get(segment)
        position += 1
        if child is not None:
            if node.variable is not None and segment:
                _collect(node.variable, segments, position, found)
            node = child
        elif node.variable is not None and segment:
            node = node.variable
        else:
            return


def _entry(order: int, route: BaseRoute) -> _Entry:
    kind = "websocket" if isinstance(route, WebSocketRoute) else "http"
    return _Entry(order, route, kind, _names_of(route))


def _names_of(route: BaseRoute) -> tuple[tuple[str, int], ...] | None:
    """Return the varying segments of a route of which every segment is plain text."""
    if not isinstance(route, Route | WebSocketRoute) or _decides_itself(route):
        return None
    if not all(type(c) is StringConvertor for c in route.param_convertors.values()):
        return None
    names = []
    for place, segment in enumerate(route.path.split("/")):
        match = _SEGMENT.fullmatch(segment)
        if match is not None:
            names.append((match[1], place))
        elif "{" in segment:
            return None
    return tuple(names)


def _segments_of(route: BaseRoute) -> Iterable[str | None]:
    """Yield the segments of a route's path; None where it has to be asked itself.

    In: ``/users/{id}/files/{p:path}``. Out: ``"", "users", "{id}", "files", None``.
    """
    if not isinstance(route, Route | WebSocketRoute | Mount) or _decides_itself(route):
        yield None
        return
    for segment in route.path.split("/"):
        if "{" in segment and not _is_whole(segment, route):
            yield None
            return
        yield segment
    if isinstance(route, Mount):
        yield None


def _decides_itself(route: Route | WebSocketRoute | Mount) -> bool:
    """Tell whether something else than its path decides which paths a route serves.

    That is its class, or a pattern that was given to it, to ignore case for instance.
    """
    own: Any = type(route).matches
    if getattr(own, "matches_by_path", False) and getattr(route, "goes_by_path", False):
        return False
    by_path = own in (Route.matches, WebSocketRoute.matches, Mount.matches) or getattr(
        own, "matches_by_path", False
    )
    pattern = route.path_regex
    return not by_path or pattern.flags != re.UNICODE or pattern.pattern != _pattern_of(route)


def _pattern_of(route: Route | WebSocketRoute | Mount) -> str:
    """Return the pattern that Starlette makes of a route's path."""
    path = route.path + "/{path:path}" if isinstance(route, Mount) else route.path
    pattern, end = "^", 0
    for match in _SEGMENT.finditer(path):
        group = f"(?P<{match[1]}>{route.param_convertors[match[1]].regex})"
        pattern += re.escape(path[end : match.start()]) + group
        end = match.end()
    return f"{pattern}{re.escape(path[end:])}$"


def _is_whole(segment: str, route: Route | WebSocketRoute | Mount) -> bool:
    match = _SEGMENT.fullmatch(segment)
    if match is None:
        return False
    return route.param_convertors[match[1]].regex in _ONE_SEGMENT
