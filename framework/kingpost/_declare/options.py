"""Every long option list, written and documented once.

The functions that take these lists say ``**options: Unpack[...]``; type checkers and editors
complete the keys from here.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from re import Pattern
from typing import Any, Literal, TypedDict

from pydantic import AliasChoices, AliasPath
from pydantic.types import Discriminator
from starlette.responses import Response
from starlette.routing import BaseRoute
from typing_extensions import deprecated

from kingpost._http.types import FormLimits, IncEx

__all__ = ["CONSTRAINTS", "IncludeOptions", "OperationOptions", "ParamOptions", "SharedOptions"]

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
    example: Any
    """Deprecated: `examples`."""
    openapi_examples: dict[str, Any] | None
    """Named examples for the documents, beside the schema."""
    deprecated: deprecated | str | bool | None
    include_in_schema: bool
    """False hides the parameter from OpenAPI."""
    json_schema_extra: dict[str, Any] | Callable[[dict[str, Any]], None] | None


class SharedOptions(TypedDict, total=False):
    """What the application, a router, an inclusion and an operation can all say.

    An inner list is added to the outer one; of single values the nearest to the operation wins.
    """

    tags: list[str | Enum] | None
    dependencies: Sequence[Any] | None
    """`Depends(...)` to run before the operation's own, results discarded."""
    responses: dict[int | str, dict[str, Any]] | None
    """Further answers to document, by status."""
    deprecated: bool | None
    """True marks the operations; a mark is not taken back further in."""
    include_in_schema: bool
    """False hides the operations from OpenAPI; not taken back further in."""
    callbacks: list[BaseRoute] | None
    """Routes to document as OpenAPI callbacks."""
    generate_unique_id_function: Callable[[Any], str]
    """Makes the operation id of a route."""
    max_body_size: int | None
    """Bytes that a request's body may have; more answers 413."""
    form_limits: FormLimits | None


class IncludeOptions(SharedOptions, total=False):
    """The options of `include_router`."""

    prefix: str
    """Put in front of every path; starts with a slash and does not end with one."""
    default_response_class: type[Response]
    """For operations that name none."""


class OperationOptions(SharedOptions, total=False):
    """The options of a path operation."""

    response_model: Any
    """Validates, filters, serialises and documents the result; None switches that off. Without it
    the return annotation is used."""
    status_code: int | None
    summary: str | None
    """By default made of the function's name."""
    description: str | None
    """By default the function's docstring, up to a form feed."""
    response_description: str
    operation_id: str | None
    response_model_include: IncEx | None
    response_model_exclude: IncEx | None
    response_model_by_alias: bool
    response_model_exclude_unset: bool
    response_model_exclude_defaults: bool
    response_model_exclude_none: bool
    response_class: type[Response]
    name: str | None
    """For `url_path_for`; by default the function's name."""
    openapi_extra: dict[str, Any] | None
    """Merged into the operation in OpenAPI."""
