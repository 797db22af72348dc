"""What can be said of a parameter, written and documented once.

The functions that take these options say ``**options: Unpack[ParamOptions]``; type checkers and
editors complete the keys from here.
"""

from collections.abc import Callable
from re import Pattern
from typing import Any, Literal, TypedDict

from pydantic import AliasChoices, AliasPath
from pydantic.types import Discriminator
from typing_extensions import deprecated

from kingpost._http.signatures import Options
from kingpost._http.unset import Unset

__all__ = ["CONSTRAINTS", "PARAMETER", "ParamOptions"]

CONSTRAINTS = frozenset({"gt", "ge", "lt", "le", "min_length", "max_length", "pattern"})
"""Options of which None means that there is no such bound."""


class ParamOptions(TypedDict, total=False):
    """What can be said of a parameter; the names and meanings are those of Pydantic's `Field`."""

    default_factory: Callable[[], Any] | None
    """Makes the default for each request that needs it."""
    alias: str | None
    """The name in the request, where it differs from the parameter's."""
    alias_priority: int | None
    validation_alias: str | AliasPath | AliasChoices | None
    """The name to read, where it differs from the one to document."""
    serialization_alias: str | None
    title: str | None
    description: str | None
    gt: float | None
    ge: float | None
    lt: float | None
    le: float | None
    min_length: int | None
    max_length: int | None
    pattern: str | Pattern[str] | None
    regex: str | None
    """Deprecated: `pattern`."""
    discriminator: str | Discriminator | None
    strict: bool | None
    validate_default: bool | None
    """Check the default as a request's value is checked."""
    union_mode: Literal["smart", "left_to_right"] | None
    fail_fast: bool | None
    multiple_of: float | None
    allow_inf_nan: bool | None
    max_digits: int | None
    decimal_places: int | None
    examples: list[Any] | None
    """Examples for the schema."""
    example: Any | None
    """Deprecated: `examples`."""
    openapi_examples: dict[str, Any] | None
    """Named examples for the documents, beside the schema."""
    deprecated: deprecated | str | bool | None
    include_in_schema: bool
    """False hides the parameter from OpenAPI."""
    json_schema_extra: dict[str, Any] | Callable[[dict[str, Any]], None] | None


_ALIASES = "alias alias_priority validation_alias serialization_alias"
_REST = """
    title description gt ge lt le min_length max_length pattern regex discriminator strict
    validate_default union_mode fail_fast multiple_of allow_inf_nan max_digits decimal_places
    examples example openapi_examples deprecated include_in_schema json_schema_extra
"""
_NO_BOUNDS = dict.fromkeys([*CONSTRAINTS, "regex", "openapi_examples"])
_DEFAULTS = {**dict.fromkeys(ParamOptions.__annotations__, Unset), **_NO_BOUNDS} | {
    "include_in_schema": True
}


def _types() -> dict[str, Any]:
    # Imported here: the module is slow to import, and few programs ask for a signature.
    from kingpost._spec.models import Example

    return {"openapi_examples": dict[str, Example] | None}


PARAMETER = Options(
    ParamOptions,
    f"default_factory annotation embed media_type {_ALIASES} convert_underscores {_REST}",
    _DEFAULTS,
    _types,
)
"""The options of the functions and classes that declare a parameter."""
