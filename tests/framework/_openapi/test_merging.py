import copy
from typing import Any

from kingpost._openapi.merging import deep_merge


def test_objects_merge_and_lists_join() -> None:
    """Each kind of value is laid over its like in its own way."""
    target: dict[str, Any] = {"a": {"b": 1, "c": 2}, "l": [1], "s": "old"}

    deep_merge(target, {"a": {"c": 3, "d": 4}, "l": [2], "s": "new", "n": None})

    assert target == {"a": {"b": 1, "c": 3, "d": 4}, "l": [1, 2], "s": "new", "n": None}


def test_other_kind_replaces() -> None:
    """A value of another kind cannot be merged, and so takes the place."""
    target: dict[str, Any] = {"a": {"b": 1}, "l": [1]}

    deep_merge(target, {"a": [1], "l": {"b": 1}})

    assert target == {"a": [1], "l": {"b": 1}}


def test_update_stays_as_it_is() -> None:
    """What the user passed to a route is not changed by making a document, nor by a second one."""
    update = {"a": {"b": {"c": [1]}}}
    before = copy.deepcopy(update)
    target: dict[str, Any] = {}

    deep_merge(target, update)
    deep_merge(target, {"a": {"b": {"c": [2], "d": 1}}})

    assert update == before
    assert target == {"a": {"b": {"c": [1, 2], "d": 1}}}
