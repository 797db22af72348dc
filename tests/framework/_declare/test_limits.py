"""Bounds on what a request may send."""

from typing import Any

import pytest

from kingpost import APIRouter, Kingpost
from kingpost._declare.limits import checked_body_size, checked_form_limits


@pytest.mark.parametrize("size", [None, 0, 10**9])
def test_counts_of_bytes_are_taken(size: int | None) -> None:
    """None is no bound, zero allows no body at all."""
    assert checked_body_size(size) == size


@pytest.mark.parametrize("size", [-1, True, 1.5, "1"])
def test_anything_else_is_no_size(size: Any) -> None:
    """The error says what the number counts."""
    with pytest.raises(ValueError, match="counts bytes"):
        checked_body_size(size)


def test_no_limits_are_an_empty_table() -> None:
    """Each bound that is not given keeps its default."""
    assert checked_form_limits(None) == {}
    assert checked_form_limits({"max_files": 2}) == {"max_files": 2}


@pytest.mark.parametrize("limits", [{"max_file": 1}, {"max_files": -1}, {"max_files": "1"}])
def test_unknown_keys_and_no_counts_are_refused(limits: dict[str, Any]) -> None:
    """A misspelled bound would be no bound."""
    with pytest.raises(ValueError, match="max_file"):
        checked_form_limits(limits)


@pytest.mark.parametrize("limits", [[], 5])
def test_what_is_no_mapping_is_refused(limits: Any) -> None:
    """Even where it is as empty as no bounds."""
    with pytest.raises(ValueError, match="valid dictionary"):
        checked_form_limits(limits)


@pytest.mark.parametrize("place", ["application", "router", "operation", "inclusion"])
def test_every_place_checks(place: str) -> None:
    """The mistake is reported where it is made, not when a request comes."""
    actions: dict[str, Any] = {
        "application": lambda: Kingpost(max_body_size=-1),
        "router": lambda: APIRouter(max_body_size=-1),
        "operation": lambda: Kingpost().get("/", max_body_size=-1)(lambda: 1),
        "inclusion": lambda: Kingpost().include_router(APIRouter(), max_body_size=-1),
    }

    with pytest.raises(ValueError, match="max_body_size"):
        actions[place]()
