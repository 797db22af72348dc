"""Unions of models whose members read what was sent each in its own way."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    ValidationError,
)
from pydantic.fields import FieldInfo
from pydantic_core import SchemaValidator

from kingpost._plan.alternatives import choosing_validator
from kingpost._plan.fields import ModelField


class Cat(BaseModel):
    """Has a name."""

    kind: Literal["cat"] = "cat"
    name: str
    kitten: "Cat | None" = None


class Dog(BaseModel):
    """Has an age."""

    kind: Literal["dog"] = "dog"
    age: int


def choosing(type_: Any) -> SchemaValidator:
    """The validator of a union that prefixes names, and doubles ages."""
    return choosing_validator(
        ModelField(FieldInfo(annotation=type_), "pet"),
        {
            Cat: lambda sent: {**sent, "name": f"the {sent['name']}"} if "name" in sent else sent,
            Dog: lambda sent: {**sent, "age": 2 * sent["age"]} if "age" in sent else sent,
        },
    )


@pytest.mark.parametrize(
    "type_",
    [
        Cat | Dog,
        Cat | Dog | None,
        Annotated[Cat | Dog, Field(discriminator="kind")],
        Annotated[
            Annotated[Cat, Tag("cat")] | Annotated[Dog, Tag("dog")],
            Discriminator(lambda sent: sent["kind"]),
        ],
        Annotated[Cat, BeforeValidator(dict)] | Dog,
    ],
    ids=["plain", "optional", "discriminated", "function", "with validators"],
)
def test_each_model_reads_its_own(type_: Any) -> None:
    """What is prepared for one is not seen by the other, nor by a model inside of it."""
    validator = choosing(type_)

    cat = validator.validate_python({"kind": "cat", "name": "a", "kitten": {"name": "b"}})
    dog = validator.validate_python({"kind": "dog", "age": 2})

    assert cat == Cat(name="the a", kitten=Cat(name="b"))
    assert dog == Dog(age=4)


def test_errors_are_in_their_usual_places() -> None:
    """The first part is the model's name, whatever is put before its validation."""
    with pytest.raises(ValidationError) as caught:
        choosing(Annotated[Cat, BeforeValidator(dict)] | Dog).validate_python({})

    assert {error["loc"][0] for error in caught.value.errors()} == {"Cat", "Dog"}


def test_a_member_left_to_a_function_is_not_prepared() -> None:
    """There is no model to validate, so nothing comes before."""
    type_ = Annotated[Cat, PlainValidator(lambda sent: sent)] | Dog

    assert choosing(type_).validate_python({"name": "a"}) == {"name": "a"}
