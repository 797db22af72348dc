import copy
import dataclasses
import datetime
from collections import deque
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union
from uuid import UUID

import pytest
from pydantic import AliasChoices, BaseModel, Field, TypeAdapter, ValidationError, create_model
from pydantic.errors import PydanticSchemaGenerationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from typing_extensions import TypeAliasType

from kingpost._declare.markers import Body, Query
from kingpost._http.datastructures import UploadFile
from kingpost._plan.fields import (
    ModelField,
    errors_at,
    gather,
    is_model,
    is_scalar,
    is_scalar_sequence,
    is_sequence,
    is_upload,
    missing_error,
    strip_annotated,
    union_members,
)

Alias = TypeAliasType("Alias", list[int])


class Item(BaseModel):
    """A model."""

    name: str = "x"


@dataclasses.dataclass
class Point:
    """A dataclass."""

    x: int


class Colour(Enum):
    """An enumeration."""

    RED = "r"


class Opaque:
    """A class that Pydantic does not know."""


def field(type_: Any, marker: FieldInfo | None = None) -> ModelField:
    """Return a field of a type."""
    info = marker or FieldInfo()
    info.annotation = type_
    return ModelField(info, "value")


class TestNames:
    def test_is_its_own_alias(self) -> None:
        """A field without an alias is read and written under its name."""
        plain = field(int)

        assert (plain.name, plain.alias, plain.document_name) == ("value", "value", "value")
        assert (plain.validation_alias, plain.serialization_alias) == (None, None)

    def test_has_a_name_for_each_purpose(self) -> None:
        """One to document, one to read, one to write."""
        named = field(int, Query(alias="a", validation_alias="v", serialization_alias="s"))

        assert (named.alias, named.validation_alias, named.serialization_alias) == ("a", "v", "s")
        assert named.document_name == "v"

    def test_documents_the_first_of_several_names(self) -> None:
        """Choices have no single name to read."""
        named = field(int, Query(validation_alias=AliasChoices("first", "second")))

        assert (named.validation_alias, named.document_name) == (None, "first")

    def test_shows_itself(self) -> None:
        """Errors name the field and its type."""
        assert repr(field(int)) == (
            "ModelField(field_info=FieldInfo(annotation=int, required=True), name='value', "
            "mode='validation', config=None)"
        )


class TestConfig:
    def test_says_how_the_type_is_checked(self) -> None:
        """Strict settings refuse text for a number; a field without settings takes it."""
        info = FieldInfo(annotation=int)

        assert ModelField(info, "n").validate("5") == (5, [])
        _, errors = ModelField(info, "n", config={"strict": True}).validate("5", loc=("query",))
        assert [(error["type"], error["loc"]) for error in errors] == [("int_type", ("query",))]


class TestDefault:
    def test_is_undefined_for_a_required_field(self) -> None:
        """None would be a default."""
        assert field(int).required
        assert field(int).default is PydanticUndefined

    def test_is_not_shared(self) -> None:
        """A list given as the default is another one for each request."""
        with_default = field(list[int], Query([1]))

        assert not with_default.required
        assert with_default.default == [1]
        assert with_default.get_default() is not with_default.get_default()

    def test_may_be_made(self) -> None:
        """A factory is called for each request."""
        assert field(list[int], Query(default_factory=list)).get_default() == []


