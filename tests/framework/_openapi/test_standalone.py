"""The steps of making a document, taken one by one."""

from enum import Enum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from kingpost import Body, Depends, File, Form
from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._openapi.document import build_document
from kingpost._openapi.route import fields_of
from kingpost._openapi.standalone import (
    generate_operation_id,
    generate_operation_summary,
    get_definitions,
    get_flat_models_from_fields,
    get_model_name_map,
    get_openapi_operation_metadata,
    get_openapi_operation_request_body,
    get_openapi_path,
    get_schema_from_model_field,
)
from kingpost._serve.route import APIRoute
from kingpost.security import HTTPBearer


class Colour(Enum):
    """A choice."""

    RED = "red"


class Part(BaseModel):
    """What an item is made of."""

    colours: list[Colour] = []


class Item(BaseModel):
    """A body."""

    part: Part | None = None
    items: "list[Item]" = []


def create(item: Item, size: Annotated[int, Body(examples=[1])] = 3) -> list[Item]:
    """Make one."""
    return [item] * size


def change(item: Annotated[Item | None, Form()] = None, file: bytes | None = File(None)) -> None:
    """Change one."""


def steps(*routes: APIRoute) -> dict[str, Any]:
    """Make the paths, schemas and definitions of a document as packages do."""
    fields = fields_of(routes)
    names = get_model_name_map(get_flat_models_from_fields(fields, set()))
    mapping, definitions = get_definitions(fields=fields, model_name_map=names)
    document: dict[str, Any] = {"paths": {}, "securitySchemes": {}}
    ids: set[str] = set()
    for route in routes:
        path, schemes, more = get_openapi_path(
            route=route, operation_ids=ids, model_name_map=names, field_mapping=mapping
        )
        document["paths"].setdefault(route.path_format, {}).update(path)
        document["securitySchemes"].update(schemes)
        definitions.update(more)
    return {**document, "schemas": dict(sorted(definitions.items()))}


def test_together_they_make_the_document() -> None:
    """Nothing is missing that the whole document has."""
    bearer = Depends(HTTPBearer())
    routes = (
        APIRoute("/a", create, methods=["POST"], responses={404: {"model": Part}}),
        APIRoute("/b", change, methods=["POST"], dependencies=[bearer]),
        APIRoute("/c", lambda: 1, name="hidden", include_in_schema=False),
    )
    document = build_document(title="T", version="1", routes=routes)
    found = steps(*routes)

    paths = jsonable_encoder(found["paths"], exclude_none=True)
    schemas = jsonable_encoder(found["schemas"], exclude_none=True)
    assert {path: item for path, item in paths.items() if item} == document["paths"]
    assert schemas == document["components"]["schemas"]
    assert found["securitySchemes"] == {"HTTPBearer": {"type": "http", "scheme": "bearer"}}


def test_models_are_found_at_any_depth() -> None:
    """In lists, unions, and models that contain themselves; what is known is not looked into."""
    fields = fields_of([APIRoute("/", change, methods=["POST"], response_model=list[Item])])
    found = get_flat_models_from_fields(fields, set())

    assert {Colour, Part, Item} < found
    assert {model.__name__ for model in found - {Colour, Part, Item}} == {"Body_change__post"}
    assert get_flat_models_from_fields(fields, {Part}) == found - {Colour}


def test_models_of_one_name_are_told_apart() -> None:
    """By where they are."""
    other = type("Part", (BaseModel,), {"__module__": "shop.models"})

    assert get_model_name_map({Part, other, Colour}) == {
        Colour: "Colour",
        Part: f"{__name__}__Part".replace(".", "__"),
        other: "shop__models__Part",
    }


def test_a_schema_has_a_title() -> None:
    """Its own, or one made of a name; a reference has none."""
    fields = fields_of([APIRoute("/{item_id}", lambda item_id, part: 1)])
    mapping, _ = get_definitions(fields=fields, model_name_map={})

    def schema(alias: str | None = None) -> dict[str, Any]:
        return get_schema_from_model_field(
            field=fields[0], model_name_map={}, field_mapping=mapping, field_alias=alias
        )

    assert (schema(), schema("other_id")) == ({"title": "Item Id"}, {"title": "Other Id"})


def test_metadata_says_what_was_written() -> None:
    """The id is noted, and a second operation with the same one is reported."""
    route = APIRoute("/", create, tags=["a"], deprecated=True, operation_id="make")
    ids: set[str] = set()
    metadata = get_openapi_operation_metadata(route=route, method="get", operation_ids=ids)

    assert metadata == {
        "tags": ["a"],
        "summary": "Create",
        "description": "Make one.",
        "operationId": "make",
        "deprecated": True,
    }
    assert ids == {"make"}
    with pytest.warns(UserWarning, match="Duplicate Operation ID make"):
        get_openapi_operation_metadata(route=route, method="get", operation_ids=ids)


def test_a_body_is_described_with_its_media_type() -> None:
    """No body has no description."""
    route = APIRoute("/", create, methods=["POST"])

    def body(field: Any) -> dict[str, Any] | None:
        return get_openapi_operation_request_body(
            body_field=field, model_name_map={}, field_mapping={}
        )

    schema = {"$ref": "#/components/schemas/Body_create__post"}
    assert body(None) is None
    assert body(route.body_field) == {
        "required": True,
        "content": {"application/json": {"schema": schema}},
    }


def test_summary_and_id_follow_from_the_name() -> None:
    """Unless they were given."""
    plain = APIRoute("/{x:path}", lambda x: 1, name="read_item")
    named = APIRoute("/", create, summary="S", operation_id="make")

    assert generate_operation_summary(route=plain, method="get") == "Read Item"
    assert generate_operation_summary(route=named, method="get") == "S"
    with pytest.warns(KingpostDeprecationWarning):
        assert generate_operation_id(route=plain, method="GET") == "read_item__x__get"
    with pytest.warns(KingpostDeprecationWarning):
        assert generate_operation_id(route=named, method="GET") == "make"
