"""The values of a document → their JSON schemas, with the definitions that they share."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from kingpost._declare.markers import Body
from kingpost._plan.fields import ModelField

__all__ = ["REF_PREFIX", "REF_TEMPLATE", "Schemas", "title_of"]

REF_PREFIX = "#/components/schemas/"
REF_TEMPLATE = REF_PREFIX + "{model}"

_Mode = Literal["validation", "serialization"]


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, with bytes as JSON Schema says (2020-12, Validation, section 8)."""

    def bytes_schema(self, schema: core_schema.BytesSchema) -> JsonSchemaValue:
        json_schema = {"type": "string", "contentMediaType": "application/octet-stream"}
        mode = self._config.ser_json_bytes
        if self.mode == "validation":
            mode = self._config.val_json_bytes
        if mode == "base64":
            json_schema["contentEncoding"] = "base64"
        self.update_with_validations(json_schema, schema, self.ValidationsMapping.bytes)
        return json_schema

    def encode_default(self, dft: Any) -> Any:
        """Return a default as data; most are already, and then need no serialiser of their own."""
        return dft if type(dft) in _PLAIN else super().encode_default(dft)


_PLAIN = frozenset({str, int, bool, type(None)})


class Schemas:
    """The JSON schemas of all values in a document.

    They are made in one go: only then is it known which models share a name and which have one
    schema for what comes in and another for what goes out.

    Args:
        fields: Every value of the document.
        separate: Let a model have two schemas where they differ; if not, the one for what comes in
            stands for both, except where computed fields would be lost.
    """

    def __init__(self, fields: Iterable[ModelField], *, separate: bool = True) -> None:
        self._keys: dict[ModelField, tuple[int, _Mode]] = {}
        numbers: dict[Any, int] = {}
        inputs: list[tuple[int, _Mode, Any]] = []
        for field in dict.fromkeys(fields):
            core_schema = field.document_schema
            mode: _Mode = field.mode
            if not separate and mode == "serialization" and not _computes(core_schema):
                mode = "validation"
            identity = (mode, *_identity(core_schema))
            if identity not in numbers:
                numbers[identity] = len(inputs)
                inputs.append((numbers[identity], mode, core_schema))
            self._keys[field] = (numbers[identity], mode)
        generator = _Generator(ref_template=REF_TEMPLATE)
        schemas, definitions = generator.generate_definitions(inputs)
        self._schemas: dict[tuple[int, _Mode], dict[str, Any]] = schemas
        for definition in definitions.values():
            _hide_after_form_feed(definition)
        self.definitions: dict[str, dict[str, Any]] = definitions  # type: ignore[assignment]

    def of(self, field: ModelField) -> dict[str, Any]:
        """Return a value's schema; one that is not a reference gets a title."""
        schema = self.bare(field)
        return schema if "$ref" in schema else {**schema, "title": title_of(field)}

    def bare(self, field: ModelField) -> dict[str, Any]:
        """Return a value's schema as it is; a copy, for others have the same."""
        return _copied(self._schemas[self._keys[field]])  # type: ignore[no-any-return]

    def definition(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a schema with a reference refers to."""
        return self.definitions[schema["$ref"].removeprefix(REF_PREFIX)]


def title_of(field: ModelField) -> str:
    """Return a value's title: its own, or else one made of its name."""
    is_body = isinstance(field.field_info, Body)
    name = field.validation_alias or field.alias if is_body else field.document_name
    return field.field_info.title or name.title().replace("_", " ")


def _identity(schema: Any) -> tuple[Any, ...]:
    """Return what two values have in common that have the same schema.

    Values of one type share its core schema; a default stands around it.
    """
    if schema.keys() == {"type", "schema", "default"} and type(schema["default"]) in _PLAIN:
        return id(schema["schema"]), type(schema["default"]), schema["default"]
    return (id(schema),)


def _copied(part: Any) -> Any:
    if type(part) is dict:
        return {key: _copied(value) for key, value in part.items()}
    return [_copied(value) for value in part] if type(part) is list else part


def _hide_after_form_feed(definition: dict[str, Any]) -> None:
    """Cut the description at a form feed: what comes after it is for readers of the code."""
    description = definition.get("description")
    if isinstance(description, str) and "\f" in description:
        definition["description"] = description.partition("\f")[0]


def _computes(schema: Any) -> bool:
    """Tell whether computed fields of a model, at any depth, belong to a value.

    A dataclass counts where it is the value itself. Inside another value it does not, as with
    FastAPI, and neither does what is in it or in a typed dict.
    """
    if schema["type"] == "default":
        return _computes(schema["schema"])
    if schema["type"] == "dataclass":
        return bool(schema["schema"].get("computed_fields"))
    return any(part.get("computed_fields") for part in _model_parts(schema))


def _model_parts(schema: Any) -> Iterator[dict[str, Any]]:
    pending = [schema]
    while pending:
        part = pending.pop()
        if isinstance(part, list | tuple):
            pending.extend(part)
        elif isinstance(part, dict) and part.get("type") not in _CLOSED:
            yield part
            pending.extend(value for key, value in part.items() if key not in _NOT_SCHEMAS)


_CLOSED = frozenset({"dataclass", "typed-dict"})
_NOT_SCHEMAS = frozenset({"metadata", "default", "expected", "config", "cls", "serialization"})
"""Parts of a core schema that hold the user's values, which may contain themselves."""
