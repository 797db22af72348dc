"""What the tests of the plan have in common: a declaration that says nothing but what is given."""

from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse

from kingpost._declare.route import RouteDeclaration
from kingpost._http.unset import Default
from kingpost._plan.model import RoutePlan
from kingpost._plan.route import plan_route


def declare(endpoint: Callable[..., Any], path: str = "/", **options: Any) -> RouteDeclaration:
    """Return the declaration of an operation."""
    silent: dict[str, Any] = {
        "path": path,
        "endpoint": endpoint,
        "name": endpoint.__name__,
        "methods": frozenset({"GET"}),
        "response_model": Default(None),
        "status_code": None,
        "tags": [],
        "dependencies": [],
        "summary": None,
        "description": None,
        "response_description": "",
        "responses": {},
        "deprecated": None,
        "operation_id": None,
        "response_model_include": None,
        "response_model_exclude": None,
        "response_model_by_alias": True,
        "response_model_exclude_unset": False,
        "response_model_exclude_defaults": False,
        "response_model_exclude_none": False,
        "include_in_schema": True,
        "response_class": Default(JSONResponse),
        "callbacks": [],
        "openapi_extra": None,
        "generate_unique_id_function": Default(str),
        "strict_content_type": Default(True),
        "max_body_size": None,
        "form_limits": {},
    }
    return RouteDeclaration(**{**silent, **options})


def planned(endpoint: Callable[..., Any], path: str = "/", **options: Any) -> RoutePlan:
    """Return the plan of an operation."""
    return plan_route(declare(endpoint, path, **options), "id")
