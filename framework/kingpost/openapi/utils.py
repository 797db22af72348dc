"""Functions that make OpenAPI documents, under the names that FastAPI gives them."""

from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from kingpost._declare.markers import Body, ParamTypes
from kingpost._http.datastructures import DefaultPlaceholder
from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._http.types import DependencyCacheKey, ModelNameMap
from kingpost._openapi.bodies import METHODS_WITH_BODY
from kingpost._openapi.document import build_document
from kingpost._openapi.merging import deep_merge as deep_dict_update
from kingpost._openapi.responses import (
    HTTP_VALIDATION_ERROR,
    STATUS_RANGES,
    VALIDATION_ERROR,
)
from kingpost._openapi.route import fields_of
from kingpost._openapi.schemas import REF_PREFIX
from kingpost._openapi.standalone import (
    generate_operation_id,
    generate_operation_summary,
    get_definitions,
    get_flat_models_from_fields,
    get_model_name_map,
    get_openapi_operation_metadata,
    get_openapi_operation_request_body,
    get_openapi_path,
    get_schema_from_model_field,
)
from kingpost._plan.dependants import Dependant
from kingpost._plan.fields import ModelField, lenient_issubclass
from kingpost._plan.flattened import get_flat_params
from kingpost._plan.paths import generate_operation_id_for_path
from kingpost._spec.models import OpenAPI

__all__ = [
    "BaseRoute",
    "Body",
    "DefaultPlaceholder",
    "Dependant",
    "DependencyCacheKey",
    "JSONResponse",
    "KingpostDeprecationWarning",
    "METHODS_WITH_BODY",
    "ModelField",
    "ModelNameMap",
    "REF_PREFIX",
    "OpenAPI",
    "ParamTypes",
    "Response",
    "deep_dict_update",
    "generate_operation_id",
    "generate_operation_id_for_path",
    "generate_operation_summary",
    "get_definitions",
    "get_fields_from_routes",
    "get_flat_models_from_fields",
    "get_flat_params",
    "get_model_name_map",
    "get_openapi",
    "get_openapi_operation_metadata",
    "get_openapi_operation_request_body",
    "get_openapi_path",
    "get_schema_from_model_field",
    "is_body_allowed_for_status_code",
    "jsonable_encoder",
    "lenient_issubclass",
    "status_code_ranges",
    "validation_error_definition",
    "validation_error_response_definition",
]

get_openapi = build_document
status_code_ranges = STATUS_RANGES
validation_error_definition = VALIDATION_ERROR
validation_error_response_definition = HTTP_VALIDATION_ERROR
get_fields_from_routes = fields_of
