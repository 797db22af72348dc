"""`fastapi._compat`: a private module elsewhere, whose names published packages import."""

import copy
import sys
from collections import deque
from collections.abc import Sequence
from typing import Annotated, Any, ForwardRef, get_args, get_origin

import pydantic
from pydantic import BaseModel, ConfigDict, PydanticSchemaGenerationError, create_model
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, Url
from pydantic_core.core_schema import with_info_plain_validator_function

from kingpost._declare.markers import Body
from kingpost._openapi.standalone import (
    get_definitions,
    get_flat_models_from_fields,
    get_model_name_map,
    get_schema_from_model_field,
)
from kingpost._plan.fields import (
    ModelField,
    holds_old_model,
    is_scalar,
    is_scalar_sequence,
    is_sequence,
    is_upload,
    lenient_issubclass,
    missing_error,
    union_members,
)
from kingpost._plan.signature import get_typed_annotation

__all__ = [
    "PYDANTIC_VERSION_MINOR_TUPLE",
    "ModelField",
    "PydanticSchemaGenerationError",
    "RequiredParam",
    "Undefined",
    "Url",
    "annotation_is_pydantic_v1",
    "copy_field_info",
    "create_body_model",
    "evaluate_forwardref",
    "field_annotation_is_scalar",
    "field_annotation_is_scalar_sequence",
    "field_annotation_is_sequence",
    "get_cached_model_fields",
    "get_definitions",
    "get_flat_models_from_fields",
    "get_missing_field_error",
    "get_model_name_map",
    "get_schema_from_model_field",
    "is_bytes_or_nonable_bytes_annotation",
    "is_bytes_sequence_annotation",
    "is_pydantic_v1_model_instance",
    "is_scalar_field",
    "is_uploadfile_or_nonable_uploadfile_annotation",
    "is_uploadfile_sequence_annotation",
    "lenient_issubclass",
    "sequence_types",
    "serialize_sequence_value",
    "value_is_sequence",
    "with_info_plain_validator_function",
]

PYDANTIC_VERSION_MINOR_TUPLE = tuple(int(part) for part in pydantic.VERSION.split(".")[:2])
RequiredParam: Any = PydanticUndefined
Undefined: Any = PydanticUndefined
sequence_types: tuple[type[Any], ...] = (Sequence, list, tuple, set, frozenset, deque)

annotation_is_pydantic_v1 = holds_old_model
field_annotation_is_scalar_sequence = is_scalar_sequence
field_annotation_is_sequence = is_sequence
get_missing_field_error = missing_error


# --- questions ------------------------------------------------------------------------------


def field_annotation_is_scalar(annotation: Any) -> bool:
    """Tell whether one piece of text can stand for a value of the type."""
    return annotation is Ellipsis or is_scalar(annotation)


def value_is_sequence(value: Any) -> bool:
    """Tell whether a value is a sequence other than text."""
    return isinstance(value, sequence_types) and not isinstance(value, str | bytes)


def is_bytes_or_nonable_bytes_annotation(annotation: Any) -> bool:
    """Tell whether a type is `bytes`, or may be it."""
    return any(lenient_issubclass(member, bytes) for member in union_members(annotation))


def is_bytes_sequence_annotation(annotation: Any) -> bool:
    """Tell whether a type is a sequence of `bytes`, or may be one."""
    return any(
        is_sequence(member)
        and all(is_bytes_or_nonable_bytes_annotation(arg) for arg in get_args(member))
        for member in union_members(annotation)
    )


def is_uploadfile_or_nonable_uploadfile_annotation(annotation: Any) -> bool:
    """Tell whether a type is a file, or may be one."""
    return is_upload(annotation)


def is_uploadfile_sequence_annotation(annotation: Any) -> bool:
    """Tell whether a type is a sequence of files, or may be one."""
    return any(
        is_sequence(member) and all(is_upload(arg) for arg in get_args(member))
        for member in union_members(annotation)
    )


def is_pydantic_v1_model_instance(obj: Any) -> bool:
    """Tell whether a value is a model of Pydantic's version 1."""
    return holds_old_model(type(obj))


def is_scalar_field(field: ModelField) -> bool:
    """Tell whether one piece of text outside the body can stand for a field's value."""
    return is_scalar(field.type_) and not isinstance(field.field_info, Body)


# --- fields and models ----------------------------------------------------------------------


def copy_field_info(*, field_info: FieldInfo, annotation: Any) -> FieldInfo:
    """Return a field like another one, of another type.

    Args:
        field_info: The field.
        annotation: The type; constraints in `Annotated` take the place of the field's.
    """
    copied = copy.copy(field_info)
    copied.annotation = annotation
    if get_origin(annotation) is Annotated:
        copied.annotation, *metadata = get_args(annotation)
        copied.metadata = metadata
    else:
        copied.metadata = []
    return copied


def create_body_model(
    *, fields: Sequence[ModelField], model_name: str, config: ConfigDict | None = None
) -> type[BaseModel]:
    """Return a model of some fields.

    Args:
        fields: The fields.
        model_name: The model's name.
        config: Its settings.
    """
    definitions: dict[str, Any] = {field.name: field.definition for field in fields}
    return create_model(model_name, __config__=config, **definitions)


def get_cached_model_fields(model: type[BaseModel]) -> list[ModelField]:
    """Return a model's fields."""
    return [ModelField(info, name) for name, info in model.model_fields.items()]


def serialize_sequence_value(*, field: ModelField, value: Any) -> Sequence[Any]:
    """Return a value as the kind of sequence that a field takes."""
    for member in union_members(field.type_):
        cls = get_origin(member) or member
        if cls in sequence_types and cls is not Sequence:
            made: Sequence[Any] = cls(value)
            return made
    return list(value)


def evaluate_forwardref(
    value: Any, globalns: dict[str, Any] | None = None, localns: dict[str, Any] | None = None
) -> Any:
    """Return what a name in an annotation stands for; the name itself where that is not known."""
    text = value.__forward_arg__ if isinstance(value, ForwardRef) else value
    return get_typed_annotation(text, {**(globalns or {}), **(localns or {})})


# Elsewhere it is a package; its parts have the same names.
shared = v2 = sys.modules[__name__]
