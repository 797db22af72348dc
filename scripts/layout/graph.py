"""Cycles in a graph of imports."""

from collections.abc import Iterator, Mapping


def cycles(edges: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield one closed path for each knot of nodes that reach each other, its start repeated.

    >>> list(cycles({"a": {"b"}, "b": {"a", "c"}, "c": set()}))
    [['a', 'b', 'a']]
    """
    seen: set[str] = set()
    for start in sorted(edges):
        if start in seen:
            continue
        path = _way_back(edges, start)
        if path:
            seen.update(_reachable(edges, start) & _reaching(edges, start))
            yield path


def _way_back(edges: Mapping[str, set[str]], start: str) -> list[str]:
    """Return the shortest path from a node to itself, or an empty list."""
    paths = [[start]]
    known: set[str] = set()
    while paths:
        path = paths.pop(0)
        for target in sorted(edges.get(path[-1], ())):
            if target == start:
                return [*path, start]
            if target not in known:
                known.add(target)
                paths.append([*path, target])
    return []


def _reachable(edges: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _reaching(edges: Mapping[str, set[str]], goal: str) -> set[str]:
    reversed_edges: dict[str, set[str]] = {}
    for source, targets in edges.items():
        for target in targets:
            reversed_edges.setdefault(target, set()).add(source)
    return _reachable(reversed_edges, goal)
