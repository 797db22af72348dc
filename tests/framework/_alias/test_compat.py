"""What packages import from a private module, called directly."""

import enum
from collections import deque
from collections.abc import Sequence
from typing import Annotated, Any, ForwardRef

import pytest
from pydantic import BaseModel

from kingpost import Body, Query, UploadFile
from kingpost._alias import compat
from kingpost._alias.compat import ModelField

from .conftest import Run


class Size(enum.Enum):
    SMALL = "s"


class Part(BaseModel):
    size: Size = Size.SMALL


class Whole(BaseModel):
    parts: list[Part]


def field(
    type_: Any, info: Any = None, name: str = "value", mode: Any = "validation"
) -> ModelField:
    """Make a field of a type."""
    made = info if info is not None else Query()
    made.annotation = type_
    return ModelField(made, name, mode)


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("field_annotation_is_scalar", [int, int | None, ..., Size], [list[int], Part, dict]),
        ("field_annotation_is_scalar_sequence", [list[int], deque, set[str] | None], [list[Part]]),
        ("field_annotation_is_sequence", [list[Part], tuple[int, ...]], [str, bytes, Part]),
        ("is_bytes_or_nonable_bytes_annotation", [bytes, bytes | None], [str, list[bytes]]),
        ("is_bytes_sequence_annotation", [list[bytes], list[bytes] | None], [bytes, list[str]]),
        ("is_uploadfile_or_nonable_uploadfile_annotation", [UploadFile | None], [list[UploadFile]]),
        ("is_uploadfile_sequence_annotation", [list[UploadFile]], [UploadFile, list[bytes]]),
        ("value_is_sequence", [[], (), deque()], ["", b"", {}, None]),
        ("is_pydantic_v1_model_instance", [], [Part(), 1]),
    ],
)
def test_questions(question: str, yes: list[Any], no: list[Any]) -> None:
    """Each question is answered with yes and no."""
    ask = getattr(compat, question)

    assert [ask(value) for value in yes] == [True] * len(yes)
    assert [ask(value) for value in no] == [False] * len(no)


def test_scalar_fields() -> None:
    """A scalar of the body is not one that stands outside of it."""
    assert compat.is_scalar_field(field(int))
    assert not compat.is_scalar_field(field(int, Body()))


def test_copies_of_fields() -> None:
    """A copy takes the constraints that its type has, not those of the first field."""
    original = Query(3, gt=1)

    assert compat.copy_field_info(field_info=original, annotation=str).metadata == []
    copied = compat.copy_field_info(field_info=original, annotation=Annotated[int, "said"])
    assert (copied.annotation, copied.metadata, copied.default) == (int, ["said"], 3)
    assert original.annotation is None


def test_models_of_fields() -> None:
    """Fields become a model, and a model's fields can be had again."""
    model = compat.create_body_model(
        fields=[field(int, Body(), "a"), field(str, Body("x"), "b")], model_name="Both"
    )

    assert model(a=1).model_dump() == {"a": 1, "b": "x"}
    assert [f.name for f in compat.get_cached_model_fields(model)] == ["a", "b"]


@pytest.mark.parametrize(
    ("type_", "expected"),
    [(set[int], {1, 2}), (tuple[int, ...] | None, (1, 2)), (Sequence[int], [1, 2])],
)
def test_values_of_sequences(type_: Any, expected: Any) -> None:
    """A list becomes the kind of sequence that is declared."""
    assert compat.serialize_sequence_value(field=field(type_), value=[1, 2]) == expected


def test_names_in_annotations() -> None:
    """A name that is known stands for its type; another one stays."""
    assert compat.evaluate_forwardref("Part", globals()) is Part
    assert compat.evaluate_forwardref(ForwardRef("int"), {}, {}) is int
    assert isinstance(compat.evaluate_forwardref("Unknown", {}), ForwardRef)


def test_schemas_of_fields() -> None:
    """The schemas of some fields are made in one go; a list's gets a title of its own."""
    fields = [field(list[Whole], Body(), "wholes"), field(Part, Body(), "part", "serialization")]
    models = compat.get_flat_models_from_fields(fields, known_models=set())
    names = compat.get_model_name_map(models)
    mapping, definitions = compat.get_definitions(fields=fields, model_name_map=names)

    assert {model.__name__ for model in models} == {"Part", "Size", "Whole"}
    assert sorted(names.values()) == sorted(definitions) == ["Part", "Size", "Whole"]
    options: dict[str, Any] = {"model_name_map": names, "field_mapping": mapping}
    assert compat.get_schema_from_model_field(field=fields[0], **options) == {
        "items": {"$ref": "#/components/schemas/Whole"},
        "type": "array",
        "title": "Wholes",
    }
    assert compat.get_schema_from_model_field(field=fields[1], **options) == {
        "$ref": "#/components/schemas/Part"
    }


def test_models_of_one_name() -> None:
    """Two models that share a name have their modules in it."""
    other = type("Part", (BaseModel,), {"__module__": "elsewhere.parts"})

    names = compat.get_model_name_map({Part, other})

    assert names[other] == "elsewhere__parts__Part"
    assert names[Part].endswith("test_compat__Part")


def test_stands_in_for_the_private_module(run: Run) -> None:
    """Under the alias it is found where packages import it from."""
    output = run(
        """
        from kingpost import install_as_fastapi
        install_as_fastapi()
        from fastapi import _compat
        from fastapi._compat import ModelField, v2
        from fastapi._compat.shared import lenient_issubclass
        from fastapi.dependencies.utils import is_scalar_field
        print(v2.ModelField is ModelField, lenient_issubclass(1, int), len(_compat.sequence_types))
        """
    )

    assert output == "True False 6"
