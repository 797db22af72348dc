"""A declared path operation → its plan."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from starlette.routing import compile_path, get_name
from typing_extensions import deprecated

from kingpost._declare.markers import Depends
from kingpost._declare.route import RouteDeclaration
from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._plan.body import plan_body
from kingpost._plan.dependencies import plan_call
from kingpost._plan.errors import PlanError, locate
from kingpost._plan.model import RoutePlan
from kingpost._plan.response import extra_responses, plan_response

__all__ = [
    "generate_operation_id_for_path",
    "get_path_param_names",
    "path_names",
    "plan_route",
    "plan_websocket",
]


def path_names(path: str) -> frozenset[str]:
    """Return the names of the parameters in a path.

    In: ``/files/{file_path:path}``. Out: ``{"file_path"}``.
    """
    return frozenset(re.findall(r"{([^:}]*)(?::[^}]*)?}", path))


def get_path_param_names(path: str) -> set[str]:
    """Return what stands between braces in a path, a converter's name included."""
    return set(re.findall("{(.*?)}", path))


@deprecated(
    "generate_operation_id_for_path() was deprecated, it is not used internally, and will be "
    "removed soon: use generate_unique_id().",
    category=KingpostDeprecationWarning,
)
def generate_operation_id_for_path(*, name: str, path: str, method: str) -> str:
    """Return an operation id made of name, path and method. Deprecated: `generate_unique_id`."""
    return re.sub(r"\W", "_", f"{name}{path}") + f"_{method.lower()}"


def plan_route(declaration: RouteDeclaration, unique_id: str) -> RoutePlan:
    """Plan a path operation.

    Args:
        declaration: The operation, with the options of the routers around it.
        unique_id: Its id in the documents.

    Raises:
        PlanError: The declaration cannot work.
        DependencyScopeError: A dependency would outlive one that it needs.
    """
    methods = tuple(sorted(declaration.methods))
    context = locate(declaration.endpoint)
    context["path"] = f"{' '.join(methods)} {declaration.path}"
    with _named(context["path"]):
        endpoint = plan_call(
            declaration.endpoint,
            path_names=path_names(declaration.path),
            first=declaration.dependencies,
        )
        return RoutePlan(
            path=declaration.path,
            path_format=compile_path(declaration.path)[1],
            name=declaration.name,
            methods=methods,
            endpoint=endpoint,
            body=plan_body(endpoint),
            response=plan_response(declaration, unique_id),
            extra_responses=extra_responses(declaration, unique_id),
            unique_id=unique_id,
            context=context,
            strict_content_type=bool(declaration.strict_content_type),
            max_body_size=declaration.max_body_size,
            form_limits=declaration.form_limits,
        )


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
        path_format=compile_path(path)[1],
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
