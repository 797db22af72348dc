import dataclasses
from typing import Annotated, Any, Generic, TypeVar

import pytest
from pydantic import BaseModel, ConfigDict, Field, computed_field, create_model
from pydantic.fields import FieldInfo

from kingpost._openapi.schemas import Schemas, title_of
from kingpost._plan.fields import ModelField

T = TypeVar("T")


class Item(BaseModel):
    name: str


class Area(BaseModel):
    """A square.
    \f
    For readers of the code.
    """

    side: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def size(self) -> int:
        """The surface."""
        return self.side**2


class Land(BaseModel):
    areas: list[Area]


class Tree(BaseModel):
    children: list["Tree"] = []


class Box(BaseModel, Generic[T]):
    content: T


@dataclasses.dataclass
class Point:
    x: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def twice(self) -> int:
        """Another value."""
        return self.x * 2


class Line(BaseModel):
    points: list[Point]


def incoming(type_: Any, **options: Any) -> ModelField:
    """Make a value that comes in."""
    return ModelField(FieldInfo(annotation=type_, **options), "the_name")


def outgoing(type_: Any) -> ModelField:
    """Make a value that goes out."""
    return ModelField(FieldInfo(annotation=type_), "result", mode="serialization")


def test_model_is_a_reference() -> None:
    """A model is defined once, and named where it is used."""
    one, many = incoming(Item), outgoing(list[Item])
    schemas = Schemas([one, many])

    assert schemas.of(one) == {"$ref": "#/components/schemas/Item"}
    assert schemas.of(many)["items"] == schemas.of(one)
    assert schemas.definition(schemas.of(one))["properties"] == {
        "name": {"type": "string", "title": "Name"}
    }
    assert set(schemas.definitions) == {"Item"}


@pytest.mark.parametrize(
    ("options", "title"),
    [
        ({}, "The Name"),
        ({"title": "Own"}, "Own"),
        ({"alias": "x-token"}, "X-Token"),
        ({"alias": "doc", "validation_alias": "read_me"}, "Read Me"),
    ],
)
def test_title(options: dict[str, Any], title: str) -> None:
    """A value that is no reference has a title: its own, or one made of its name."""
    field = incoming(int, **options)

    assert Schemas([field]).of(field) == {"type": "integer", "title": title}
    assert title_of(field) == title


def test_everything_that_is_said_of_a_field_is_shown() -> None:
    """Default, texts, examples and own keywords stand beside the constraints."""
    field = incoming(
        Annotated[int, Field(ge=1)],
        default=3,
        description="D",
        examples=[4],
        deprecated=True,
        json_schema_extra={"x-k": 1},
    )

    assert Schemas([field]).of(field) == {
        "type": "integer",
        "minimum": 1,
        "default": 3,
        "title": "The Name",
        "description": "D",
        "examples": [4],
        "deprecated": True,
        "x-k": 1,
    }


def test_default_factory_is_not_called() -> None:
    """A default that is made for each request is none that could be shown."""
    field = incoming(list[int], default_factory=lambda: [1])

    assert "default" not in Schemas([field]).of(field)


def test_default_model_is_data() -> None:
    """A default that is an object is shown as JSON has it."""
    field = incoming(Item, default=Item(name="n"))

    assert Schemas([field]).of(field)["default"] == {"name": "n"}


@pytest.mark.parametrize("type_", [Area, list[Area], Land])
def test_schemas_that_differ_are_two(type_: Any) -> None:
    """A computed field goes out and never comes in."""
    one, other = incoming(type_), outgoing(type_)
    schemas = Schemas([one, other])

    assert {"Area-Input", "Area-Output"} <= set(schemas.definitions)
    assert "size" not in schemas.definitions["Area-Input"]["properties"]
    assert "size" in schemas.definitions["Area-Output"]["properties"]


@pytest.mark.parametrize("type_", [Item, Box[int]])
def test_schemas_that_are_equal_are_one(type_: Any) -> None:
    """Most models look the same in both directions."""
    schemas = Schemas([incoming(type_), outgoing(type_)])

    assert list(schemas.definitions) == [type_.__name__.replace("[", "_").replace("]", "_")]


