"""Kinds of text that the features accept from outside."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError


def refuse_nul(text: str) -> str:
    """Return *text*, refused when it holds a NUL character.

    PostgreSQL cannot store or compare one, so that it would surface as a failure of the
    database instead of as a problem of the input.

    Raises:
        PydanticCustomError: The text holds U+0000.
    """
    if "\0" in text:
        raise PydanticCustomError("nul_character", "Text must not contain the NUL character")
    return text


def refuse_null(value: object) -> object:
    """Return *value*, refused when it is null: in a change, a field is left out to be kept.

    Raises:
        PydanticCustomError: The value is null.
    """
    if value is None:
        raise PydanticCustomError(
            "null_not_allowed",
            "Null is not a value here; leave the field out to keep what is stored",
        )
    return value


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    AfterValidator(refuse_nul),
]
"""A name or title: 1 to 255 characters, white space around it removed."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=2000),
    AfterValidator(refuse_nul),
]
"""A longer text of up to 2,000 characters."""

SearchTerm = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=100),
    AfterValidator(refuse_nul),
]
"""What a list is searched for; empty means everything."""
