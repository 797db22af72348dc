"""Several fields → one validator, and what can be known of a validator before it runs.

With `fields` and `alternatives`, all that touches Pydantic below its model classes.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType, MethodType
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, core_schema

from kingpost._http.datastructures import UploadFile
from kingpost._plan.fields import ModelField

__all__ = [
    "combined_validator",
    "instance_passes",
    "is_of_application",
    "is_pure",
    "item_that_passes",
    "reads_json_alike",
    "runs_no_code",
    "text_passes",
]

_Schema = Mapping[str, Any]

_ALIKE = frozenset(
    {
        "any",
        "bool",
        "dataclass",
        "dataclass-args",
        "dataclass-field",
        "date",
        "datetime",
        "default",
        "definition-ref",
        "definitions",
        "dict",
        "float",
        "function-after",
        "int",
        "list",
        "literal",
        "model",
        "model-field",
        "model-fields",
        "none",
        "nullable",
        "str",
        "time",
        "typed-dict",
        "typed-dict-field",
        "uuid",
    }
)
_UNLIKE_CONFIG = ("strict", "coerce_numbers_to_str")
_SHAREABLE = (str, int, float, bytes, Enum, type(None))
"""Types of defaults that nobody can change; of others each request gets a copy."""
_LIBRARIES = sys.stdlib_module_names - {"__main__"} | {"pydantic", "pydantic_core"}
_NOT_VALIDATION = frozenset({"metadata", "serialization", "config", "cls", "ref", "schema_ref"})


def combined_validator(fields: Sequence[tuple[str, ModelField]]) -> SchemaValidator:
    """Return one validator for several fields: a dict of raw values in, a dict of values out.

    A key that is missing gets its field's default, or is an error where there is none. Fields that
    are alike have one validator.

    Args:
        fields: Key and field.
    """
    keys = tuple(_Key(key, field) for key, field in fields)
    if any(key.makes_default for key in keys):
        return _validator(keys)
    return _shared_validator(keys)


class _Key:
    """One key of a combined validator; equal to those that have the same validator."""

    __slots__ = ("_same", "field", "makes_default", "name")

    def __init__(self, name: str, field: ModelField) -> None:
        info = field.field_info
        self.name = name
        self.field = field
        self.makes_default = not info.is_required() and (
            info.default_factory is not None or not isinstance(info.default, _SHAREABLE)
        )
        default: Any = None
        if not info.is_required() and not self.makes_default:
            # The text too: 1 equals True, and 0.0 equals -0.0.
            default = info.default, repr(info.default), bool(info.validate_default)
        self._same = name, field.adapter, default

    def __hash__(self) -> int:
        return hash(self._same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._same == other._same


def _validator(keys: Sequence[_Key]) -> SchemaValidator:
    return SchemaValidator(
        core_schema.typed_dict_schema(
            {key.name: _typed_dict_field(key.field) for key in keys}, total=False
        ),
        config=core_schema.CoreConfig(from_attributes=True),
    )


_shared_validator = lru_cache(maxsize=512)(_validator)


def _typed_dict_field(field: ModelField) -> core_schema.TypedDictField:
    schema = field.adapter.core_schema
    info = field.field_info
    if info.is_required():
        return core_schema.typed_dict_field(schema, required=True)
    checked = bool(info.validate_default)
    if info.default_factory is None and isinstance(info.default, _SHAREABLE):
        with_default = core_schema.with_default_schema(
            schema, default=info.default, validate_default=checked
        )
    else:
        with_default = core_schema.with_default_schema(
            schema, default_factory=field.get_default, validate_default=checked
        )
    return core_schema.typed_dict_field(with_default, required=False)


class _Facts(NamedTuple):
    """What a type's core schema says; see the functions of these names."""

    is_pure: bool
    reads_json_alike: bool


_known_facts: "WeakKeyDictionary[TypeAdapter[Any], _Facts]" = WeakKeyDictionary()


def _facts(field: ModelField) -> _Facts:
    adapter = field.adapter
    facts = _known_facts.get(adapter)
    if facts is None:
        nodes = list(_nodes(adapter.core_schema))
        facts = _known_facts[adapter] = _Facts(
            all(map(runs_no_code, nodes)), all(map(_reads_alike, nodes))
        )
    return facts


def is_pure(field: ModelField) -> bool:
    """Tell whether validating runs no code of the application, that of default factories included.

    Where it does not, nobody can tell when, or how often, a value is validated.
    """
    return not is_of_application(field.field_info.default_factory) and _facts(field).is_pure


