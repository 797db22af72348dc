import json
import subprocess
import sys
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, ValidationError

from kingpost import APIRouter, Body, Depends
from kingpost._openapi.document import build_document
from kingpost._serve.route import APIRoute
from kingpost.openapi.utils import get_openapi
from kingpost.security import HTTPBearer
from tests.framework._openapi.describing import document


class Item(BaseModel):
    name: str
    note: str | None = None


def read(item_id: int, token: Annotated[Any, Depends(HTTPBearer())]) -> Item:
    """Read one."""
    return Item(name=str(item_id))


def make(item: Annotated[Item, Body(examples=[{"name": "n", "note": None}])]) -> None:
    """Make one."""


def test_document_without_routes() -> None:
    """A document has a version, a title and paths; nothing else is needed."""
    assert document() == {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {},
    }


def test_everything_about_the_api() -> None:
    """What is said of the API as a whole stands in its place."""
    found = document(
        openapi_version="3.1.1",
        summary="S",
        description="D",
        terms_of_service="https://example.com/terms",
        contact={"name": "N", "email": "n@example.com", "x-own": 1},
        license_info={"name": "MIT", "identifier": "MIT"},
        tags=[{"name": "items", "description": "Things"}],
        servers=[{"url": "/api", "description": "Here"}],
        external_docs={"url": "https://example.com/docs"},
    )

    assert found == {
        "openapi": "3.1.1",
        "info": {
            "title": "T",
            "summary": "S",
            "description": "D",
            "termsOfService": "https://example.com/terms",
            "contact": {"name": "N", "email": "n@example.com", "x-own": 1},
            "license": {"name": "MIT", "identifier": "MIT"},
            "version": "1",
        },
        "servers": [{"url": "/api", "description": "Here"}],
        "paths": {},
        "tags": [{"name": "items", "description": "Things"}],
        "externalDocs": {"url": "https://example.com/docs"},
    }


def test_paths_and_components() -> None:
    """Operations of one path stand together; the components are sorted by name."""
    found = document(
        APIRoute("/items/{item_id}", read), APIRoute("/items/{item_id}", make, methods=["PUT"])
    )

    assert {path: list(item) for path, item in found["paths"].items()} == {
        "/items/{item_id}": ["get", "put"]
    }
    assert list(found["components"]["schemas"]) == [
        "HTTPValidationError",
        "Item",
        "ValidationError",
    ]
    assert found["components"]["securitySchemes"] == {
        "HTTPBearer": {"type": "http", "scheme": "bearer"}
    }


def test_path_converters_are_not_shown() -> None:
    """OpenAPI knows names in paths only."""
    assert list(document(APIRoute("/items/{item_id:int}", read))["paths"]) == ["/items/{item_id}"]


def test_nulls_are_left_out() -> None:
    """A null in a document says nothing, also where the user wrote one."""
    schemas = document(APIRoute("/", make, methods=["POST"]))

    assert "null" not in json.dumps(schemas["paths"])
    assert "default" not in schemas["components"]["schemas"]["Item"]["properties"]["note"]


def test_webhooks() -> None:
    """Operations that clients are to offer stand apart from the paths."""
    webhooks = APIRouter()

    @webhooks.post("made")
    def made(item: Item) -> None: ...

    found = document(webhooks=webhooks.routes)

    assert found["paths"] == {}
    assert list(found["webhooks"]["made"]) == ["post"]
    assert "Item" in found["components"]["schemas"]


def test_input_and_output_can_be_one() -> None:
    """The choice is the application's."""

    class Tree(BaseModel):
        children: list["Tree"] = []

    def grow(tree: Tree) -> Tree:
        return tree

    route = APIRoute("/", grow, methods=["POST"])
    two = document(route)["components"]["schemas"]
    one = document(route, separate_input_output_schemas=False)["components"]["schemas"]

    assert {name for name in two if name.startswith("Tree")} == {"Tree-Input", "Tree-Output"}
    assert {name for name in one if name.startswith("Tree")} == {"Tree"}


def test_invalid_hand_written_part_is_refused() -> None:
    """A document that is none helps nobody."""
    with pytest.raises(ValidationError, match="license"):
        document(license_info={"identifier": "MIT"})


def test_second_document_is_the_same() -> None:
    """Making a document leaves nothing behind in the routes."""
    routes = [APIRoute("/items/{item_id}", read), APIRoute("/", make, methods=["POST"])]

    assert document(*routes) == document(*routes)


def test_operation_id_that_is_set_later_counts() -> None:
    """Applications rename the ids of all routes once they are complete."""
    route = APIRoute("/items/{item_id}", read)
    route.operation_id = "own"

    assert document(route)["paths"]["/items/{item_id}"]["get"]["operationId"] == "own"


def test_public_name() -> None:
    """`get_openapi` is this function."""
    assert get_openapi is build_document


def test_an_application_makes_no_document_by_itself() -> None:
    """The types of the document are slow to import, and most processes never need them."""
    code = "import sys, kingpost; kingpost.Kingpost(); print(*sys.modules)"
    modules = subprocess.run(  # noqa: S603 - the interpreter itself
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()

    assert "kingpost._serve.application" in modules
    assert [
        name for name in modules if name.startswith(("kingpost._spec", "kingpost._openapi.doc"))
    ] == []
