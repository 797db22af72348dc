import importlib.util
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from kingpost._spec import models
from kingpost._spec.models import (
    APIKey,
    Contact,
    HTTPBearer,
    MediaType,
    OAuth2,
    OpenAPI,
    OpenIdConnect,
    Reference,
    Schema,
    SecurityBase,
)

CLASSES = [
    value
    for name in models.__all__
    if isinstance(value := getattr(models, name), type) and issubclass(value, BaseModel)
]


def written(model: BaseModel) -> dict[str, Any]:
    """Return an object as it stands in a document."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)


@pytest.mark.parametrize("model", CLASSES)
def test_every_class_can_be_built(model: type[BaseModel]) -> None:
    """Classes are built at first use; none of them has a part that is not there."""
    assert model.model_rebuild(force=True) is True


def test_document_keeps_extensions() -> None:
    """Keys that the specification does not name are kept wherever it allows them."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1", "x-a": 1},
        "paths": {"/": {"get": {"responses": {}, "x-b": [None]}}, "x-c": "text"},
        "x-d": {},
    }

    assert written(OpenAPI.model_validate(document)) == document


def test_schema_uses_the_names_of_the_specification() -> None:
    """Names that Python cannot spell have an underscore more."""
    schema = Schema.model_validate(
        {"$ref": "#/x", "not": {"if": True}, "additionalProperties": False, "x-own": 1}
    )

    assert (schema.ref, schema.additionalProperties) == ("#/x", False)
    assert isinstance(schema.not_, Schema)
    assert schema.not_.if_ is True
    assert written(schema) == {
        "$ref": "#/x",
        "not": {"if": True},
        "additionalProperties": False,
        "x-own": 1,
    }


def test_reference_knows_no_extensions() -> None:
    """What stands beside a reference has no meaning."""
    assert written(Reference.model_validate({"$ref": "#/x", "x-own": 1})) == {"$ref": "#/x"}


def test_examples_are_typed_dicts() -> None:
    """An example is plain data, with extensions."""
    media = MediaType.model_validate({"examples": {"a": {"value": 1, "x-own": 2}}})

    assert media.examples == {"a": {"value": 1, "x-own": 2}}


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (
            APIKey(**{"in": "header"}, name="k"),
            {"type": "apiKey", "in": "header", "name": "k"},
        ),
        (HTTPBearer(), {"type": "http", "scheme": "bearer"}),
        (
            OAuth2(flows={"password": {"tokenUrl": "t"}}),
            {"type": "oauth2", "flows": {"password": {"tokenUrl": "t", "scopes": {}}}},
        ),
        (
            OpenIdConnect(openIdConnectUrl="/u"),
            {"type": "openIdConnect", "openIdConnectUrl": "/u"},
        ),
    ],
)
def test_security_schemes(scheme: SecurityBase, expected: dict[str, Any]) -> None:
    """Each kind of scheme says its type by itself."""
    assert written(scheme) == expected


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (OpenAPI, {"openapi": "3.1.0"}),
        (APIKey, {"in": "body", "name": "k"}),
        (OAuth2, {"flows": {"password": {}}}),
        (Schema, {"type": "text"}),
        (Schema, {"maxLength": -1}),
        (Contact, {"url": "nowhere"}),
    ],
)
def test_what_is_no_document_is_refused(model: type[BaseModel], data: dict[str, Any]) -> None:
    """Required parts, enumerations and bounds of the specification hold."""
    with pytest.raises(ValidationError):
        model.model_validate(data)


def test_address_is_checked_where_that_is_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package that knows addresses, any text is taken for one."""
    if importlib.util.find_spec("email_validator"):
        with pytest.raises(ValidationError):
            Contact(email="no address")
    monkeypatch.setattr(models, "find_spec", lambda name: None)

    class Unchecked(BaseModel):
        email: models.EmailStr

    assert Unchecked.model_validate({"email": "no address"}).email == "no address"
