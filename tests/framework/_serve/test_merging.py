"""A router's options and those inside it."""

from typing import Any

import pytest
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse

from kingpost._declare.route import RouterDeclaration
from kingpost._serve.merging import options_inside, within_router
from kingpost._serve.options import INCLUDE, REGISTER

OUTER = RouterDeclaration(
    prefix="/a",
    tags=["outer"],
    responses={404: {"description": "outer"}, 410: {"description": "gone"}},
    default_response_class=HTMLResponse,
    max_body_size=10,
    form_limits={"max_files": 1, "max_fields": 2},
)


def operation(**options: Any) -> dict[str, Any]:
    """Merge an operation's options into those of the router."""
    return options_inside(OUTER, REGISTER.complete("f", options))


def inclusion(**options: Any) -> RouterDeclaration:
    """Merge an inclusion's options into those of the router."""
    return within_router(OUTER, INCLUDE.complete("f", options))


def test_lists_of_the_router_come_first() -> None:
    """For operations and inclusions alike."""
    assert operation(tags=["inner"])["tags"] == inclusion(tags=["inner"]).tags == ["outer", "inner"]


def test_answers_overlay_by_status() -> None:
    """The inner description of a status replaces the outer one."""
    inner: dict[int | str, dict[str, Any]] = {404: {"description": "inner"}}

    expected = {404: {"description": "inner"}, 410: {"description": "gone"}}
    assert operation(responses=inner)["responses"] == expected
    assert inclusion(responses=inner).responses == expected


def test_the_nearest_value_wins() -> None:
    """What is not given is inherited."""
    given = operation(response_class=PlainTextResponse, max_body_size=3)

    assert (given["response_class"], given["max_body_size"]) == (PlainTextResponse, 3)
    assert (operation()["response_class"], operation()["max_body_size"]) == (HTMLResponse, 10)
    assert inclusion(default_response_class=JSONResponse).default_response_class is JSONResponse
    assert inclusion(max_body_size=0).max_body_size == 0


def test_a_hidden_router_hides_what_is_in_it() -> None:
    """The mark is not taken back further in."""
    hidden = RouterDeclaration(include_in_schema=False, deprecated=True)
    merged = options_inside(hidden, REGISTER.complete("f", {"include_in_schema": True}))

    assert (merged["include_in_schema"], merged["deprecated"]) == (False, True)


def test_form_limits_are_merged_by_key() -> None:
    """Each bound is inherited on its own."""
    assert operation(form_limits={"max_files": 5})["form_limits"] == {
        "max_files": 5,
        "max_fields": 2,
    }


def test_no_form_limits_are_not_passed_on() -> None:
    """A route class that does not know the option keeps working."""
    merged = options_inside(RouterDeclaration(), REGISTER.complete("f", {}))

    assert "form_limits" not in merged


def test_a_wrong_bound_is_refused() -> None:
    """Where it is written, not when a request comes."""
    with pytest.raises(ValueError, match="max_file"):
        operation(form_limits={"max_file": 1})
    with pytest.raises(ValueError, match="max_body_size"):
        inclusion(max_body_size=-1)


def test_what_a_returned_response_takes_over_is_said_nearest() -> None:
    """Where nobody says it, route classes need not know of it."""
    outer = RouterDeclaration(merge_injected_response=True)
    options = REGISTER.complete("f", {"merge_injected_response": False})

    assert "merge_injected_response" not in operation()
    assert options_inside(outer, options)["merge_injected_response"] is False
    assert options_inside(outer, REGISTER.complete("f", {}))["merge_injected_response"] is True
    assert inclusion(merge_injected_response=True).merge_injected_response is True
    assert inclusion().merge_injected_response is None
