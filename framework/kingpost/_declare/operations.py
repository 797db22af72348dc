"""What can be said of operations, alone or in groups, written and documented once.

The functions that take these lists say ``**options: Unpack[...]``; type checkers and editors
complete the keys from here.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, TypedDict

from starlette.responses import Response
from starlette.routing import BaseRoute

from kingpost._declare.markers import Depends
from kingpost._http.types import FormLimits, IncEx

__all__ = [
    "OPERATION_ORDER",
    "ROUTE_ORDER",
    "CallbackOptions",
    "IncludeOptions",
    "OperationOptions",
    "RouteOptions",
    "SharedOptions",
    "TagOptions",
    "VerbOptions",
]


class SharedOptions(TypedDict, total=False):
    """What the application, a router, an inclusion and an operation can all say.

    An inner list is added to the outer one; of single values the nearest to the operation wins.
    """

    dependencies: Sequence[Depends] | None
    """`Depends(...)` to run before the operation's own, results discarded."""
    responses: dict[int | str, dict[str, Any]] | None
    """Further answers to document, by status."""
    deprecated: bool | None
    """True marks the operations; a mark is not taken back further in."""
    include_in_schema: bool
    """False hides the operations from OpenAPI; not taken back further in."""
    generate_unique_id_function: Callable[[Any], str]
    """Makes the operation id of a route."""
    merge_injected_response: bool | None
    """True keeps what was set on an injected `Response`, and injected background tasks, also where
    the function returns a `Response` of its own. FastAPI has no such option."""
    max_body_size: int | None
    """Bytes that a request's body may have; more answers 413."""
    form_limits: FormLimits | None


class TagOptions(TypedDict, total=False):
    """What all of these but the application can say as well."""

    tags: list[str | Enum] | None
    """Groups for the documents; an inner list is added to the outer one."""


class CallbackOptions(TypedDict, total=False):
    """What all of these but some methods of the application can say as well."""

    callbacks: list[BaseRoute] | None
    """Routes to document as OpenAPI callbacks."""


class IncludeOptions(SharedOptions, TagOptions, CallbackOptions, total=False):
    """The options of `include_router`."""

    prefix: str
    """Put in front of every path; starts with a slash and does not end with one."""
    default_response_class: type[Response]
    """For operations that name none."""


class OperationOptions(SharedOptions, TagOptions, total=False):
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


class VerbOptions(OperationOptions, CallbackOptions, total=False):
    """The options of the decorators for one method."""


class RouteOptions(VerbOptions, total=False):
    """The options of `APIRoute`, and of routers where they make one."""

    methods: set[str] | list[str] | None
    strict_content_type: bool
    """False reads a body without a Content-Type as JSON."""


_FIRST = """
    response_model status_code tags dependencies summary description response_description responses
    deprecated
"""
_MIDDLE = """
    operation_id response_model_include response_model_exclude response_model_by_alias
    response_model_exclude_unset response_model_exclude_defaults response_model_exclude_none
    include_in_schema response_class
"""
_LAST = """
    callbacks openapi_extra generate_unique_id_function strict_content_type max_body_size
    form_limits
"""
OPERATION_ORDER = f"{_FIRST} methods {_MIDDLE} name route_class_override {_LAST}"
"""The order of the options where operations are registered."""
ROUTE_ORDER = f"{_FIRST} name methods {_MIDDLE} dependency_overrides_provider {_LAST}"
"""The order of the options of `APIRoute`."""
