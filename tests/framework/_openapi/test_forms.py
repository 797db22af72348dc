from typing import Annotated, Any

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field

from kingpost import Body, Form
from kingpost._openapi.bodies import describe_body
from kingpost._openapi.forms import flatten_models, form_models, is_one_model
from tests.framework._openapi.describing import described, schemas_of

ADDRESS = {"$ref": "#/components/schemas/Address"}


class Address(BaseModel):
    street: str
    town: str = ""


class Renamed(BaseModel):
    street: str = Field(validation_alias=AliasChoices("road", "street"))
    town: str
    zip_code: str = Field("", validation_alias=AliasChoices("zip_code", "zip"))


class Inside(BaseModel):
    street: str = Field(validation_alias=AliasChoices("road", AliasPath("address", "street")))


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")
    zone: int = 1


def form(endpoint: Any) -> dict[str, Any]:
    """Return the schema of a form that is an object of its own, without its title."""
    route = described(endpoint, "/x", methods=["POST"])
    schemas = schemas_of(route)
    found = describe_body(route, schemas)
    assert found is not None
    (media,) = found["content"].values()
    definition = schemas.definition(media["schema"])
    assert definition["title"] == "Body_endpoint_x_post"
    return {key: value for key, value in definition.items() if key not in ("title", "type")}


@pytest.mark.parametrize(
    ("annotation", "models"),
    [
        (Annotated[Address, Form()], (Address,)),
        (Annotated[Address | None, Form()], (Address,)),
        (Annotated[Address | Strict, Form()], (Address, Strict)),
        (Annotated[str, Form()], ()),
        (Annotated[list[Address], Form()], ()),
        (Annotated[Address, Body()], ()),
    ],
)
def test_form_models(annotation: Any, models: tuple[type, ...]) -> None:
    """The fields of a model are fields of the form; those of a list of models are not."""

    def endpoint(value: Any) -> None: ...

    endpoint.__annotations__["value"] = annotation
    (param,) = described(endpoint).body_params

    assert form_models(param) == models


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (Annotated[Address, Form()], True),
        (Annotated[Address | Strict, Form()], True),
        (Annotated[Address | None, Form()], False),
        (Annotated[str, Form()], False),
    ],
)
def test_is_one_model(annotation: Any, expected: bool) -> None:
    """A form that is nothing but a model has that model's schema."""

    def endpoint(value: Any) -> None: ...

    endpoint.__annotations__["value"] = annotation
    plan = described(endpoint).plan.body

    assert plan is not None
    assert is_one_model(plan) is expected


def test_model_beside_a_field() -> None:
    """The form has to meet the model's schema, and to have the other field."""

    def endpoint(
        address: Annotated[Address, Form(description="Where")], note: Annotated[str, Form()]
    ) -> None: ...

    assert form(endpoint) == {
        "properties": {"note": {"type": "string", "title": "Note"}},
        "required": ["note"],
        "allOf": [{**ADDRESS, "description": "Where"}],
    }


def test_two_models() -> None:
    """A form of models only has no fields of its own."""

    def endpoint(a: Annotated[Address, Form()], b: Annotated[Strict, Form()]) -> None: ...

    assert form(endpoint) == {"allOf": [ADDRESS, {"$ref": "#/components/schemas/Strict"}]}


def test_optional_model() -> None:
    """Either none of its fields is there, or they meet the schema."""

    def endpoint(address: Annotated[Address | None, Form()] = None) -> None: ...

    none = {"not": {"anyOf": [{"required": ["street"]}, {"required": ["town"]}]}}
    assert form(endpoint) == {
        "allOf": [{"anyOf": [none, {"anyOf": [ADDRESS], "title": "Address"}]}],
    }


def test_optional_model_without_default() -> None:
    """Some field has to be there, since there is nothing else to fall back on."""

    def endpoint(address: Annotated[Address | None, Form()]) -> None: ...

    none = {"not": {"anyOf": [{"required": ["street"]}, {"required": ["town"]}]}}
    assert form(endpoint) == {"allOf": [{"not": none}, {"anyOf": [ADDRESS], "title": "Address"}]}


def test_optional_strict_model() -> None:
    """For a model that looks at all fields, a form without its fields is an empty one."""

    def endpoint(strict: Annotated[Strict | None, Form()] = None) -> None: ...

    (condition,) = form(endpoint)["allOf"]

    assert condition["anyOf"][0] == {"maxProperties": 0}


def test_fields_with_several_names() -> None:
    """Any of the names will do, so none is required; the model's own schema stays as it is."""

    def endpoint(a: Annotated[Renamed, Form()], b: Annotated[str, Form()] = "") -> None: ...

    (condition,) = form(endpoint)["allOf"]

    assert condition["allOf"] == [{"anyOf": [{"required": ["road"]}, {"required": ["street"]}]}]
    assert condition["required"] == ["town"]
    assert list(condition["properties"]) == ["road", "town", "zip_code"]


def test_names_that_are_not_the_documented_ones() -> None:
    """A form has no paths: a field with one among its names is read, and shown, under its own."""

    def endpoint(a: Annotated[Inside | None, Form()] = None) -> None: ...

    (condition,) = form(endpoint)["allOf"]
    (model,) = condition["anyOf"][1]["anyOf"]

    assert condition["anyOf"][0] == {"not": {"anyOf": [{"required": ["street"]}]}}
    assert list(model["properties"]) == ["street"]


def test_second_call_changes_nothing() -> None:
    """The schema is shared by all methods of a route."""

    def endpoint(a: Annotated[Address, Form()], b: Annotated[str, Form()]) -> None: ...

    route = described(endpoint)
    definition: dict[str, Any] = {
        "properties": {"a": ADDRESS, "b": {"type": "string"}},
        "required": ["a", "b"],
    }

    schemas = schemas_of(route)
    flatten_models(definition, route.body_params, schemas.definition)
    once = {**definition, "allOf": list(definition["allOf"])}
    flatten_models(definition, route.body_params, schemas.definition)

    assert definition == once