def runs_no_code(node: _Schema) -> bool:
    """Tell whether a part of a core schema calls nothing of the application itself."""
    kind = node["type"]
    function = node.get("function")
    call = function.get("function") if isinstance(function, Mapping) else function
    if any(is_of_application(code) for code in (call, node.get("default_factory"))):
        return False
    if kind in ("model", "dataclass"):
        return not (node.get("post_init") or node.get("custom_init"))
    return not (kind in ("call", "is-subclass") or node.get("missing"))


def is_of_application(call: Any) -> bool:
    """Tell whether a function may do something that is not known: not so for libraries' own."""
    if call is None or call == UploadFile._validate:
        return False
    owner: Any = call
    if isinstance(call, MethodDescriptorType):
        owner = call.__objclass__
    elif isinstance(call, BuiltinFunctionType) and isinstance(call.__self__, type):
        owner = call.__self__
    known = isinstance(owner, type | FunctionType | MethodType | BuiltinFunctionType)
    module = (owner.__module__ if known else None) or ""
    return module.split(".")[0] not in _LIBRARIES


def reads_json_alike(field: ModelField) -> bool:
    """Tell whether reading JSON text gives the same value as reading the data that it stands for.

    Not so for decimals, which keep digits that a float has lost, for unions, whose members compete
    under other rules, for strict fields, which accept more from JSON, for numbers as text, which
    are spelt another way, and for keys that can be equal without being the same text.
    """
    return _facts(field).reads_json_alike


def _reads_alike(node: _Schema) -> bool:
    if node["type"] not in _ALIKE or node.get("strict") or node.get("discriminator"):
        return False
    config = node.get("config")
    if isinstance(config, Mapping) and any(config.get(name) for name in _UNLIKE_CONFIG):
        return False
    keys = node.get("keys_schema", {"type": "any"})
    return node["type"] != "dict" or keys in ({"type": "any"}, {"type": "str"})


def instance_passes(field: ModelField) -> bool:
    """Tell whether an instance of exactly the field's model passes validation unchanged."""
    schema, named = _resolved(field)
    return _is_passing_model(_named(schema, named))


def item_that_passes(field: ModelField) -> type | None:
    """Return the model of which a plain list passes validation unchanged; None if there is none."""
    schema, named = _resolved(field)
    if schema["type"] != "list" or schema.keys() - _NOT_VALIDATION > {"type", "items_schema"}:
        return None
    item = _named(schema.get("items_schema", schema), named)
    model = item.get("cls")
    return model if isinstance(model, type) and _is_passing_model(item) else None


def text_passes(field: ModelField) -> bool:
    """Tell whether any text passes validation unchanged, and the default without validation."""
    schema: _Schema = field.adapter.core_schema
    if schema["type"] == "nullable" and schema.keys() <= {"type", "schema", "metadata"}:
        schema = schema["schema"]
    if schema["type"] != "str" or not schema.keys() <= {"type", "metadata"} or field.config:
        return False
    info = field.field_info
    is_plain = info.default_factory is None and not info.validate_default
    return info.is_required() or (is_plain and isinstance(info.default, str | None))


def _resolved(field: ModelField) -> tuple[_Schema, dict[str, _Schema]]:
    """Return a field's schema, and those that it names."""
    schema: _Schema = field.adapter.core_schema
    if schema["type"] != "definitions":
        return schema, {}
    named = {definition.get("ref", ""): definition for definition in schema["definitions"]}
    return _named(schema["schema"], named), named


def _named(schema: _Schema, named: Mapping[str, _Schema]) -> _Schema:
    """Return what a schema stands for; a model that contains itself is named, defined beside."""
    return named.get(schema.get("schema_ref", ""), schema)


def _is_passing_model(schema: _Schema) -> bool:
    if schema["type"] != "model":
        return False
    config = schema.get("config") or {}
    return (
        config.get("revalidate_instances", "never") == "never"
        and schema.get("revalidate_instances", "never") == "never"
        and not schema.get("root_model")
    )


def _nodes(schema: Any) -> Iterator[_Schema]:
    """Yield every part of a core schema that takes part in validation."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("type"), str):
            yield schema
        for key, value in schema.items():
            if key not in _NOT_VALIDATION:
                yield from _nodes(value)
    elif isinstance(schema, list | tuple):
        for item in schema:
            yield from _nodes(item)