class TestValidation:
    def test_returns_the_value_in_its_type(self) -> None:
        """Text that stands for a value becomes one."""
        assert field(int).validate("5", loc=("query", "value")) == (5, [])

    def test_returns_errors_with_their_place(self) -> None:
        """The place starts with what the caller says, and no error has a link."""
        value, errors = field(list[int]).validate(["1", "x"], loc=("query", "value"))

        assert value is None
        assert [error["loc"] for error in errors] == [("query", "value", 1)]
        assert "url" not in errors[0]

    def test_applies_constraints(self) -> None:
        """Those of the marker and those of the type count alike."""
        constrained = field(Annotated[int, Field(le=5)], Query(ge=1))

        assert [constrained.validate(n)[0] for n in (0, 1, 5, 6)] == [None, 1, 5, None]

    def test_reads_attributes(self) -> None:
        """Objects that mappers return are read by attribute."""

        class Row:
            name = "row"

        value, errors = field(Item).validate(Row())

        assert (value, errors) == (Item(name="row"), [])

    def test_tells_unions_apart(self) -> None:
        """Equal unions with another order of members are different types."""
        first, second = field(Union[int, float]), field(Union[float, int])  # noqa: UP007

        assert first.adapter is not second.adapter
        assert field(Union[int, float]).adapter is first.adapter  # noqa: UP007

    def test_shares_nothing_it_cannot_compare(self) -> None:
        """Metadata without a hash makes a validator of its own."""
        unhashable = field(Annotated[int, {"a": 1}])

        assert unhashable.validate("5") == (5, [])

    def test_uses_the_discriminator(self) -> None:
        """A tagged union chooses by its tag."""

        class Cat(BaseModel):
            kind: Literal["cat"]

        class Dog(BaseModel):
            kind: Literal["dog"]

        value, errors = field(Cat | Dog, Body(discriminator="kind")).validate(
            {"kind": "bird"}, loc=("body",)
        )

        assert value is None
        assert [error["type"] for error in errors] == ["union_tag_invalid"]


class TestSerialisation:
    def test_writes_plain_data(self) -> None:
        """In JSON's types by default, in Python's on demand."""
        day = datetime.date(2020, 1, 2)

        assert field(datetime.date).serialize(day) == "2020-01-02"
        assert field(datetime.date).serialize(day, mode="python") == day

    def test_writes_json(self) -> None:
        """The options are those of Pydantic's serialiser."""
        assert field(Item).serialize_json(Item()) == b'{"name":"x"}'
        assert field(Item).serialize_json(Item(), exclude_defaults=True) == b"{}"


class TestCheck:
    @pytest.mark.parametrize(
        "type_", [int, Item, list[Item], dict[str, int | None], Point, Colour, Any, UUID]
    )
    def test_passes_what_pydantic_knows(self, type_: Any) -> None:
        """Most types need not even be tried."""
        field(type_).check()

    @pytest.mark.parametrize("type_", [Opaque, list[Opaque], Opaque | None])
    def test_refuses_what_it_does_not_know(self, type_: Any) -> None:
        """The caller turns this into an error of the declaration."""
        with pytest.raises(PydanticSchemaGenerationError):
            field(type_).check()


class TestDefinition:
    """Documents make a model of several parameters; nothing of them may be lost on the way."""

    @pytest.mark.parametrize("type_", [int, Annotated[int, 1], Annotated[int, Field(ge=0)]])
    def test_keeps_a_default_that_was_set_later(self, type_: Any) -> None:
        """The default of `Annotated` parameters is not known when the marker is made."""
        marker = Body(description="text")
        marker.default = 3

        model = create_model("Model", value=field(type_, marker).definition)

        assert not model.model_fields["value"].is_required()
        assert model.model_json_schema()["properties"]["value"]["default"] == 3
        assert model.model_json_schema()["properties"]["value"]["description"] == "text"

    def test_keeps_requirement_and_factory(self) -> None:
        """No default is no default, and a factory stays one."""
        model = create_model(
            "Model",
            required=field(int, Body()).definition,
            made=field(Annotated[list[int], 1], Body(default_factory=list)).definition,
        )

        assert model.model_fields["required"].is_required()
        assert model.model_fields["made"].default_factory is list


class TestDocumentSchema:
    def test_is_that_of_the_validator_where_nothing_is_said(self) -> None:
        """Nothing is built twice."""
        plain = field(int)

        assert plain.document_schema is plain.adapter.core_schema

    @pytest.mark.parametrize("marker", [Query(5), Query(description="text"), Query(title="T")])
    def test_says_what_the_validator_need_not_know(self, marker: Query) -> None:
        """Defaults and texts are for documents only."""
        said = field(int, marker)

        assert said.document_schema != said.adapter.core_schema


