"""A response model → the same shape made of dictionaries.

A result that is dictionaries, or objects with attributes, becomes instances of the response model,
which are written as JSON and dropped. Where nobody can tell, because neither the model nor its
fields run code of the application, dictionaries of the same keys give the same text for a third of
the work: most of it goes into making instances.
"""

import keyword
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaError, SchemaSerializer, SchemaValidator, core_schema

from kingpost._plan.fields import ModelField
from kingpost._plan.schemas import is_of_application, runs_no_code

__all__ = ["Outline", "outline_of"]

_Schema = Mapping[str, Any]

_MODEL = frozenset(
    {
        "type",
        "cls",
        "schema",
        "config",
        "custom_init",
        "root_model",
        "generic_origin",
        "metadata",
        "ref",
    }
)
_FIELDS = frozenset({"type", "fields", "model_name", "computed_fields"})
_FIELD = frozenset(
    {
        "type",
        "schema",
        "metadata",
        "validation_alias",
        "serialization_alias",
        "serialization_exclude",
        "frozen",
    }
)
_CONFIG = frozenset(
    {
        "title",
        "from_attributes",
        "frozen",
        "extra_fields_behavior",
        "populate_by_name",
        "validate_by_name",
        "validate_by_alias",
    }
)
"""What may be said of a model, of its fields, and for both by its configuration: all else may have
a meaning that dictionaries have not."""
_KEPT = ("validation_alias", "serialization_alias", "serialization_exclude")
_INSTANCES = frozenset({"model", "definition-ref"})


class _NotAlikeError(Exception):
    """A schema says something that cannot be said of dictionaries."""


class Outline:
    """Validates and writes what a response model stands for, without its instances.

    Args:
        model: The model's schema.
        schema: The response's, as dictionaries.
        is_list: Whether the response is a list of the model.
        takes_dicts: Whether dictionaries become instances without code of a model's class.
    """

    def __init__(
        self, model: _Schema, schema: core_schema.CoreSchema, *, is_list: bool, takes_dicts: bool
    ) -> None:
        self.model: type[BaseModel] = model["cls"]
        self.is_list = is_list
        self.takes_dicts = takes_dicts
        self.attributes = _attributes(model)
        """What is read of an object; nothing where that may be objects again."""
        self._validate = SchemaValidator(schema).validate_python
        self._write = SchemaSerializer(schema).to_json

    def text_of(self, data: Any) -> bytes:
        """Return dictionaries as JSON.

        Args:
            data: A dictionary, or a list of them.

        Raises:
            ValueError: They do not fit, or hold what is no dictionary.
        """
        return self._write(self._validate(data, from_attributes=True), by_alias=True)


_known: "WeakKeyDictionary[TypeAdapter[Any], Outline | None]" = WeakKeyDictionary()


def outline_of(field: ModelField) -> Outline | None:
    """Return the outline of a response; None where there is no telling that it is the same.

    There may be one for a model and for a list of a model.

    Args:
        field: The response's field.
    """
    adapter = field.adapter
    if adapter not in _known:
        try:
            _known[adapter] = _outline(adapter.core_schema)
        except (_NotAlikeError, SchemaError):
            _known[adapter] = None
    return _known[adapter]


def _outline(whole: Any) -> Outline:
    schema, named = whole, {}
    if whole["type"] == "definitions":
        named = {definition["ref"]: definition for definition in whole["definitions"]}
        schema = whole["schema"]
    schema = named.get(schema.get("schema_ref"), schema)
    is_list = schema["type"] == "list"
    model = schema.get("items_schema", schema) if is_list else schema
    model = named.get(model.get("schema_ref"), model)
    parts = list(_parts(whole))
    if model["type"] != "model" or any(map(_tells, parts)):
        raise _NotAlikeError
    takes_dicts = not any(part.get("custom_init") for part in parts)
    reshaped = _reshaped(whole)
    outer = reshaped["schema"] if reshaped["type"] == "definitions" else reshaped
    if outer["type"] == "list":
        outer["fail_fast"] = True
    return Outline(model, reshaped, is_list=is_list, takes_dicts=takes_dicts)