def test_model_that_contains_itself_is_two() -> None:
    """Each of its schemas refers to itself, and so differs from the other."""
    schemas = Schemas([incoming(Tree), outgoing(Tree)])

    assert set(schemas.definitions) == {"Tree-Input", "Tree-Output"}
    children = schemas.definitions["Tree-Output"]["properties"]["children"]
    assert children["items"] == {"$ref": "#/components/schemas/Tree-Output"}


@pytest.mark.parametrize("type_", [Area, list[Area], Land, Land | None, Point])
def test_computed_fields_are_never_merged_away(type_: Any) -> None:
    """Where input and output are to be one, those with computed fields stay two."""
    schemas = Schemas([incoming(type_), outgoing(type_)], separate=False)

    assert {name for name in schemas.definitions if name.endswith("-Output")}


def test_other_differences_are_merged() -> None:
    """Where input and output are to be one, the input stands for both."""

    class Defaults(BaseModel):
        model_config = ConfigDict(json_schema_serialization_defaults_required=True)
        a: int = 1

    one, other = incoming(Defaults), outgoing(Defaults)
    schemas = Schemas([one, other], separate=False)

    assert schemas.of(one) == schemas.of(other) == {"$ref": "#/components/schemas/Defaults"}
    assert "required" not in schemas.definitions["Defaults"]


def test_dataclass_inside_a_model_is_merged() -> None:
    """A dataclass counts as one with computed fields only where it is the value itself."""
    schemas = Schemas([incoming(Line), outgoing(Line)], separate=False)

    assert set(schemas.definitions) == {"Line", "Point"}


def test_models_of_one_name_are_told_apart() -> None:
    """Two models with the same name have their module in it."""

    one = create_model("Item", __module__="one", a=(int, ...))
    two = create_model("Item", __module__="two", a=(str, ...))
    schemas = Schemas([incoming(one), incoming(two)])

    assert set(schemas.definitions) == {"one__Item", "two__Item"}


def test_description_ends_at_a_form_feed() -> None:
    """What follows in a docstring is for readers of the code."""
    schemas = Schemas([incoming(Area)])

    assert schemas.definitions["Area"]["description"].strip() == "A square."


@pytest.mark.parametrize(
    ("config", "encoding"),
    [({}, {}), ({"val_json_bytes": "base64"}, {"contentEncoding": "base64"})],
)
def test_bytes(config: ConfigDict, encoding: dict[str, str]) -> None:
    """Bytes say what they are, and how they are written."""

    class File(BaseModel):
        model_config = config
        data: Annotated[bytes, Field(max_length=9)]

    schema = Schemas([incoming(File)]).definitions["File"]["properties"]["data"]

    assert schema == {
        "type": "string",
        "contentMediaType": "application/octet-stream",
        "maxLength": 9,
        "title": "Data",
        **encoding,
    }


def test_base64_of_bytes_that_go_out() -> None:
    """Each direction has its own way of writing bytes."""

    class File(BaseModel):
        model_config = ConfigDict(ser_json_bytes="base64")
        data: bytes

    schemas = Schemas([incoming(File), outgoing(File)])

    assert "contentEncoding" not in schemas.definitions["File-Input"]["properties"]["data"]
    assert schemas.definitions["File-Output"]["properties"]["data"]["contentEncoding"] == "base64"


def test_values_of_one_type_have_schemas_of_their_own() -> None:
    """They are made once, and changing one changes no other."""
    first, second = (
        ModelField(FieldInfo.from_annotation(list[Item]), name) for name in ("first", "second")
    )
    schemas = Schemas([first, second])

    schemas.of(first)["items"]["title"] = "changed"

    expected = {"type": "array", "items": {"$ref": "#/components/schemas/Item"}, "title": "Second"}
    assert schemas.of(second) == expected


def test_defaults_that_are_equal_and_not_the_same_stay_apart() -> None:
    """For Python, 1 is True."""
    fields = [
        ModelField(FieldInfo.from_annotated_attribute(Any, default), "value")
        for default in (1, True, "1", None)
    ]
    schemas = Schemas(fields)

    defaults = [schemas.bare(field)["default"] for field in fields]

    assert [(type(value), value) for value in defaults] == [
        (int, 1),
        (bool, True),
        (str, "1"),
        (type(None), None),
    ]
