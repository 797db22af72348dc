"""Short ways to a description, for the tests of this folder."""

from collections.abc import Callable
from typing import Any

from kingpost._openapi.document import build_document
from kingpost._openapi.route import Described, describe
from kingpost._openapi.schemas import Schemas
from kingpost._serve.route import APIRoute

Endpoint = Callable[..., Any]


def described(endpoint: Endpoint, path: str = "/", **options: Any) -> Described:
    """Describe a function as one path operation."""
    (route,) = describe([APIRoute(path, endpoint, **options)])
    return route


def schemas_of(*routes: Described) -> Schemas:
    """Make the schemas of some routes."""
    return Schemas(field for route in routes for field in route.fields())


def document(*routes: APIRoute, **options: Any) -> dict[str, Any]:
    """Make a document with a title."""
    return build_document(**{"title": "T", "version": "1", "routes": routes, **options})


def operation(
    endpoint: Endpoint, path: str = "/", method: str = "get", **options: Any
) -> dict[str, Any]:
    """Make a document of one operation and return the operation."""
    route = APIRoute(path, endpoint, methods=[method.upper()], **options)
    found: dict[str, Any] = document(route)["paths"][route.path_format][method]
    return found
