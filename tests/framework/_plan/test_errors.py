import functools
from typing import Annotated, Any

import pytest

from kingpost._declare.markers import Depends
from kingpost._http.errors import KingpostError
from kingpost._plan.dependencies import plan_call
from kingpost._plan.errors import ParameterError, PlanError, ResponseModelError, locate


def read_item(item_id: int) -> int:
    """Read an item."""
    return item_id


FIRST_LINE = read_item.__code__.co_firstlineno


def needs_a_path(ids: list[int]) -> None:
    """Want more than a path segment can hold."""


def user(ids: Annotated[Any, Depends(needs_a_path)]) -> None:
    """Depend on it."""


def endpoint(user: Annotated[Any, Depends(user)]) -> None:
    """Depend on what depends on it."""


class TestText:
    def test_is_problem_hint_and_place(self) -> None:
        """What is wrong, what to write instead, and where, in the form that editors can open."""
        error = PlanError("It is wrong.", hint="Write it right.", call=read_item)
        error.context["path"] = "GET /items/{item_id}"

        assert str(error).splitlines() == [
            "It is wrong.",
            "  Hint: Write it right.",
            f'  File "{__file__}", line {FIRST_LINE}, in read_item',
            "    GET /items/{item_id}",
        ]

    def test_does_without_a_place(self) -> None:
        """Not every callable has a file."""
        assert str(PlanError("Wrong.", hint="Right.")) == "Wrong.\n  Hint: Right."

    def test_says_what_leads_to_it(self) -> None:
        """A mistake deep in the dependencies names the way from the endpoint."""
        with pytest.raises(ParameterError) as caught:
            plan_call(endpoint, path_names=frozenset({"ids"}))

        assert caught.value.needed_by == ["endpoint", "user"]
        assert "  Needed by endpoint → user" in str(caught.value).splitlines()
        assert caught.value.context["function"] == "needs_a_path"


def test_all_are_misuse_of_the_framework() -> None:
    """One except clause catches them; a parameter's mistake is an assertion's failure as well."""
    assert issubclass(ParameterError, KingpostError)
    assert issubclass(ParameterError, AssertionError)
    assert issubclass(ResponseModelError, KingpostError)


class TestLocate:
    def test_finds_the_function(self) -> None:
        """Partials and decorators are seen through."""

        @functools.wraps(read_item)
        def wrapper(*args: Any) -> Any:
            return read_item(*args)

        expected = {"file": __file__, "line": FIRST_LINE, "function": "read_item"}
        assert locate(read_item) == expected
        assert locate(wrapper) == expected
        assert locate(functools.partial(read_item)) == expected

    def test_leaves_out_what_is_not_known(self) -> None:
        """A function without Python code has no place."""
        assert locate(len) == {}
