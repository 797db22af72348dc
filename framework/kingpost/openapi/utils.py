"""Functions that make OpenAPI documents, under the names that FastAPI gives them."""

from kingpost._openapi.document import build_document
from kingpost._openapi.responses import (
    HTTP_VALIDATION_ERROR,
    STATUS_RANGES,
    VALIDATION_ERROR,
)
from kingpost._openapi.route import fields_of

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
get_fields_from_routes = fields_of
