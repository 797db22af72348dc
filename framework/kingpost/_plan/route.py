"""A declared path operation → its plan."""

import operator
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from starlette.routing import get_name

from kingpost._declare.markers import Depends
from kingpost._declare.route import RouteDeclaration
from kingpost._plan.body import plan_body
from kingpost._plan.dependencies import is_open, plan_call, with_more_first
from kingpost._plan.errors import PlanError, locate
from kingpost._plan.model import CallPlan, RoutePlan
from kingpost._plan.paths import path_names, path_parts
from kingpost._plan.response import extra_responses, plan_response
from kingpost._plan.signature import look_of

__all__ = ["plan_route", "plan_websocket"]


def plan_route(
    declaration: RouteDeclaration, unique_id: str, inner: RoutePlan | None = None
) -> RoutePlan:
    """Plan a path operation.

    Args:
        declaration: The operation, with the options of the routers around it.
        unique_id: Its id in the documents.
        inner: Its plan before it was included in a router: what the router does not change is
            taken over.

    Raises:
        PlanError: The declaration cannot work.
        DependencyScopeError: A dependency would outlive one that it needs.
    """
    methods = tuple(sorted(declaration.methods))
    context = locate(declaration.endpoint)
    context["path"] = f"{' '.join(methods)} {declaration.path}"
    with _named(context["path"]):
        endpoint = _plan_endpoint(declaration, inner)
        is_same = inner is not None and endpoint is inner.endpoint
        return RoutePlan(
            path=declaration.path,
            path_format=path_parts(declaration.path)[0],
            name=declaration.name,
            methods=methods,
            endpoint=endpoint,
            body=inner.body if inner is not None and is_same else plan_body(endpoint),
            response=plan_response(declaration, unique_id),
            extra_responses=extra_responses(declaration, unique_id),
            unique_id=unique_id,
            context=context,
            strict_content_type=bool(declaration.strict_content_type),
            max_body_size=declaration.max_body_size,
            form_limits=declaration.form_limits,
            declared=look_of(declaration.endpoint),
        )


def _plan_endpoint(declaration: RouteDeclaration, inner: RoutePlan | None) -> CallPlan:
    call, first = declaration.endpoint, declaration.dependencies
    names = path_names(declaration.path)
    if (
        inner is not None
        and inner.endpoint.call is call
        # Packages give methods of classes another signature before they include them.
        and inner.declared == look_of(call)
        and path_names(inner.path) == names
        and not is_open(inner.endpoint)
    ):
        planned = [each.marker for each in inner.endpoint.dependencies if each.name is None]
        new = len(first) - len(planned)
        if new >= 0 and all(map(operator.is_, first[new:], planned)):
            return with_more_first(inner.endpoint, first[:new], path_names=names)
    return plan_call(call, path_names=names, first=first)


def plan_websocket(
    path: str, endpoint: Callable[..., Any], name: str | None, dependencies: Sequence[Depends]
) -> RoutePlan:
    """Plan a WebSocket operation.

    Args:
        path: Where it is served.
        endpoint: The function.
        name: For `url_path_for`; by default the function's name.
        dependencies: To run before its own, results discarded.

    Raises:
        PlanError: The declaration cannot work.
        DependencyScopeError: A dependency would outlive one that it needs.
    """
    context = locate(endpoint)
    context["path"] = f"WS {path}"
    with _named(context["path"]):
        call = plan_call(endpoint, path_names=path_names(path), first=dependencies)
    return RoutePlan(
        path=path,
        path_format=path_parts(path)[0],
        name=get_name(endpoint) if name is None else name,
        methods=(),
        endpoint=call,
        body=None,
        response=None,
        extra_responses={},
        unique_id="",
        context=context,
        strict_content_type=True,
        max_body_size=None,
        form_limits={},
    )


@contextmanager
def _named(route: str) -> Iterator[None]:
    """Let an error say of which route it speaks."""
    try:
        yield
    except PlanError as exc:
        exc.context["path"] = route
        raise
