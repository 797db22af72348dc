from enum import Enum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from kingpost import APIRouter, Depends
from kingpost._openapi.operation import Operations, operation_id
from kingpost._openapi.schemas import Schemas
from kingpost.security import HTTPBearer
from tests.framework._openapi.describing import described, operation, schemas_of


class Tag(Enum):
    ITEMS = "items"


class Item(BaseModel):
    name: str


def read_item() -> None:
    """Read one.

    With more words.
    \f
    Not for the document.
    """


def plain() -> None:
    """Do nothing."""


def test_texts_come_from_the_function() -> None:
    """Its name is the summary, its docstring the description."""
    found = operation(read_item, "/items")

    assert found["summary"] == "Read Item"
    assert found["description"] == "Read one.\n\nWith more words."
    assert found["operationId"] == "read_item_items_get"
    assert not {"tags", "deprecated", "parameters", "requestBody", "security"} & found.keys()


def test_texts_as_given() -> None:
    """Options come before what the function says."""
    found = operation(
        read_item,
        summary="S",
        description="D",
        operation_id="id",
        tags=[Tag.ITEMS, "more"],
        deprecated=True,
    )

    assert found == {
        "tags": ["items", "more"],
        "summary": "S",
        "description": "D",
        "operationId": "id",
        "deprecated": True,
        "responses": found["responses"],
    }


def test_order_of_keys() -> None:
    """A document reads from what an operation is to what it answers."""

    def endpoint(item: Item, token: Annotated[Any, Depends(HTTPBearer())], q: int = 1) -> None: ...

    route = described(endpoint, methods=["POST"], tags=["t"], callbacks=[])
    ((_, found),) = Operations(schemas_of(route)).of(route)

    assert list(found) == [
        "tags",
        "summary",
        "operationId",
        "security",
        "parameters",
        "requestBody",
        "responses",
    ]


@pytest.mark.parametrize(("method", "expected"), [("post", True), ("options", False)])
def test_body_of_methods_that_have_one(method: str, expected: bool) -> None:
    """The body is documented where the method gives it a meaning."""

    def endpoint(item: Item) -> None: ...

    assert ("requestBody" in operation(endpoint, method=method)) is expected


def test_extra_is_laid_over_the_rest() -> None:
    """Hand-written parts join what was worked out."""

    def endpoint(q: int) -> None: ...

    found = operation(
        endpoint,
        openapi_extra={
            "x-own": {"a": 1},
            "parameters": [{"name": "z", "in": "query"}],
            "responses": {"200": {"description": "Other"}},
        },
    )

    assert found["x-own"] == {"a": 1}
    assert [each["name"] for each in found["parameters"]] == ["q", "z"]
    assert found["responses"]["200"]["description"] == "Other"
    assert "content" in found["responses"]["200"]


def test_route_with_one_method_has_the_id_of_its_plan() -> None:
    """That one is made by the user's function, where there is one."""
    route = described(plain, generate_unique_id_function=lambda route: f"own-{route.name}")

    assert operation_id(route, "GET") == "own-plain"


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ({}, ["plain_x_get", "plain_x_post"]),
        (
            {"generate_unique_id_function": lambda route: f"own-{route.name}"},
            ["own-plain_get", "own-plain_post"],
        ),
        ({"operation_id": "id"}, ["id", "id"]),
    ],
)
def test_each_method_has_an_id_of_its_own(options: dict[str, Any], ids: list[str]) -> None:
    """Ids differ and are the same in every process; one that was given is left alone."""
    route = described(plain, "/x", methods=["POST", "GET"], **options)

    assert [operation_id(route, method) for method in route.plan.methods] == ids


def test_id_that_occurs_twice_is_reported() -> None:
    """Ids name the functions of generated clients, where the second would hide the first."""
    first, second = described(plain, operation_id="same"), described(read_item, operation_id="same")
    operations = Operations(schemas_of(first, second))
    list(operations.of(first))

    with pytest.warns(UserWarning, match="Duplicate Operation ID same for function read_item at "):
        list(operations.of(second))


def test_default_422_brings_its_schemas() -> None:
    """The answer to an invalid request refers to schemas that no value has."""

    def endpoint(q: int) -> None: ...

    route = described(endpoint)
    operations = Operations(schemas_of(route))
    ((_, found),) = operations.of(route)

    assert found["responses"]["422"]["description"] == "Validation Error"
    assert set(operations.extra_schemas) == {"ValidationError", "HTTPValidationError"}


def test_callbacks() -> None:
    """Callbacks stand under their name and path, and add nothing to the components."""
    callbacks = APIRouter()

    @callbacks.post("{$url}/done")
    def done(item: Item, token: Annotated[Any, Depends(HTTPBearer())]) -> None: ...

    @callbacks.get("/hidden", include_in_schema=False)
    def hidden() -> None: ...

    route = described(plain, callbacks=callbacks.routes)
    operations = Operations(Schemas(route.fields()))
    ((_, found),) = operations.of(route)

    assert list(found["callbacks"]["done"]) == ["{$url}/done"]
    assert found["callbacks"]["done"]["{$url}/done"]["post"]["summary"] == "Done"
    assert found["callbacks"]["hidden"] == {"/hidden": {}}
    assert (operations.security_schemes, operations.extra_schemas) == ({}, {})
