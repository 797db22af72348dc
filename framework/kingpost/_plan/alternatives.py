"""A union of models → a validator whose members each make their own of what was sent.

With `fields` and `schemas`, all that touches Pydantic below its model classes.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

from pydantic_core import SchemaValidator, core_schema

from kingpost._plan.fields import ModelField

__all__ = ["Prepare", "choosing_validator"]

Prepare: TypeAlias = Callable[[Any], Any]
"""Returns what a model is validated from, given what was sent."""

_Schema: TypeAlias = Mapping[str, Any]


def choosing_validator(field: ModelField, prepare: Mapping[type, Prepare]) -> SchemaValidator:
    """Return a validator for a union of models that reads each as if it stood alone.

    What chooses between them, such as a discriminator, still sees what was sent; errors have the
    same places as those of the union.

    Args:
        field: The union.
        prepare: For each of the models, what comes before its validation.
    """
    schema = field.adapter.core_schema
    named: dict[str, _Schema] = {}
    if schema["type"] == "definitions":
        named = {part.get("ref", ""): part for part in schema["definitions"]}
    return SchemaValidator(_Choices(prepare, named).rewritten(schema))


class _Choices:
    """Rewrites core schemas.

    Args:
        prepare: As for `choosing_validator`.
        named: The schemas that others refer to.
    """

    def __init__(self, prepare: Mapping[type, Prepare], named: Mapping[str, _Schema]) -> None:
        self._prepare = prepare
        self._named = named

    def rewritten(self, schema: _Schema) -> _Schema:
        """Return a schema with every member of its union prepared."""
        if schema["type"] == "union":
            return {**schema, "choices": [self._choice(part) for part in schema["choices"]]}
        if schema["type"] == "tagged-union":
            choices = {tag: self._prepared(part) for tag, part in schema["choices"].items()}
            return {**schema, "choices": choices}
        inner = schema.get("schema")
        return {**schema, "schema": self.rewritten(inner)} if inner is not None else schema

    def _choice(self, choice: Any) -> Any:
        schema = choice[0] if isinstance(choice, tuple) else choice
        model = self._model_of(schema)
        # The label is what stands in an error's place.
        return (self._prepared(schema), model.__name__) if model is not None else choice

    def _prepared(self, schema: _Schema) -> _Schema:
        model = self._model_of(schema)
        if model is None:
            return schema
        return core_schema.no_info_before_validator_function(self._prepare[model], schema)

    def _model_of(self, schema: _Schema) -> type | None:
        """Return the model that a schema validates; None where it is left to a function."""
        found: _Schema | None = schema
        while found is not None and found["type"] != "model":
            found = self._named.get(found.get("schema_ref", "")) or found.get("schema")
        return cast(type, found["cls"]) if found is not None else None
