"""Functions that make OpenAPI documents: thin views on `kingpost._openapi`."""

from collections.abc import Sequence
from typing import Any

from kingpost._openapi.document import build_document
from kingpost._openapi.responses import (
    HTTP_VALIDATION_ERROR,
    STATUS_RANGES,
    VALIDATION_ERROR,
)
from kingpost._openapi.route import describe
from kingpost._plan.fields import ModelField

__all__ = [
    "get_fields_from_routes",
    "get_openapi",
    "status_code_ranges",
    "validation_error_definition",
    "validation_error_response_definition",
]

get_openapi = build_document
status_code_ranges = STATUS_RANGES
validation_error_definition = VALIDATION_ERROR
validation_error_response_definition = HTTP_VALIDATION_ERROR


def get_fields_from_routes(routes: Sequence[Any]) -> list[ModelField]:
    """Return every value that the document of some routes shows: parameters, bodies, responses."""
    return [field for route in describe(routes) for field in route.fields()]
