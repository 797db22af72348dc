"""A path operation as it was written, and how the options of routers combine with it."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from starlette.responses import Response
from starlette.routing import BaseRoute

from kingpost._declare.markers import Depends
from kingpost._http.types import FormLimits, IncEx
from kingpost._http.unset import Unset, first_given

__all__ = ["RouteDeclaration", "RouterDeclaration", "combine", "nearest"]

T = TypeVar("T")


@dataclasses.dataclass(slots=True)
class RouterDeclaration:
    """What an application, a router or an inclusion says of all operations inside it.

    A `DefaultPlaceholder` means "not said here".
    """

    prefix: str = ""
    tags: list[str | Enum] = dataclasses.field(default_factory=list)
    dependencies: list[Depends] = dataclasses.field(default_factory=list)
    default_response_class: type[Response] = Unset
    responses: dict[int | str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    callbacks: list[BaseRoute] = dataclasses.field(default_factory=list)
    deprecated: bool | None = None
    include_in_schema: bool = True
    generate_unique_id_function: Callable[[Any], str] = Unset
    strict_content_type: bool = Unset
    max_body_size: int | None = None
    form_limits: FormLimits = dataclasses.field(default_factory=FormLimits)
    merge_injected_response: bool | None = None


@dataclasses.dataclass(slots=True)
class RouteDeclaration:
    """A path operation with its options; the names are those of the decorators' arguments."""

    path: str
    endpoint: Callable[..., Any]
    name: str
    methods: frozenset[str]
    response_model: Any
    status_code: int | None
    tags: list[str | Enum]
    dependencies: list[Depends]
    summary: str | None
    description: str | None
    response_description: str
    responses: Mapping[int | str, Mapping[str, Any]]
    deprecated: bool | None
    operation_id: str | None
    response_model_include: IncEx | None
    response_model_exclude: IncEx | None
    response_model_by_alias: bool
    response_model_exclude_unset: bool
    response_model_exclude_defaults: bool
    response_model_exclude_none: bool
    include_in_schema: bool
    response_class: type[Response]
    callbacks: Sequence[BaseRoute]
    openapi_extra: dict[str, Any] | None
    generate_unique_id_function: Callable[[Any], str]
    strict_content_type: bool
    max_body_size: int | None
    form_limits: FormLimits
    merge_injected_response: bool | None = None


def combine(outer: RouterDeclaration, route: RouteDeclaration) -> RouteDeclaration:
    """Return `route` as it is inside `outer`.

    Lists of the outer come first; responses of the inner overlay those of the outer; of single
    values the inner one wins where it was given; a mark (`deprecated`, hidden) is never taken back.
    """
    return dataclasses.replace(
        route,
        path=outer.prefix + route.path,
        tags=[*outer.tags, *route.tags],
        dependencies=[*outer.dependencies, *route.dependencies],
        responses={**outer.responses, **route.responses},
        callbacks=[*outer.callbacks, *route.callbacks],
        deprecated=route.deprecated or outer.deprecated,
        include_in_schema=route.include_in_schema and outer.include_in_schema,
        response_class=first_given(route.response_class, outer.default_response_class),
        generate_unique_id_function=first_given(
            route.generate_unique_id_function, outer.generate_unique_id_function
        ),
        strict_content_type=first_given(route.strict_content_type, outer.strict_content_type),
        max_body_size=nearest(route.max_body_size, outer.max_body_size),
        form_limits={**outer.form_limits, **route.form_limits},
        merge_injected_response=nearest(
            route.merge_injected_response, outer.merge_injected_response
        ),
    )


def nearest(inner: T | None, outer: T | None) -> T | None:
    """Return what is said nearer to the operation; None says nothing."""
    return outer if inner is None else inner