def _tells(node: _Schema) -> bool:
    """Tell whether a part of a schema runs code that can tell when it runs, or for what."""
    if node["type"] == "model":
        return bool(node.get("post_init"))
    writing = node.get("serialization") or {}
    return (
        not runs_no_code(node)
        or bool(writing.get("is_field_serializer"))
        or is_of_application(writing.get("function"))
    )


def _parts(schema: Any) -> Iterator[_Schema]:
    """Yield every part of a core schema."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("type"), str):
            yield schema
        for key, value in schema.items():
            if key not in ("metadata", "config", "default"):
                yield from _parts(value)
    elif isinstance(schema, list | tuple):
        for item in schema:
            yield from _parts(item)


def _reshaped(schema: Any) -> Any:
    """Return a schema with dictionaries in place of models."""
    if not any(part["type"] in _INSTANCES for part in _parts(schema)):
        return schema
    kind = schema["type"]
    if kind == "definition-ref":
        return schema
    if "serialization" in schema or kind not in _RESHAPE:
        raise _NotAlikeError
    return _RESHAPE[kind](schema)


def _definitions(schema: Any) -> Any:
    parts = [_reshaped(part) for part in schema["definitions"]]
    return {**schema, "definitions": parts, "schema": _reshaped(schema["schema"])}


def _items(schema: Any) -> Any:
    return {**schema, "items_schema": _reshaped(schema["items_schema"])}


def _values(schema: Any) -> Any:
    if any(part["type"] in _INSTANCES for part in _parts(schema.get("keys_schema"))):
        raise _NotAlikeError
    return {**schema, "values_schema": _reshaped(schema["values_schema"])}


def _inner(schema: Any) -> Any:
    return {**schema, "schema": _reshaped(schema["schema"])}


def _default(schema: Any) -> Any:
    # A default is not validated: it may be an instance.
    is_empty = "default" not in schema or schema["default"] in (None, [], {})
    factory = schema.get("default_factory")
    if not is_empty or factory not in (None, list, dict) or schema.get("validate_default"):
        raise _NotAlikeError
    return _inner(schema)


def _model(schema: Any) -> Any:
    fields, config = schema["schema"], schema.get("config") or {}
    if (
        schema.keys() - _MODEL
        or schema.get("root_model")
        or schema["cls"].__new__ is not BaseModel.__new__
        or config.keys() - _CONFIG
        or config.get("extra_fields_behavior", "ignore") == "allow"
        or fields["type"] != "model-fields"
        or fields.keys() - _FIELDS
        or fields.get("computed_fields")
        or any(field.keys() - _FIELD for field in fields["fields"].values())
    ):
        raise _NotAlikeError
    shape: dict[str, Any] = {
        "type": "typed-dict",
        "fields": {name: _key(field) for name, field in fields["fields"].items()},
        # Of anything else that has keys a model reads the attributes.
        "strict": True,
        "config": dict(config),
    }
    if "ref" in schema:
        shape["ref"] = schema["ref"]
    return shape


def _key(field: Any) -> Any:
    key: dict[str, Any] = {
        "type": "typed-dict-field",
        "schema": _reshaped(field["schema"]),
        "required": field["schema"]["type"] != "default",
    }
    return key | {name: field[name] for name in _KEPT if name in field}


_RESHAPE: dict[str, Callable[[Any], Any]] = {
    "definitions": _definitions,
    "list": _items,
    "dict": _values,
    "nullable": _inner,
    "default": _default,
    "model": _model,
}


def _attributes(model: _Schema) -> tuple[str, ...]:
    """Return what a model reads of an object, if that is plain."""
    fields: Mapping[str, Any] = model["schema"]["fields"]
    is_flat = all(
        "validation_alias" not in field
        and name.isidentifier()
        and name.isascii()
        and not keyword.iskeyword(name)
        and not any(part["type"] in _INSTANCES for part in _parts(field["schema"]))
        for name, field in fields.items()
    )
    return tuple(fields) if is_flat else ()
