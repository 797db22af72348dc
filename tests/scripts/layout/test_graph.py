"""Cycles in a graph."""

from layout.graph import cycles


def test_a_cycle_is_shown_as_its_way_round() -> None:
    """The shortest way back is given, with its start repeated."""
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set()}

    assert list(cycles(edges)) == [["a", "b", "c", "a"]]


def test_each_knot_is_shown_once() -> None:
    """Two knots are two findings, however many ways round each has."""
    edges = {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}, "x": {"y"}, "y": {"x"}}

    assert list(cycles(edges)) == [["a", "b", "a"], ["x", "y", "x"]]


def test_a_node_may_reach_itself() -> None:
    """A module that imports itself is the smallest cycle."""
    assert list(cycles({"a": {"a"}})) == [["a", "a"]]


def test_no_way_back_is_no_cycle() -> None:
    """Many ways to the same place are not a cycle."""
    assert list(cycles({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}})) == []