def test_errors_are_put_in_their_place() -> None:
    """Every error of Pydantic's becomes an entry of the answer."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(dict[str, int]).validate_python({"a": "x"})

    assert errors_at(caught.value, ("body",)) == [
        {
            "type": "int_parsing",
            "loc": ("body", "a"),
            "msg": "Input should be a valid integer, unable to parse string as an integer",
            "input": "x",
        }
    ]


def test_a_missing_value_has_an_entry_too() -> None:
    """It looks like Pydantic's own."""
    assert missing_error(("query", "q")) == {
        "type": "missing",
        "loc": ("query", "q"),
        "msg": "Field required",
        "input": None,
    }


class TestTypes:
    def test_are_stripped(self) -> None:
        """Metadata and names of aliases say nothing of the kind of type."""
        assert strip_annotated(Annotated[Annotated[int, 1], 2]) is int
        assert strip_annotated(Annotated[Alias, 1]) == list[int]
        assert union_members(Annotated[int, 1] | None) == (int, type(None))
        assert union_members(int) == (int,)

    @pytest.mark.parametrize(
        "type_",
        [
            *(int, str, bytes, bool, float, Decimal, UUID, Colour, Any, datetime.date),
            *(int | None, Literal["a"], Annotated[int, 1], int | str),
        ],
    )
    def test_know_scalars(self, type_: Any) -> None:
        """One piece of text is enough for a value."""
        assert is_scalar(type_)
        assert not is_sequence(type_)
        assert not is_scalar_sequence(type_)

    @pytest.mark.parametrize(
        "type_",
        [
            *(list[int], set[str], tuple[int, ...], frozenset[int], deque[int], Sequence[int]),
            *(list, list[int] | None, Annotated[list[int], 1], Alias, list[int | None]),
        ],
    )
    def test_know_sequences_of_scalars(self, type_: Any) -> None:
        """Repeated pieces of text are enough for a value."""
        assert is_sequence(type_)
        assert is_scalar_sequence(type_)
        assert not is_scalar(type_)

    @pytest.mark.parametrize(
        "type_",
        [
            *(Item, Point, UploadFile, dict, dict[str, int], Mapping[str, int]),
            *(Item | None, int | Item, list[Item], list[list[int]], list[dict[str, int]]),
        ],
    )
    def test_know_what_needs_structure(self, type_: Any) -> None:
        """Text alone cannot stand for an object."""
        assert not is_scalar(type_)
        assert not is_scalar_sequence(type_)

    def test_know_models(self) -> None:
        """A union is no model, and neither is a list of them."""
        assert is_model(Item)
        assert is_model(Annotated[Item, 1])
        assert not any(is_model(type_) for type_ in (Item | None, list[Item], Point, int))

    def test_know_files(self) -> None:
        """A file may be optional."""
        assert is_upload(UploadFile)
        assert is_upload(UploadFile | None)
        assert not is_upload(list[UploadFile])
        assert not is_upload(bytes)


class TestGather:
    """What stands beside a type in `Annotated`, said by its marker."""

    def test_last_word_counts(self) -> None:
        """Fields before and after the marker are joined with it in their order."""
        written = Query(title="Query's", description="D", le=9)
        marker = copy.copy(written)
        before, after = Field(title="Before", alias="a", ge=1), Field(description="After")

        gather(marker, int, [before, written, 1, after])

        assert (marker.annotation, marker.title, marker.description) == (int, "Query's", "After")
        assert (marker.alias, marker.validation_alias) == ("a", "a")
        assert marker.metadata == [*before.metadata, *written.metadata, 1]

    def test_shared_marker_stays_as_it_is(self) -> None:
        """An alias of `Annotated` is used by many parameters."""
        shared = Query(ge=1)
        marker = copy.copy(shared)

        gather(marker, int, [shared, Field(title="T", le=9)])

        assert (shared.title, len(shared.metadata)) == (None, 1)

    def test_holds_in_a_model(self) -> None:
        """Several values of a body become the fields of one model."""
        marker = Body()
        gather(marker, int, [Field(title="T", alias="a"), marker])

        model: Any = create_model("Model", value=(int, marker))

        assert model.model_json_schema()["properties"] == {"a": {"title": "T", "type": "integer"}}
