import dataclasses
import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import (
    AfterValidator,
    AnyUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    RootModel,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic.fields import FieldInfo

from kingpost._declare.markers import Query
from kingpost._plan.fields import ModelField
from kingpost._plan.schemas import (
    combined_validator,
    instance_passes,
    is_pure,
    reads_json_alike,
    text_passes,
)


def field(type_: Any, marker: FieldInfo | None = None) -> ModelField:
    """Return a field of a type."""
    info = marker or FieldInfo()
    info.annotation = type_
    return ModelField(info, "value")


class Item(BaseModel):
    """A plain model."""

    name: str
    day: datetime.date | None = None


class Strict(BaseModel):
    """A model that converts nothing."""

    model_config = ConfigDict(strict=True)

    n: int


class Checked(BaseModel):
    """A model with code of its own."""

    n: int

    @field_validator("n")
    @classmethod
    def _check(cls, value: int) -> int:
        return value


class PostInit(BaseModel):
    """A model with code after its creation."""

    n: int

    def model_post_init(self, context: Any) -> None:
        """Do something."""


@dataclasses.dataclass
class Point:
    """A plain dataclass."""

    x: int


@dataclasses.dataclass
class Moved:
    """A dataclass with code after its creation."""

    x: int

    def __post_init__(self) -> None:
        """Do something."""


class Tree(BaseModel):
    """A model that contains itself."""

    children: list["Tree"] = []


class TestCombined:
    def test_reads_all_at_once(self) -> None:
        """Each key is validated as its field says."""
        validator = combined_validator([("a", field(int)), ("b", field(list[float]))])

        assert validator.validate_python({"a": "1", "b": ["2"]}) == {"a": 1, "b": [2.0]}

    def test_fills_in_defaults(self) -> None:
        """A default is taken as it is, unless it is to be validated."""
        validator = combined_validator(
            [
                ("plain", field(int, Query("5"))),
                ("checked", field(int, Query("5", validate_default=True))),
                ("made", field(list[int], Query(default_factory=list))),
            ]
        )

        assert validator.validate_python({}) == {"plain": "5", "checked": 5, "made": []}

    def test_wants_what_has_no_default(self) -> None:
        """A missing key is an error, even where None would do."""
        validator = combined_validator([("a", field(int | None))])

        with pytest.raises(ValidationError) as caught:
            validator.validate_python({})

        assert [error["type"] for error in caught.value.errors()] == ["missing"]

    def test_does_not_share_defaults(self) -> None:
        """A request that changes its list does not change that of the next one."""
        validator = combined_validator([("a", field(list[int], Query([1])))])

        first = validator.validate_python({})
        first["a"].append(2)

        assert validator.validate_python({}) == {"a": [1]}


class TestPurity:
    @pytest.mark.parametrize(
        "type_", [int, str, Item, list[Item], Point, Tree, Decimal, UUID, AnyUrl, EmailStr]
    )
    def test_of_types_without_code(self, type_: Any) -> None:
        """Nobody can tell how often these are validated."""
        assert is_pure(field(type_))

    @pytest.mark.parametrize(
        "type_",
        [
            Checked,
            list[Checked],
            PostInit,
            Moved,
            Annotated[int, AfterValidator(lambda n: n)],
            Annotated[int, BeforeValidator(lambda n: n)],
        ],
    )
    def test_of_types_with_code(self, type_: Any) -> None:
        """Code of the application may count its calls."""
        assert not is_pure(field(type_))


class TestReadingJson:
    @pytest.mark.parametrize(
        "type_",
        [
            *(int, str, bool, float, None, Item, list[Item], dict[str, int], Point, Tree, UUID),
            *(datetime.date, datetime.datetime, Literal["a"], int | None),
        ],
    )
    def test_is_alike_for_most_types(self, type_: Any) -> None:
        """These have one reading, from text and from data."""
        assert reads_json_alike(field(type_))

    @pytest.mark.parametrize(
        "type_",
        [
            *(Decimal, int | str, Strict, set[int], tuple[int, ...], bytes),
            Annotated[datetime.date, Field(strict=True)],
        ],
    )
    def test_may_differ(self, type_: Any) -> None:
        """Where it could make a difference, the body is read as data."""
        assert not reads_json_alike(field(type_))


class TestText:
    @pytest.mark.parametrize(
        ("type_", "info"),
        [
            (str, Query()),
            (str | None, Query()),
            (str, Query("default")),
            (str | None, Query(None, description="for the documents")),
        ],
    )
    def test_passes(self, type_: Any, info: Any) -> None:
        """Without conditions there is nothing to find out."""
        assert text_passes(field(type_, info))

    @pytest.mark.parametrize(
        ("type_", "info"),
        [
            (int, Query()),
            (list[str], Query()),
            (str | int, Query()),
            (Literal["a"], Query()),
            (SecretStr, Query()),
            (Annotated[str, AfterValidator(str.strip)], Query()),
            (str, Query(min_length=1)),
            (str, Query(pattern="a")),
            (Annotated[str, StringConstraints(to_lower=True)], Query()),
            (str, Query(5)),
            (str, Query("a", validate_default=True)),
            (str, Query(default_factory=str)),
        ],
    )
    def test_does_not_pass_otherwise(self, type_: Any, info: Any) -> None:
        """A condition, another type, or a default that is none of these has to be looked at."""
        assert not text_passes(field(type_, info))


class TestInstances:
    @pytest.mark.parametrize("type_", [Item, Tree, Checked])
    def test_of_a_model_pass(self, type_: Any) -> None:
        """Pydantic does not look into an instance of the very class."""
        assert instance_passes(field(type_))

    def test_of_a_model_that_looks_again_do_not(self) -> None:
        """A model may ask to be validated each time."""

        class Again(BaseModel):
            model_config = ConfigDict(revalidate_instances="always")

        assert not instance_passes(field(Again))

    @pytest.mark.parametrize("type_", [int, list[Item], RootModel[list[int]], Item | None])
    def test_of_other_types_do_not(self, type_: Any) -> None:
        """What is no plain model has to be validated."""
        assert not instance_passes(field(type_))


def test_fields_that_are_alike_have_one_validator() -> None:
    """Most operations read what others read too."""

    def combined(**defaults: Any) -> Any:
        return combined_validator([("a", field(int)), ("b", field(str | None, Query(**defaults)))])

    assert combined(default="x") is combined(default="x")
    assert combined(default="x") is not combined()
    assert combined(default="x") is not combined(default="x", validate_default=True)
    assert combined(default_factory=str) is not combined(default_factory=str)


@pytest.mark.parametrize(("one", "other"), [(1, True), (0.0, -0.0), (1, 1.0)])
def test_defaults_that_only_compare_equal_are_not_mixed_up(one: Any, other: Any) -> None:
    """Each operation gets the default that it declares."""
    found = [
        combined_validator([("a", field(Any, Query(default)))]).validate_python({})["a"]
        for default in (one, other)
    ]

    assert [repr(value) for value in found] == [repr(one), repr(other)]


def test_a_default_that_can_be_changed_is_no_request_s_but_its_own() -> None:
    """Nor does it get into an operation with an equal one."""
    validator = combined_validator([("a", field(list[int], Query([1])))])
    validator.validate_python({})["a"].append(2)

    assert validator.validate_python({}) == {"a": [1]}
