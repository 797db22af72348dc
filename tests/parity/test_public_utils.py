"""Helpers of `utils`, called directly."""

from typing import Any

from kingpost.datastructures import Default, DefaultPlaceholder
from kingpost.utils import (
    deep_dict_update,
    get_path_param_names,
    get_value_or_default,
    is_body_allowed_for_status_code,
)
from tests.parity.harness import same


@same
def test_statuses_with_bodies() -> object:
    """Which statuses may have a body."""
    codes: list[int | str | None] = [
        None,
        "default",
        "2XX",
        "204",
        100,
        199,
        200,
        204,
        205,
        304,
        500,
    ]
    return [is_body_allowed_for_status_code(code) for code in codes]


@same
def test_path_parameter_names() -> object:
    """The names in a path."""
    return [
        sorted(get_path_param_names(path))
        for path in ("/", "/{a}", "/{a}/{b}", "/{a:path}/x{c}", "/{}")
    ]


@same
def test_dicts_are_merged_deeply() -> object:
    """Dicts are merged, lists joined, the rest replaced."""
    main: dict[str, Any] = {"a": {"b": 1, "l": [1]}, "c": 1, "d": [1]}
    deep_dict_update(main, {"a": {"b": 2, "l": [2], "n": {}}, "c": {"x": 1}, "d": "s", "e": [3]})
    return main


@same
def test_default_placeholders() -> object:
    """The first value that is none of the placeholders."""
    one: Any = Default(1)
    two: Any = Default(2)
    return [
        get_value_or_default(one, two) is one,
        get_value_or_default(one, 5, two),
        get_value_or_default(None, 5),
        one == Default(1),
        bool(Default(0)),
        isinstance(one, DefaultPlaceholder),
        one.value,
    ]
