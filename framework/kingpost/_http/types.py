"""Type aliases shared by every layer."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeAlias, TypedDict, TypeVar, Union

from pydantic import BaseModel
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = [
    "ASGIApp",
    "DecoratedCallable",
    "DependencyCacheKey",
    "FormLimits",
    "IncEx",
    "Message",
    "ModelNameMap",
    "Receive",
    "Scope",
    "Send",
]

DecoratedCallable = TypeVar("DecoratedCallable", bound=Callable[..., Any])

DependencyCacheKey: TypeAlias = tuple[Callable[..., Any] | None, tuple[str, ...], str]
"""What makes two dependencies of one request the same: callable, OAuth2 scopes, lifetime."""

IncEx: TypeAlias = (
    set[int] | set[str] | Mapping[int, Union["IncEx", bool]] | Mapping[str, Union["IncEx", bool]]
)
"""An include or exclude filter, in the form that Pydantic's serialiser takes."""

ModelNameMap: TypeAlias = dict[type[BaseModel] | type[Enum], str]
"""The name of each model and enumeration in the OpenAPI document."""


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
