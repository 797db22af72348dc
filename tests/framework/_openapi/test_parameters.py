from enum import Enum
from typing import Annotated, Any

import pytest
from pydantic import AliasChoices, BaseModel, Field

from kingpost import Cookie, Depends, Header, Query
from kingpost._openapi.parameters import describe_parameters, examples_of
from tests.framework._openapi.describing import described, schemas_of


class Colour(Enum):
    RED = "red"


class Filters(BaseModel):
    limit: int = Field(10, ge=1, description="How many")
    order_by: str = Field(alias="order-by")
    user_name: str | None = None


def parameters(endpoint: Any, path: str = "/") -> list[dict[str, Any]]:
    """Describe the parameters of a function."""
    route = described(endpoint, path)
    return describe_parameters(route, schemas_of(route))


def test_one_of_each_source() -> None:
    """Each parameter says where it is and whether it is required."""

    def endpoint(
        i: int, q: str, c: Annotated[int, Cookie()], x_token: Annotated[str, Header()] = "t"
    ) -> None: ...

    assert parameters(endpoint, "/{i}") == [
        {"name": "i", "in": "path", "required": True, "schema": {"type": "integer", "title": "I"}},
        {"name": "q", "in": "query", "required": True, "schema": {"type": "string", "title": "Q"}},
        {
            "name": "x-token",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "default": "t", "title": "X-Token"},
        },
        {
            "name": "c",
            "in": "cookie",
            "required": True,
            "schema": {"type": "integer", "title": "C"},
        },
    ]


def test_texts() -> None:
    """Description and deprecation stand beside the schema as well as in it."""

    def endpoint(q: Annotated[int, Query(description="D", deprecated=True)] = 1) -> None: ...

    (found,) = parameters(endpoint)

    assert (found["description"], found["deprecated"]) == ("D", True)
    assert (found["schema"]["description"], found["schema"]["deprecated"]) == ("D", True)


def test_hidden_parameter() -> None:
    """A parameter can be kept out of the document."""

    def endpoint(q: Annotated[int, Query(include_in_schema=False)], r: int) -> None: ...

    assert [found["name"] for found in parameters(endpoint)] == ["r"]


@pytest.mark.parametrize(
    ("marker", "name"),
    [
        (Query(alias="a"), "a"),
        (Query(validation_alias="v"), "v"),
        (Query(alias="a", validation_alias="v"), "v"),
        (Query(validation_alias=AliasChoices("first", "second")), "first"),
        (Query(serialization_alias="s"), "the_name"),
        (Header(), "the-name"),
        (Header(convert_underscores=False), "the_name"),
        (Header(alias="X_a"), "X_a"),
        (Header(validation_alias="X_v"), "X_v"),
        (Cookie(), "the_name"),
    ],
)
def test_name_is_the_one_that_is_read(marker: Any, name: str) -> None:
    """A client has to send the name that the operation reads."""

    def endpoint(the_name: Any) -> None: ...

    endpoint.__annotations__["the_name"] = Annotated[int, marker]

    (found,) = parameters(endpoint)
    assert found["name"] == name


def test_model_stands_for_its_fields() -> None:
    """Each field of a parameter model is a parameter."""

    def endpoint(filters: Annotated[Filters, Query()]) -> None: ...

    found = {each["name"]: each for each in parameters(endpoint)}

    assert {name: each["required"] for name, each in found.items()} == {
        "limit": False,
        "order-by": True,
        "user_name": False,
    }
    assert found["limit"]["description"] == "How many"
    assert found["limit"]["schema"] == {
        "type": "integer",
        "minimum": 1,
        "description": "How many",
        "default": 10,
        "title": "Limit",
    }


def test_fields_of_a_header_model() -> None:
    """The names of its fields are converted as those of parameters are."""

    def endpoint(filters: Annotated[Filters, Header()]) -> None: ...

    names = [found["name"] for found in parameters(endpoint)]
    assert names == ["limit", "order-by", "user-name"]


def test_fields_of_an_optional_model_are_optional() -> None:
    """A request without any of them is fine."""

    def endpoint(filters: Annotated[Filters | None, Query()] = None) -> None: ...

    assert not any(found["required"] for found in parameters(endpoint))


def test_hidden_model_hides_its_fields() -> None:
    """A model is shown with all its fields, or not at all."""

    def endpoint(filters: Annotated[Filters, Query(include_in_schema=False)]) -> None: ...

    assert parameters(endpoint) == []


def test_one_name_is_one_parameter() -> None:
    """What several callables read is shown once, as the last one reads it that requires it."""

    def first(q: int = 1) -> None: ...

    def second(q: str) -> None: ...

    def endpoint(
        d: Annotated[None, Depends(first)],
        e: Annotated[None, Depends(second)],
        q: float = 1.0,
        h: Annotated[int, Header(alias="q")] = 1,
    ) -> None: ...

    found = parameters(endpoint)

    assert [(each["in"], each["required"], each["schema"]["type"]) for each in found] == [
        ("query", True, "string"),
        ("header", False, "integer"),
    ]


def test_enumeration_is_a_reference() -> None:
    """An enumeration is defined once; a reference has no title."""

    def endpoint(colour: Colour = Colour.RED) -> None: ...

    (found,) = parameters(endpoint)

    assert found["schema"] == {"$ref": "#/components/schemas/Colour", "default": "red"}


def test_named_examples_come_before_a_single_one() -> None:
    """Examples with names are data for `json`, whatever their values are."""
    named = {"red": {"summary": "S", "value": Colour.RED}}

    with pytest.warns(UserWarning, match="example"):
        both = Query(openapi_examples=named, example="x")
    with pytest.warns(UserWarning, match="example"):
        single = Query(example=Colour.RED)

    assert examples_of(both) == {"examples": {"red": {"summary": "S", "value": "red"}}}
    assert examples_of(single) == {"example": "red"}
    assert examples_of(Query(examples=["in the schema"])) == {}
