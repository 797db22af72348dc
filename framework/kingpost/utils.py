"""Small functions under the names that FastAPI gives them."""

from pydantic_core import PydanticUndefined as Undefined

from kingpost._http.datastructures import DefaultPlaceholder, DefaultType
from kingpost._http.errors import KingpostDeprecationWarning, PydanticV1NotSupportedError
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._http.unset import get_value_or_default
from kingpost._openapi.merging import deep_merge as deep_dict_update
from kingpost._plan.fields import ModelField
from kingpost._plan.paths import generate_operation_id_for_path, get_path_param_names
from kingpost._plan.response import create_model_field
from kingpost._serve.route import generate_unique_id

__all__ = [
    "DefaultPlaceholder",
    "DefaultType",
    "KingpostDeprecationWarning",
    "ModelField",
    "PydanticV1NotSupportedError",
    "Undefined",
    "create_model_field",
    "deep_dict_update",
    "generate_operation_id_for_path",
    "generate_unique_id",
    "get_path_param_names",
    "get_value_or_default",
    "is_body_allowed_for_status_code",
]
