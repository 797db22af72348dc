from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from kingpost import Body, File, Form, UploadFile
from kingpost._openapi.bodies import METHODS_WITH_BODY, describe_body
from tests.framework._openapi.describing import described, schemas_of


class Item(BaseModel):
    name: str


def body(endpoint: Any) -> dict[str, Any] | None:
    """Describe the body of a function."""
    route = described(endpoint, "/x", methods=["POST"])
    return describe_body(route, schemas_of(route))


def test_no_body() -> None:
    """An operation without one says nothing of it."""

    def endpoint(q: int) -> None: ...

    assert body(endpoint) is None


def test_model() -> None:
    """A model is named, and required without a default."""

    def endpoint(item: Item) -> None: ...

    assert body(endpoint) == {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}},
    }


def test_optional_body() -> None:
    """A body with a default may be left out."""

    def endpoint(item: Item | None = None) -> None: ...

    found = body(endpoint)

    assert found is not None
    assert "required" not in found


def test_examples_and_media_type() -> None:
    """What is said of the body stands beside its schema."""

    def endpoint(
        item: Annotated[
            Item,
            Body(media_type="application/x-item", openapi_examples={"a": {"value": {"name": "n"}}}),
        ],
    ) -> None: ...

    found = body(endpoint)

    assert found is not None
    assert found["content"] == {
        "application/x-item": {
            "schema": {"$ref": "#/components/schemas/Item"},
            "examples": {"a": {"value": {"name": "n"}}},
        }
    }


@pytest.mark.parametrize(
    ("annotation", "media_type"),
    [
        (Annotated[str, Form()], "application/x-www-form-urlencoded"),
        (Annotated[str, Form(media_type="application/x-own")], "application/x-own"),
        (Annotated[bytes, File()], "multipart/form-data"),
        (UploadFile, "multipart/form-data"),
        (Annotated[str, Body()], "application/json"),
    ],
)
def test_media_type(annotation: Any, media_type: str) -> None:
    """A form with a file is sent in parts, another one as a query is."""

    def endpoint(value: Any) -> None: ...

    endpoint.__annotations__["value"] = annotation

    found = body(endpoint)

    assert found is not None
    assert list(found["content"]) == [media_type]


def test_methods_with_body() -> None:
    """Bodies of the other methods have no meaning, and are not documented."""
    assert METHODS_WITH_BODY == {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"}
