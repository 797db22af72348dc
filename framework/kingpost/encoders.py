"""Any value → data that the `json` module can write."""

from kingpost._http.encoders import (
    ENCODERS_BY_TYPE,
    PyExtraColor,
    decimal_encoder,
    encoders_by_class_tuples,
    generate_encoders_by_class_tuples,
    isoformat,
    jsonable_encoder,
)
from kingpost._http.errors import PydanticV1NotSupportedError
from kingpost._http.types import IncEx

__all__ = [
    "ENCODERS_BY_TYPE",
    "IncEx",
    "PyExtraColor",
    "PydanticV1NotSupportedError",
    "decimal_encoder",
    "encoders_by_class_tuples",
    "generate_encoders_by_class_tuples",
    "isoformat",
    "jsonable_encoder",
]
