"""Signatures of functions with a long list of options."""

import copy
import functools
import inspect
import pickle
from typing import Any, TypedDict, Unpack

import pytest

from kingpost._http.signatures import Options, WrittenOut


class Sizes(TypedDict, total=False):
    """Options to write out."""

    width: int
    depth: int | None


SIZES = Options(Sizes, "width colour unheard_of depth", {"width": 3}, lambda: {"depth": float})


class Box:
    """Takes options."""

    @SIZES.written_out
    def __init__(self, name: str, *, colour: str = "red", **options: Unpack[Sizes]) -> None:
        self.sizes = SIZES.complete("Box.__init__", options)


WRITTEN = "(name: str, *, width: int = 3, colour: str = 'red', depth: float = None) -> None"


def test_the_options_stand_in_their_order() -> None:
    """Names the function declares stand among them, changed types replace the table's."""
    assert str(inspect.signature(Box)) == WRITTEN
    assert str(inspect.signature(Box("b").__init__)) == WRITTEN  # type: ignore[misc]


def test_options_that_are_not_given_have_their_defaults() -> None:
    """None where the table names no other."""
    assert Box("b").sizes == {"width": 3, "depth": None}
    assert Box("b", depth=2).sizes == {"width": 3, "depth": 2}


def test_an_unknown_option_is_refused() -> None:
    """The error names the function, as Python's own does."""
    call: Any = Box

    with pytest.raises(
        TypeError, match=r"^Box\.__init__\(\) got an unexpected keyword argument 'hue'$"
    ):
        call("b", hue=1)


def test_what_was_written_out_is_a_signature() -> None:
    """Binding, comparing, changing and copying work as with any other."""
    written = inspect.signature(Box.__init__)
    plain = inspect.Signature(
        list(written.parameters.values()), return_annotation=written.return_annotation
    )

    assert isinstance(written, WrittenOut)
    assert written == plain
    assert hash(written) == hash(plain)
    assert written.bind(None, "b", width=1).arguments["width"] == 1
    assert copy.copy(written) == pickle.loads(pickle.dumps(written)) == plain  # noqa: S301
    assert str(written.replace(parameters=[])) == "() -> None"
    assert list(inspect.signature(functools.partial(Box, "b")).parameters) == [
        "width",
        "colour",
        "depth",
    ]


def test_the_signature_is_made_when_it_is_asked_for() -> None:
    """It may name what is defined after the function."""
    asked: list[str] = []

    def late() -> dict[str, Any]:
        asked.append("types")
        return {}

    options = Options(Sizes, "width depth", {}, late)

    @options.written_out
    def function(**options: Unpack[Sizes]) -> None:
        """Do nothing."""

    assert asked == []
    assert list(inspect.signature(function).parameters) == ["width", "depth"]
    assert set(asked) == {"types"}


def test_an_option_without_a_place_is_taken_and_not_shown() -> None:
    """One that nobody else has stays out of what programs compare."""
    options = Options(Sizes, "width", {})

    @options.written_out
    def function(**options: Unpack[Sizes]) -> None:
        """Do nothing."""

    assert list(inspect.signature(function).parameters) == ["width"]
    assert options.complete("f", {}) == {"width": None}
    assert options.complete("f", {"depth": 2}) == {"width": None, "depth": 2}
