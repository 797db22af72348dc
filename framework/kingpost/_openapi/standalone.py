"""The steps of making a document one by one, for packages that take them on their own.

They hand each other the schemas of fields in a dict, which is what FastAPI's functions of these
names take. Ours know without them what they name; the dict says only which fields there are.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any, Literal, TypeAlias, get_args

from pydantic import BaseModel

from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._http.stack import user_stacklevel
from kingpost._openapi.operation import Operations, summary_of
from kingpost._openapi.parameters import examples_of
from kingpost._openapi.route import Described, Documented, describe_one
from kingpost._openapi.schemas import REF_PREFIX, Schemas
from kingpost._plan.fields import ModelField, strip_annotated
from kingpost._plan.paths import generate_operation_id_for_path

__all__ = [
    "generate_operation_id",
    "generate_operation_summary",
    "get_definitions",
    "get_flat_models_from_fields",
    "get_model_name_map",
    "get_openapi_operation_metadata",
    "get_openapi_operation_request_body",
    "get_openapi_path",
    "get_schema_from_model_field",
]

Model: TypeAlias = type[BaseModel] | type[Enum]
Names: TypeAlias = dict[Model, str]
FieldMapping: TypeAlias = dict[
    tuple[ModelField, Literal["validation", "serialization"]], dict[str, Any]
]


def get_flat_models_from_fields(
    fields: Sequence[ModelField], known_models: set[Model]
) -> set[Model]:
    """Return every model and every enumeration that the fields have in them, at any depth.

    Args:
        fields: The values of a document.
        known_models: Models that are known already; they are in the result.
    """
    found = set(known_models)
    for field in fields:
        _collect(field.type_, found)
    return found


def _collect(type_: Any, found: set[Model]) -> None:
    type_ = strip_annotated(type_)
    for part in get_args(type_):
        _collect(part, found)
    if not isinstance(type_, type) or type_ in found:
        return
    if issubclass(type_, Enum):
        found.add(type_)
    elif issubclass(type_, BaseModel):
        found.add(type_)
        for info in type_.model_fields.values():
            _collect(info.annotation, found)


def get_model_name_map(unique_models: set[Model]) -> Names:
    """Return the name of each model in a document: its own, with its module where two share it."""
    by_name: dict[str, list[Model]] = {}
    for model in unique_models:
        by_name.setdefault(model.__name__, []).append(model)
    return {
        model: name if len(models) == 1 else _long_name(model)
        for name, models in by_name.items()
        for model in models
    }


def _long_name(model: Model) -> str:
    return f"{model.__module__}__{model.__qualname__}".replace(".", "__")


def get_definitions(
    *,
    fields: Sequence[ModelField],
    model_name_map: Names,
    separate_input_output_schemas: bool = True,
) -> tuple[FieldMapping, dict[str, dict[str, Any]]]:
    """Return the schema of each field, and the definitions that the schemas refer to.

    Args:
        fields: The values of a document.
        model_name_map: Not used; the definitions get their names here.
        separate_input_output_schemas: Let a model have two schemas where they differ.
    """
    schemas = Schemas(fields, separate=separate_input_output_schemas)
    mapping = {(field, field.mode): schemas.bare(field) for field in fields}
    return mapping, schemas.definitions


def get_schema_from_model_field(
    *,
    field: ModelField,
    model_name_map: Names,
    field_mapping: FieldMapping,
    separate_input_output_schemas: bool = True,
    field_alias: str | None = None,
) -> dict[str, Any]:
    """Return the schema of a field; one that is not a reference gets a title.

    Args:
        field: The value.
        model_name_map: Not used.
        field_mapping: What `get_definitions` returned.
        separate_input_output_schemas: Let a model have two schemas where they differ.
        field_alias: The name to make a title of, where it is not the field's own.
    """
    schemas = _schemas(field_mapping, [field], separate_input_output_schemas)
    schema = schemas.of(field)
    if "$ref" in schema or field_alias is None or field.field_info.title:
        return schema
    return {**schema, "title": field_alias.title().replace("_", " ")}


def get_openapi_operation_metadata(
    *, route: Documented, method: str, operation_ids: set[str]
) -> dict[str, Any]:
    """Return what an operation says of itself: tags, summary, description, id, deprecation.

    Args:
        route: A path operation.
        method: One of its methods.
        operation_ids: The ids so far; this one is added.
    """
    return Operations(Schemas(()), ids=operation_ids).metadata(describe_one(route), method.upper())


def get_openapi_operation_request_body(
    *,
    body_field: ModelField | None,
    model_name_map: Names,
    field_mapping: FieldMapping,
    separate_input_output_schemas: bool = True,
) -> dict[str, Any] | None:
    """Return the Request Body Object of a field (OpenAPI 3.1.0, section 4.8.13); None for none.

    Args:
        body_field: The whole body.
        model_name_map: Not used.
        field_mapping: What `get_definitions` returned.
        separate_input_output_schemas: Let a model have two schemas where they differ.
    """
    if body_field is None:
        return None
    schemas = _schemas(field_mapping, [body_field], separate_input_output_schemas)
    info = body_field.field_info
    media_type = getattr(info, "media_type", "application/json")
    content = {media_type: {"schema": schemas.of(body_field)} | examples_of(info)}
    return {"required": True, "content": content} if body_field.required else {"content": content}


def get_openapi_path(
    *,
    route: Documented,
    operation_ids: set[str],
    model_name_map: Names,
    field_mapping: FieldMapping,
    separate_input_output_schemas: bool = True,
) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return a route's operations by method, its security schemes and its further definitions.

    Args:
        route: A path operation.
        operation_ids: The ids so far; this route's are added.
        model_name_map: Not used.
        field_mapping: What `get_definitions` returned for all routes of the document.
        separate_input_output_schemas: Let a model have two schemas where they differ.
    """
    described = describe_one(route)
    schemas = _schemas(field_mapping, described.fields(), separate_input_output_schemas)
    operations = Operations(schemas, ids=operation_ids)
    path = dict(operations.of(described))
    definitions = operations.extra_schemas | _forms(described, schemas)
    return path, operations.security_schemes, definitions


