"""Type aliases shared by every layer."""

from collections.abc import Callable, Mapping
from typing import Any, TypedDict, TypeVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = [
    "ASGIApp",
    "DecoratedCallable",
    "FormLimits",
    "IncEx",
    "Message",
    "Receive",
    "Scope",
    "Send",
]

DecoratedCallable = TypeVar("DecoratedCallable", bound=Callable[..., Any])

# Include and exclude filters in the form that Pydantic's serialiser takes.
IncEx = set[int] | set[str] | Mapping[int, Any] | Mapping[str, Any]


class FormLimits(TypedDict, total=False):
    """Bounds for the automatic parsing of a form.

    Exceeding one of them answers 400. A key that is left out keeps Starlette's default.
    """

    max_fields: int
    """Number of text fields."""
    max_files: int
    """Number of files."""
    max_part_size: int
    """Bytes of one text field."""
