"""Names in annotations that are unknown."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from kingpost import Body, Depends
from kingpost._plan.errors import UnresolvedNameError
from kingpost._plan.names import check_names
from kingpost._plan.route import plan_route
from tests.framework._plan.declarations import declare


class Early(BaseModel):
    """A model whose field is of a class that comes later."""

    late: "Late"


class Late(BaseModel):
    """The class that comes later."""

    x: int


def dependency(item: "Missing | None" = None) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Need what is not there."""


def parameter(item: "Missing") -> None:  # type: ignore[name-defined]  # noqa: F821
    """Need what is not there."""


def body(item: "list[Missing]" = Body()) -> None:  # type: ignore[name-defined]  # noqa: F821
    """Need what is not there."""


def result() -> "Missing":  # type: ignore[name-defined]  # noqa: F821
    """Return what is not there."""


def items() -> Iterator["Missing"]:  # type: ignore[name-defined]  # noqa: F821
    """Yield what is not there."""
    yield 1


def plain() -> None:
    """Need nothing."""


def dependent(_: None = Depends(dependency)) -> None:
    """Need what is not there by way of another function."""


def checked(call: Callable[..., Any], **options: Any) -> None:
    """Check the names of an operation."""
    check_names(plan_route(declare(call, **options), "id"))


@pytest.mark.parametrize(
    ("call", "options", "what", "function"),
    [
        (parameter, {}, "The parameter 'item'", "parameter"),
        (body, {}, "The parameter 'item'", "body"),
        (dependent, {}, "The parameter 'item'", "dependency"),
        (result, {}, "The response model", "result"),
        (items, {}, "The type of the items", "items"),
        (plain, {"responses": {404: {"model": list["Missing"]}}}, "The model of the", "plain"),  # type: ignore[name-defined]  # noqa: F821
    ],
)
def test_what_is_nowhere_is_named(
    call: Callable[..., Any], options: dict[str, Any], what: str, function: str
) -> None:
    """With the function, its file and its line, and with the operation."""
    with pytest.raises(UnresolvedNameError, match="'Missing' is not defined") as caught:
        checked(call, **options)

    error = caught.value
    assert error.problem.startswith(what)
    assert (error.context["function"], error.context["file"]) == (function, __file__)
    assert "Missing" in error.hint
    assert error.context["path"].startswith("GET ")


def test_what_came_later_is_found() -> None:
    """A model may name one that is defined after it."""

    def create(item: Early) -> list[Early]:
        return [item]

    checked(create)


def test_a_type_that_is_not_needed_may_be_unknown() -> None:
    """What a dependency returns is whatever it returns."""

    def read(value: "Missing" = Depends(plain)) -> None:  # type: ignore[name-defined]  # noqa: F821
        """Take a value."""

    checked(read)
