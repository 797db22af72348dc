"""Code that reads and checks the body."""

from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, field_validator

from kingpost import Body, Depends, Kingpost, Request
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Plain(BaseModel):
    """Validated without code of the application."""

    a: int


class Exact(BaseModel):
    """Keeps digits that a float has lost."""

    a: Decimal


EVENTS: list[str] = []


class Checked(BaseModel):
    """Validated by code of the application."""

    a: int

    @field_validator("a")
    @classmethod
    def check(cls, value: int) -> int:
        """Note that it runs."""
        EVENTS.append("validator")
        return value


def application(model: Any, **options: Any) -> tuple[Kingpost, str]:
    """One operation that returns its body, and the operation's source."""
    app = Kingpost(openapi_url=None)

    def dependency() -> None:
        EVENTS.append("dependency")

    async def create(item):  # type: ignore[no-untyped-def]
        return item

    create.__annotations__["item"] = model
    app.post("/", dependencies=[Depends(dependency)], **options)(create)
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    return app, route.handler_source


@pytest.mark.parametrize(("model", "from_bytes"), [(Plain, True), (Exact, False)])
def test_bytes_are_validated_where_that_is_the_same(model: Any, from_bytes: bool) -> None:
    """A decimal would be another one."""
    app, source = application(model)

    assert ("load_json" not in source) is from_bytes
    assert TestClient(app).post("/", json={"a": 3}).status_code == 200


def test_the_application_s_validators_run_after_the_dependencies() -> None:
    """As on the exact path, and once."""
    app, _ = application(Checked)
    EVENTS.clear()
    TestClient(app).post("/", json={"a": 3})

    assert EVENTS == ["dependency", "validator"]


@pytest.mark.parametrize("model", [Plain, Exact, Checked])
def test_what_does_not_fit_is_answered_exactly(model: Any) -> None:
    """Syntax, encoding, type and absence each have their documented answer."""
    client = TestClient(application(model)[0])
    json_type = {"content-type": "application/json"}

    answers = [
        client.post("/", content=content, headers=headers).json()["detail"]
        for content, headers in [
            (b"{", json_type),
            (b'"\xff"', json_type),
            (b'{"a": "x"}', json_type),
            (b"", json_type),
            (b'{"a": 1}', {"content-type": "text/plain"}),
        ]
    ]
    kinds = [answer if isinstance(answer, str) else answer[0]["type"] for answer in answers]
    assert kinds[0] == "json_invalid"
    assert kinds[1] == "There was an error parsing the body"
    assert kinds[2] in ("int_parsing", "decimal_parsing")
    assert kinds[3:] == ["missing", "model_attributes_type"]


def test_several_parameters_are_keys() -> None:
    """They are validated together."""
    app = Kingpost(openapi_url=None)

    @app.post("/")
    async def create(
        item: Plain, count: Annotated[int, Body()], note: Annotated[str, Body()] = "none"
    ) -> Any:
        return [item.a, count, note]

    client = TestClient(app)
    assert client.post("/", json={"item": {"a": 1}, "count": 2}).json() == [1, 2, "none"]
    errors = client.post("/", json={"item": {"a": "x"}}).json()["detail"]
    assert [error["loc"] for error in errors] == [["body", "item", "a"], ["body", "count"]]


def test_the_request_can_still_be_asked_for_its_body() -> None:
    """What was read is kept for whoever asks again."""
    app = Kingpost(openapi_url=None)

    @app.post("/")
    async def create(item: Plain, request: Request) -> Any:
        return [(await request.body()).decode(), await request.json()]

    assert TestClient(app).post(
        "/", content=b'{"a":1}', headers={"content-type": "application/json"}
    ).json() == ['{"a":1}', {"a": 1}]
