"""The options of routers and of their methods: order and defaults, one table for each list."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from kingpost._declare.operations import (
    OPERATION_ORDER,
    CallbackOptions,
    IncludeOptions,
    OperationOptions,
    RouteOptions,
    SharedOptions,
    TagOptions,
    VerbOptions,
)
from kingpost._http.signatures import Options
from kingpost._http.unset import Default, DefaultPlaceholder
from kingpost._serve.route import (
    OPERATION_DEFAULTS,
    APIRoute,
    generate_unique_id,
    with_placeholders,
)

__all__ = [
    "APPLICATION_INCLUDE",
    "APPLICATION_OPERATION",
    "APPLICATION_REGISTER",
    "GROUP_DEFAULTS",
    "INCLUDE",
    "REGISTER",
    "ROUTER",
    "RouterOptions",
    "VERB",
]


class RouterOptions(SharedOptions, TagOptions, CallbackOptions, total=False):
    """The options of `APIRouter`."""

    prefix: str
    """Put in front of every path; starts with a slash and does not end with one."""
    default_response_class: type[Response]
    """For operations that name none."""
    routes: list[BaseRoute] | None
    """Deprecated: use the decorators."""
    redirect_slashes: bool
    """Redirect to the path with or without a slash at its end, where only that one is served."""
    default: ASGIApp | None
    """Answers what no route serves."""
    dependency_overrides_provider: Any | None
    """Holds the dependency overrides: the application."""
    route_class: type[APIRoute]
    """The class of the operations."""
    on_startup: Sequence[Callable[[], Any]] | None
    on_shutdown: Sequence[Callable[[], Any]] | None
    lifespan: Callable[[Any], Any] | None
    """Runs around the application's life; what it yields is each request's state."""
    strict_content_type: bool
    """False reads a body without a Content-Type as JSON."""


GROUP_DEFAULTS: dict[str, Any] = {
    "prefix": "",
    "default_response_class": Default(JSONResponse),
    "redirect_slashes": True,
    "route_class": APIRoute,
    "include_in_schema": True,
    "generate_unique_id_function": Default(generate_unique_id),
    "strict_content_type": Default(True),
}
"""What the options of a group of operations are where they are not given, but for those that are
None."""


def _unique_id() -> dict[str, Any]:
    return {"generate_unique_id_function": Callable[[APIRoute], str]}


def _router_types() -> dict[str, Any]:
    lifespan = (
        Callable[[Any], AbstractAsyncContextManager[None]]
        | Callable[[Any], AbstractAsyncContextManager[Mapping[str, Any]]]
        | None
    )
    return _unique_id() | {"lifespan": lifespan}


def _class_or_placeholder() -> dict[str, Any]:
    return _unique_id() | {"response_class": type[Response] | DefaultPlaceholder}


VERB = Options(VerbOptions, OPERATION_ORDER, OPERATION_DEFAULTS, _unique_id)
"""The decorators for one method, and a router's decorator for several."""
REGISTER = Options(RouteOptions, OPERATION_ORDER, OPERATION_DEFAULTS, with_placeholders)
"""`APIRouter.add_api_route`."""
APPLICATION_OPERATION = Options(OperationOptions, OPERATION_ORDER, OPERATION_DEFAULTS, _unique_id)
"""The application's decorator for several methods."""
APPLICATION_REGISTER = Options(
    OperationOptions, OPERATION_ORDER, OPERATION_DEFAULTS, _class_or_placeholder
)
"""`Kingpost.add_api_route`."""
INCLUDE = Options(
    IncludeOptions,
    """
    prefix tags dependencies default_response_class responses callbacks deprecated include_in_schema
    generate_unique_id_function max_body_size form_limits
    """,
    GROUP_DEFAULTS,
    _unique_id,
)
"""`APIRouter.include_router`."""
APPLICATION_INCLUDE = Options(
    IncludeOptions,
    """
    prefix tags dependencies responses deprecated include_in_schema default_response_class callbacks
    generate_unique_id_function max_body_size form_limits
    """,
    GROUP_DEFAULTS,
    _unique_id,
)
"""`Kingpost.include_router`."""
ROUTER = Options(
    RouterOptions,
    """
    prefix tags dependencies default_response_class responses callbacks routes redirect_slashes
    default dependency_overrides_provider route_class on_startup on_shutdown lifespan deprecated
    include_in_schema generate_unique_id_function strict_content_type max_body_size form_limits
    """,
    GROUP_DEFAULTS,
    _router_types,
)
"""`APIRouter`."""
