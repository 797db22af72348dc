"""Kinds of text."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from app.text import Line, Prose, SearchTerm


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (Line, "  a title ", "a title"),
        (Line, "x" * 255, "x" * 255),
        (Prose, " a\nb ", "a\nb"),
        (Prose, "", ""),
        (SearchTerm, "  ", ""),
    ],
)
def test_accepted(kind: Any, given: str, kept: str) -> None:
    """White space around a text is no part of it."""
    assert TypeAdapter(kind).validate_python(given) == kept


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        (Line, "", "string_too_short"),
        (Line, " \n ", "string_too_short"),
        (Line, "x" * 256, "string_too_long"),
        (Line, "a\0b", "nul_character"),
        (Prose, "x" * 2001, "string_too_long"),
        (Prose, "\0", "nul_character"),
        (SearchTerm, "x" * 101, "string_too_long"),
        (SearchTerm, "\0", "nul_character"),
    ],
)
def test_refused(kind: Any, given: str, problem: str) -> None:
    """A text has bounds, and no character that a database cannot keep."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(given)

    assert [error["type"] for error in caught.value.errors()] == [problem]
