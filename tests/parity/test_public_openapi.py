"""The functions that make a document step by step, as packages call them."""

import json
import warnings
from enum import Enum
from typing import Annotated, Any

from pydantic import BaseModel

from kingpost import Body, Depends, File, Form, Kingpost, Query
from kingpost.openapi import utils
from kingpost.routing import APIRoute
from kingpost.security import OAuth2PasswordBearer
from tests.parity.harness import same


class Colour(Enum):
    """A choice."""

    RED = "red"


class Part(BaseModel):
    """What an item is made of."""

    colour: Colour


class Item(BaseModel):
    """A body."""

    size: int = 1
    part: Part | None = None
    items: "list[Item]" = []


def routes() -> list[Any]:
    """The operations of an application that has some of everything."""
    app = Kingpost()
    scheme = OAuth2PasswordBearer(tokenUrl="t")

    @app.post("/items/{key}", tags=["a"], responses={404: {"model": Part}}, deprecated=True)
    def create(key: int, item: Item, n: Annotated[int, Body(examples=[1])] = 3) -> list[Item]:
        """Make some."""
        return [item]

    @app.get("/hidden", include_in_schema=False, operation_id="hidden", summary="Hidden")
    def hidden(q: Colour = Colour.RED) -> Item:
        return Item()

    @app.get("/lists", dependencies=[Depends(scheme)])
    def lists(q: Annotated[list[int], Query()] = []) -> None:  # noqa: B006
        return None

    @app.put("/form")
    def form(
        item: Annotated[Item | None, Form()] = None,
        z: Annotated[str, Form()] = "x",
        file: Annotated[bytes | None, File()] = None,
    ) -> None:
        return None

    return [route for route in app.routes if isinstance(route, APIRoute)]


def fields_and_names(found: list[Any]) -> tuple[Any, Any]:
    """The fields of the operations, and the names of the models in them."""
    fields = utils.get_fields_from_routes(found)
    return fields, utils.get_model_name_map(utils.get_flat_models_from_fields(fields, set()))


@same
def test_fields_and_models() -> object:
    """What there is to define, and under which names."""
    fields, names = fields_and_names(routes())
    return [(field.name, field.mode) for field in fields], sorted(names.values())


@same
def test_definitions() -> object:
    """The schemas of the fields; of the definitions, all but that of the form."""
    fields, names = fields_and_names(routes())
    mapping, definitions = utils.get_definitions(fields=fields, model_name_map=names)
    schemas = [mapping[field, field.mode] for field in fields]
    shown = {name: schema for name, schema in definitions.items() if "form" not in name}
    return schemas, sorted(definitions), json.dumps(shown, sort_keys=True)


@same
def test_schemas() -> object:
    """Each field's schema, with its title."""
    fields, names = fields_and_names(routes())
    mapping, _ = utils.get_definitions(fields=fields, model_name_map=names)
    return [
        utils.get_schema_from_model_field(
            field=field, model_name_map=names, field_mapping=mapping, field_alias=alias
        )
        for field in fields
        for alias in (None, "other_name")
    ]


@same
def test_paths() -> object:
    """The operations, the security schemes, and the definitions for validation errors."""
    found = routes()
    fields, names = fields_and_names(found)
    mapping, _ = utils.get_definitions(fields=fields, model_name_map=names)
    ids: set[str] = set()
    described = []
    for route in found:
        path, schemes, definitions = utils.get_openapi_path(
            route=route, operation_ids=ids, model_name_map=names, field_mapping=mapping
        )
        kept = {name: d for name, d in definitions.items() if "ValidationError" in name}
        described.append(json.dumps([path, sorted(schemes), kept], sort_keys=True, default=str))
    return described, sorted(ids)


@same
def test_operations_in_parts() -> object:
    """Metadata, summary, id and body of each operation on its own."""
    found = routes()
    fields, names = fields_and_names(found)
    mapping, _ = utils.get_definitions(fields=fields, model_name_map=names)
    parts = []
    for route in found:
        (method,) = route.methods
        metadata = utils.get_openapi_operation_metadata(
            route=route, method=method, operation_ids=set()
        )
        summary = utils.generate_operation_summary(route=route, method=method)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            id_ = utils.generate_operation_id(route=route, method=method)
        parts.append((metadata, summary, id_))
    return parts, utils.get_openapi_operation_request_body(
        body_field=None, model_name_map=names, field_mapping=mapping
    )
