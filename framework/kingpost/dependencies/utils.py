"""Signatures read and calls filled step by step, under the names that FastAPI gives the steps."""

from kingpost._http.multipart import ensure_multipart_is_installed
from kingpost._plan.dependants import get_dependant, get_parameterless_sub_dependant
from kingpost._plan.fields import lenient_issubclass
from kingpost._plan.flattened import get_body_field as _get_body_field
from kingpost._plan.flattened import get_flat_body_params as _get_flat_body_params
from kingpost._plan.flattened import get_flat_params
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
    "ParamDetails",
    "SolvedDependency",
    "analyze_param",
    "ensure_multipart_is_installed",
    "get_dependant",
    "get_flat_params",
    "get_parameterless_sub_dependant",
    "get_stream_item_type",
    "get_typed_annotation",
    "get_typed_return_annotation",
    "get_typed_signature",
    "request_body_to_args",
    "request_params_to_args",
    "solve_dependencies",
    "_get_body_field",
    "_get_flat_body_params",
    "lenient_issubclass",
]
