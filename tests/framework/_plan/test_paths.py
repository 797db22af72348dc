from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import compile_path

from kingpost._plan.paths import path_names, path_parts


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/", set()),
        ("/items", set()),
        ("/items/{item_id}", {"item_id"}),
        ("/{a}/{b:int}/{rest:path}", {"a", "b", "rest"}),
        ("/v{version}-{name}", {"version", "name"}),
    ],
)
def test_a_path_names_its_parameters(path: str, names: set[str]) -> None:
    """What stands behind a colon is how the segment is matched."""
    assert path_names(path) == names


_PARTS = [
    "/",
    "items",
    "{a}",
    "{b:int}",
    "{rest:path}",
    "{a:uuid}",
    "{c:none}",
    "-",
    ".json",
    "{",
    "}",
    "{:x}",
    "é",
]


@given(st.lists(st.sampled_from(_PARTS)).map("".join))
def test_the_parts_are_those_of_the_pattern(path: str) -> None:
    """The short way answers as Starlette does, also with an error."""
    assert _outcome(path_parts, path) == _outcome(lambda path: compile_path(path)[1:], path)


def _outcome(function: Callable[[str], Any], path: str) -> Any:
    try:
        return function(path)
    except (AssertionError, ValueError) as exc:
        return type(exc), str(exc)


def test_a_converter_that_is_not_there_is_an_error() -> None:
    """It is told when the path is declared."""
    with pytest.raises(AssertionError, match="Unknown path convertor 'nothing'"):
        path_parts("/{a:nothing}")
