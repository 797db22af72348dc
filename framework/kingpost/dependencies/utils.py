"""Signatures read and calls filled step by step, under the names that FastAPI gives the steps."""

from pydantic_core import PydanticUndefined as Undefined
from starlette.background import BackgroundTasks as StarletteBackgroundTasks
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, Headers, ImmutableMultiDict, QueryParams, UploadFile
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from kingpost._declare.security.oauth2 import SecurityScopes
from kingpost._http.background import BackgroundTasks
from kingpost._http.concurrency import contextmanager_in_threadpool
from kingpost._http.errors import DependencyScopeError
from kingpost._http.multipart import (
    ensure_multipart_is_installed,
    multipart_incorrect_install_error,
    multipart_not_installed_error,
)
from kingpost._http.types import DependencyCacheKey
from kingpost._plan.dependants import Dependant, get_dependant, get_parameterless_sub_dependant
from kingpost._plan.fields import ModelField, lenient_issubclass
from kingpost._plan.filling import (
    add_non_field_param_to_dependency,
    add_param_to_fields,
    get_validation_alias,
)
from kingpost._plan.flattened import get_body_field as _get_body_field
from kingpost._plan.flattened import get_flat_body_params as _get_flat_body_params
from kingpost._plan.flattened import get_flat_params
from kingpost._plan.paths import get_path_param_names
from kingpost._plan.response import create_model_field
from kingpost._plan.response import stream_item_type as get_stream_item_type
from kingpost._plan.signature import get_typed_annotation, get_typed_return_annotation
from kingpost._plan.signature import signature_of as get_typed_signature
from kingpost._serve.standalone import (
    ParamDetails,
    SolvedDependency,
    analyze_param,
    request_body_to_args,
    request_params_to_args,
    solve_dependencies,
)

# The last three are private elsewhere too, and imported by published packages all the same.
__all__ = [
    "BackgroundTasks",
    "Dependant",
    "DependencyCacheKey",
    "DependencyScopeError",
    "FormData",
    "HTTPConnection",
    "Headers",
    "ImmutableMultiDict",
    "ModelField",
    "ParamDetails",
    "QueryParams",
    "Request",
    "Response",
    "SecurityScopes",
    "SolvedDependency",
    "StarletteBackgroundTasks",
    "Undefined",
    "UploadFile",
    "WebSocket",
    "_get_body_field",
    "_get_flat_body_params",
    "add_non_field_param_to_dependency",
    "add_param_to_fields",
    "analyze_param",
    "contextmanager_in_threadpool",
    "create_model_field",
    "ensure_multipart_is_installed",
    "get_dependant",
    "get_flat_params",
    "get_parameterless_sub_dependant",
    "get_path_param_names",
    "get_stream_item_type",
    "get_typed_annotation",
    "get_typed_return_annotation",
    "get_typed_signature",
    "get_validation_alias",
    "lenient_issubclass",
    "multipart_incorrect_install_error",
    "multipart_not_installed_error",
    "request_body_to_args",
    "request_params_to_args",
    "run_in_threadpool",
    "solve_dependencies",
]
