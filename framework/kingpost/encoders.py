"""Any value → data that the `json` module can write."""

from kingpost._http.encoders import (
    ENCODERS_BY_TYPE,
    decimal_encoder,
    generate_encoders_by_class_tuples,
    isoformat,
    jsonable_encoder,
)

__all__ = [
    "ENCODERS_BY_TYPE",
    "decimal_encoder",
    "generate_encoders_by_class_tuples",
    "isoformat",
    "jsonable_encoder",
]
