"""Results that are data: the same text as by way of the response model, or none."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Annotated, Any, cast

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    PlainSerializer,
    RootModel,
    computed_field,
    field_serializer,
    field_validator,
    model_serializer,
)

from kingpost import Kingpost
from kingpost._compile.data_results import DataWriter
from kingpost.exceptions import ResponseValidationError
from kingpost.testclient import TestClient
from tests.framework._compile.results import Keyed, Thing, compare, field_of


class Item(BaseModel):
    """A model of plain fields."""

    id: int
    name: str = "?"


class Owner(BaseModel):
    """A model of models."""

    items: list[Item]
    best: Item | None = None


@pytest.mark.parametrize(
    ("type_", "result"),
    [
        (Item, {"id": 1, "name": "a", "secret": 1}),
        (list[Item], [{"id": "1"}, {"id": 2, "name": "b"}]),
        (Item, Thing(id=1, name="a", secret=1)),
        (list[Item], [Thing(id=1, name="a")] * 2),
        (Owner, {"items": [{"id": 1}], "best": {"id": 2}}),
        (list[Owner], [{"items": []}]),
    ],
)
def test_data_are_written(type_: Any, result: Any) -> None:
    """Dictionaries of any depth, and objects of plain attributes."""
    assert compare(type_, result) == "written"


@pytest.mark.parametrize(
    ("type_", "result"),
    [
        (list[Item], []),
        (list[Item], ({"id": 1},)),
        (list[Item], [{"id": 1}, Thing(id=1, name="a")]),
        (list[Item], [Item(id=1)]),
        (Item, Thing(id=1)),
        (Item, SimpleNamespace(id=1, name="a")),
        (Item, Keyed(id=1)),
        (Owner, {"items": [Item(id=1)]}),
        (Owner, {"items": [Thing(id=1)]}),
        (Owner, Thing(items=[{"id": 1}], best=None)),
    ],
)
def test_what_needs_the_model_is_left_to_it(type_: Any, result: Any) -> None:
    """It is written all the same, another way."""
    assert compare(type_, result) == "left"


def test_an_instance_of_a_class_made_of_the_model_is_not_read() -> None:
    """It stays what it is: its values are not validated again."""

    class More(Item):
        more: int = 1

    assert compare(Item, More.model_construct(id=cast("int", "no number"))) == "left"


def test_an_instance_of_another_model_is_read() -> None:
    """As the rows of a database are."""

    class Stored(BaseModel):
        id: int
        name: str
        secret: int = 1

    assert compare(list[Item], [Stored(id=1, name="a")]) == "written"


def test_attributes_are_read_as_the_model_reads_them() -> None:
    """Once; and what goes wrong goes wrong there."""

    class Lazy:
        reads = 0
        id = 1

        @property
        def name(self) -> str:
            self.reads += 1
            return "a"

    class Broken:
        id = 1

        @property
        def name(self) -> str:
            raise LookupError

    lazy = Lazy()

    assert DataWriter(field_of(Item))(lazy) == b'{"id":1,"name":"a"}'
    assert lazy.reads == 1
    assert compare(Item, Broken()) == "refused"


class Validated(Item):
    """Runs a validator."""

    @field_validator("name")
    @classmethod
    def check(cls, value: str) -> str:
        """Change the value."""
        return value.upper()


class Made(Item):
    """Runs a constructor."""

    def __init__(self, **data: Any) -> None:
        super().__init__(**{**data, "name": "made"})


class New(Item):
    """Runs another one."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Count."""
        calls.append("new")
        return super().__new__(cls)


class Finished(Item):
    """Runs a method once it is made."""

    def model_post_init(self, context: Any) -> None:
        """Change the value."""
        self.name = "finished"


class Computed(Item):
    """Has a property."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def twice(self) -> int:
        """A number more."""
        return self.id * 2


class Written(Item):
    """Writes a field itself."""

    @field_serializer("name")
    def write(self, value: str) -> str:
        """Change the text."""
        return f"{value} of {self.id}"


class WrittenWhole(Item):
    """Writes itself."""

    @model_serializer
    def write(self) -> dict[str, Any]:
        """Write something else."""
        return {"a": self.id}


class Annotations(BaseModel):
    """Has fields that run code."""

    id: Annotated[int, PlainSerializer(lambda value: value + 1)]
    name: Annotated[str, AfterValidator(str.upper)] = "?"
    when: str = Field(default_factory=lambda: f"call {len(calls)}")


Whole = RootModel[dict[str, int]]
calls: list[str] = []


@pytest.mark.parametrize(
    "model", [Validated, Finished, Computed, Written, WrittenWhole, Annotations, New]
)
def test_code_of_the_application_runs_as_often_as_it_did(model: type[BaseModel]) -> None:
    """A model that has some is made."""
    calls.clear()
    data, item = {"id": 1, "name": "a"}, Thing(id=1, name="a")

    for type_, result in (
        (model, data),
        (model, item),
        (list[model], [data]),  # type: ignore[valid-type]
        (list[model], [item]),  # type: ignore[valid-type]
    ):
        assert DataWriter(field_of(type_))(result) is None
    assert calls == []
    assert compare(model, data) == compare(model, item) == "left"


def test_a_constructor_is_for_dictionaries() -> None:
    """Pydantic calls none where it reads attributes."""
    assert compare(Made, {"id": 1}) == "left"
    assert compare(Made, Thing(id=1, name="a")) == "written"


def test_a_model_of_one_value_is_no_dictionary() -> None:
    """It is that value."""
    assert compare(Whole, {"a": 1}) == "left"


def test_operations_write_so() -> None:
    """With the rest of the answer as ever, and errors as ever."""
    app = Kingpost()

    @app.get("/items", response_model=list[Item])
    def items(bad: bool = False) -> Iterator[Any] | list[Any]:
        return [{"id": 1, "secret": 2}, {"id": "x" if bad else 2}]

    @app.get("/item", response_model=Item)
    async def item() -> Any:
        return Thing(id=1, name="a")

    @app.get("/unset", response_model=Item, response_model_exclude_unset=True)
    async def unset() -> Any:
        return {"id": 1}

    client = TestClient(app, raise_server_exceptions=False)

    assert client.get("/items").text == '[{"id":1,"name":"?"},{"id":2,"name":"?"}]'
    assert client.get("/items?bad=1").status_code == 500
    assert client.get("/item").text == '{"id":1,"name":"a"}'
    assert client.get("/unset").text == '{"id":1}'
    with pytest.raises(ResponseValidationError, match="valid integer"):
        TestClient(app).get("/items?bad=1")