def _forms(route: Described, schemas: Schemas) -> dict[str, Any]:
    """Return the definition of a form, which only the whole route tells how to write."""
    body, plan = route.body, route.plan.body
    if body is None or plan is None or not plan.is_form:
        return {}
    name = schemas.of(body).get("$ref", "").removeprefix(REF_PREFIX)
    return {name: schemas.definitions[name]} if name else {}


def generate_operation_summary(*, route: Documented, method: str) -> str:
    """Return an operation's summary: its own, or else one made of the route's name."""
    return summary_of(describe_one(route).declaration)


def generate_operation_id(*, route: Documented, method: str) -> str:
    """Return an operation's id: its own, or else one made of name, path and method. Deprecated."""
    warnings.warn(
        "generate_operation_id() was deprecated, it is not used internally, and will be removed "
        "soon: use generate_unique_id().",
        KingpostDeprecationWarning,
        stacklevel=user_stacklevel(),
    )
    declaration, plan = describe_one(route).declaration, route.plan
    if declaration.operation_id:
        return declaration.operation_id
    return generate_operation_id_for_path(name=plan.name, path=plan.path_format, method=method)


def _schemas(
    field_mapping: FieldMapping,
    fields: Iterable[ModelField],
    separate: bool,
) -> Schemas:
    """Return schemas whose names take all fields of the document into account."""
    return Schemas(_each(field_mapping, fields), separate=separate)


def _each(field_mapping: FieldMapping, fields: Iterable[ModelField]) -> Iterator[ModelField]:
    yield from (field for field, _ in field_mapping)
    yield from fields
