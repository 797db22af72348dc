"""Response models as dictionaries: where they are known to be the same."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from kingpost._plan.outlines import Outline, outline_of
from kingpost._plan.response import create_model_field


class Part(BaseModel):
    """A model inside of another one."""

    size: int


class Whole(BaseModel):
    """A model of every shape."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)

    first: Part
    parts: list[Part] = []
    named: dict[str, Part | None] = Field(default_factory=dict, alias="Named")
    hidden: int = Field(0, exclude=True)


class Tree(BaseModel):
    """A model that contains itself."""

    value: int
    children: "list[Tree]" = []


class Counted(BaseModel):
    """A model with a constructor."""

    size: int

    def __init__(self, **data: Any) -> None:
        super().__init__(**data)


def outline(type_: Any) -> Outline | None:
    """The outline of a response of this type."""
    return outline_of(create_model_field("response", type_, mode="serialization"))


def known(type_: Any) -> Outline:
    """An outline that there is."""
    found = outline(type_)
    assert found is not None
    return found


def test_models_within_models_are_dictionaries() -> None:
    """Names, defaults and what is left out are the same."""
    text = known(Whole).text_of({"first": {"size": "1", "more": 1}, "Named": {"a": {"size": 2}}})

    assert text == b'{"first":{"size":1},"parts":[],"Named":{"a":{"size":2}}}'


def test_a_model_that_contains_itself() -> None:
    """To any depth."""
    tree = {"value": 1, "children": [{"value": 2, "children": [{"value": 3}]}]}

    assert known(list[Tree]).text_of([tree]) == (
        b'[{"value":1,"children":[{"value":2,"children":[{"value":3,"children":[]}]}]}]'
    )


@pytest.mark.parametrize(
    "data",
    [
        {"first": {"size": "x"}},
        {"first": Part(size=1)},
        {"first": {"size": 1}, "more": 1},
        {},
        [],
        None,
    ],
)
def test_what_does_not_fit_is_refused(data: Any) -> None:
    """So is an instance, which is no dictionary."""
    with pytest.raises(ValueError, match="validation error"):
        known(Whole).text_of(data)


def test_a_long_list_is_left_at_its_first_mistake() -> None:
    """Another way comes to it anyway."""
    with pytest.raises(ValueError, match="1 validation error"):
        known(list[Part]).text_of([{}] * 1000)


def test_attributes_are_those_of_flat_models() -> None:
    """Others may be objects again, and would have to be read."""
    assert known(Part).attributes == known(list[Part]).attributes == ("size",)
    assert known(Whole).attributes == known(Tree).attributes == ()


def test_constructors_are_noted() -> None:
    """Wherever they are."""

    class Outer(BaseModel):
        inner: Counted

    assert not known(Counted).takes_dicts
    assert not known(list[Outer]).takes_dicts
    assert known(Part).takes_dicts


def test_equal_types_have_one() -> None:
    """It is made once."""
    assert outline(list[Part]) is outline(list[Part])


class Private(BaseModel):
    """Has something that no dictionary has."""

    size: int
    _note: str = "x"


class Open(BaseModel):
    """Takes any key."""

    model_config = ConfigDict(extra="allow")

    size: int


class Strict(BaseModel):
    """Takes instances alone."""

    model_config = ConfigDict(strict=True)

    size: int


class Default(BaseModel):
    """Has an instance as its default."""

    part: Part = Part(size=1)


class Choice(BaseModel):
    """Members of a union compete under other rules."""

    part: Part | dict[str, int]


class Serialised(BaseModel):
    """Runs code when it is written."""

    size: Annotated[int, PlainSerializer(lambda value: value)]


@pytest.mark.parametrize(
    "type_",
    [
        Private,
        Open,
        Strict,
        Default,
        Choice,
        Serialised,
        int,
        list[int],
        dict[str, Part],
        Part | None,
        tuple[Part, ...],
    ],
)
def test_others_have_none(type_: Any) -> None:
    """Nobody has to know why: the model serves."""
    assert outline(type_) is None
