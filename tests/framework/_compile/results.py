"""Results of operations, and what is written of them by way of the response model."""

import warnings
from typing import Any

from kingpost._compile.data_results import DataWriter
from kingpost._plan.fields import ModelField
from kingpost._plan.response import create_model_field


class Thing:
    """An object with attributes."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


class Keyed(dict[str, Any]):
    """A dictionary of one's own."""


def field_of(type_: Any) -> ModelField:
    """The field of a response of this type."""
    return create_model_field("response", type_, mode="serialization")


def by_the_model(field: ModelField, result: Any) -> bytes | str:
    """What is written by way of the model's instances, or what is wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value, errors = field.validate(result, loc=("response",))
        if errors:
            return "refused"
        try:
            return field.serializer.to_json(value, by_alias=True)
        except ValueError as exc:
            return f"not written: {exc}"


def compare(type_: Any, result: Any) -> str:
    """Compare both ways; tell which way the result goes."""
    field = field_of(type_)
    with warnings.catch_warnings():
        # Serialisers warn of defaults that are not of their type.
        warnings.simplefilter("ignore")
        found = DataWriter(field)(result)
    expected = by_the_model(field, result)
    if found is None:
        return "refused" if expected == "refused" else "left"
    assert found == expected
    return "written"
