from collections.abc import AsyncIterable, Iterable
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.responses import Response

from kingpost._openapi.responses import answers_invalid, describe_responses
from kingpost.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)
from kingpost.sse import EventSourceResponse
from tests.framework._openapi.describing import described, schemas_of

ITEM = {"$ref": "#/components/schemas/Item"}


class Item(BaseModel):
    name: str


class Problem(BaseModel):
    text: str


class Picture(Response):
    media_type = "image/png"


class Vendor(JSONResponse):
    media_type = "application/vnd.item+json"


def item() -> Item:
    """An operation with a typed result."""
    return Item(name="n")


def nothing() -> None:
    """An operation that says nothing of its result."""


def responses(endpoint: Any, **options: Any) -> dict[str, Any]:
    """Describe the answers of a function."""
    route = described(endpoint, **options)
    return describe_responses(route, schemas_of(route))


def test_model() -> None:
    """The result's type is shown under the status of the operation."""
    assert responses(item) == {
        "200": {
            "description": "Successful Response",
            "content": {"application/json": {"schema": ITEM}},
        }
    }


def test_own_status_and_text() -> None:
    """Both can be chosen."""
    found = responses(item, status_code=201, response_description="Made")

    assert list(found) == ["201"]
    assert found["201"]["description"] == "Made"


def test_no_model() -> None:
    """A result without a type can be anything."""
    assert responses(nothing)["200"]["content"] == {"application/json": {"schema": {}}}


@pytest.mark.parametrize("status", [204, 205, 304])
def test_status_without_body(status: int) -> None:
    """Where there can be no body, none is shown."""
    found = responses(nothing, status_code=status)

    assert found == {str(status): {"description": "Successful Response"}}


@pytest.mark.parametrize(
    ("response_class", "status", "content"),
    [
        (HTMLResponse, "200", {"text/html": {"schema": {"type": "string"}}}),
        (PlainTextResponse, "200", {"text/plain": {"schema": {"type": "string"}}}),
        (Picture, "200", {"image/png": {"schema": {"type": "string"}}}),
        (Vendor, "200", {"application/vnd.item+json": {"schema": {}}}),
        (RedirectResponse, "307", None),
        (FileResponse, "200", None),
        (StreamingResponse, "200", None),
        (Response, "200", None),
    ],
)
def test_response_class(
    response_class: type[Response], status: str, content: dict[str, Any] | None
) -> None:
    """The class says which media type is sent, and with which status it starts."""
    found = responses(nothing, response_class=response_class)

    expected: dict[str, Any] = {"description": "Successful Response"}
    assert found == {status: expected if content is None else expected | {"content": content}}


def test_json_lines() -> None:
    """A generator's items are shown, one a line."""

    def stream() -> Iterable[Item]:
        yield Item(name="a")

    assert responses(stream)["200"]["content"] == {"application/jsonl": {"itemSchema": ITEM}}


def test_json_lines_of_anything() -> None:
    """A generator that says nothing of its items may yield anything."""

    def stream():  # type: ignore[no-untyped-def]
        yield 1

    assert responses(stream)["200"]["content"] == {"application/jsonl": {"itemSchema": {}}}


def test_events() -> None:
    """Server-sent events carry the items as JSON in their data."""

    async def stream() -> AsyncIterable[Item]:
        yield Item(name="a")

    found = responses(stream, response_class=EventSourceResponse)

    assert found["200"]["content"]["text/event-stream"]["itemSchema"] == {
        "type": "object",
        "properties": {
            "data": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": ITEM,
            },
            "event": {"type": "string"},
            "id": {"type": "string"},
            "retry": {"type": "integer", "minimum": 0},
        },
        "required": ["data"],
    }


def test_events_of_anything() -> None:
    """Without a type, an event's data is text of any kind."""

    async def stream():  # type: ignore[no-untyped-def]
        yield 1

    found = responses(stream, response_class=EventSourceResponse)
    schema = found["200"]["content"]["text/event-stream"]["itemSchema"]

    assert schema["properties"]["data"] == {"type": "string"}
    assert "required" not in schema


@pytest.mark.parametrize(
    ("status", "key", "description"),
    [
        (404, "404", "Not Found"),
        ("4XX", "4XX", "Client Error"),
        ("default", "default", "Default Response"),
        (599, "599", "Additional Response"),
    ],
)
def test_listed_answer(status: int | str, key: str, description: str) -> None:
    """A further answer has its model, and a text if nobody wrote one."""
    found = responses(nothing, responses={status: {"model": Problem}})

    assert found[key] == {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def test_range_in_lower_case() -> None:
    """A range is written as OpenAPI has it, however it was listed."""
    found = responses(nothing, responses={"5xx": {}, "DEFAULT": {}})

    assert found["5XX"] == {"description": "Server Error"}
    assert found["default"] == {"description": "Default Response"}


def test_listed_answer_in_own_words() -> None:
    """What was written by hand is kept, and joined with the model."""
    written = {
        "model": Problem,
        "description": "Gone",
        "headers": {"X-Reason": {"schema": {"type": "string"}}},
        "content": {"application/json": {"example": {"text": "t"}}, "text/html": {}},
    }
    found = responses(nothing, responses={410: written})

    assert found["410"] == {
        "description": "Gone",
        "headers": {"X-Reason": {"schema": {"type": "string"}}},
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": {"text": "t"},
            },
            "text/html": {},
        },
    }


def test_listed_answer_joins_the_own_one() -> None:
    """What is listed for the operation's own status is added to its answer."""
    found = responses(item, responses={200: {"content": {"image/png": {}}}})

    assert found["200"] == {
        "description": "Successful Response",
        "content": {"application/json": {"schema": ITEM}, "image/png": {}},
    }


def test_listed_answers_have_the_media_type_of_the_class() -> None:
    """An operation that speaks a dialect of JSON reports problems in it, too."""
    found = responses(nothing, response_class=Vendor, responses={404: {"model": Problem}})

    assert list(found["404"]["content"]) == ["application/vnd.item+json"]


def test_what_was_listed_stays_as_it_is() -> None:
    """Making a document changes nothing that belongs to the route."""
    listed: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "content": {}}}

    responses(nothing, responses=listed)

    assert listed == {404: {"model": Problem, "content": {}}}


def test_unknown_status_is_refused() -> None:
    """A key that no client could understand is reported, with what to write instead."""
    with pytest.raises(ValueError, match=r"'ABC' .* is neither a status code nor a range"):
        responses(nothing, responses={"abc": {"description": "x"}})


def with_parameter(q: int) -> None:
    """An operation with a parameter."""


def with_body(item: Item) -> None:
    """An operation with a body."""


@pytest.mark.parametrize(
    ("endpoint", "listed", "expected"),
    [
        (with_parameter, {}, True),
        (with_body, {}, True),
        (nothing, {}, False),
        (with_parameter, {422: {}}, False),
        (with_parameter, {"4XX": {}}, False),
        (with_parameter, {"default": {}}, False),
        (with_parameter, {404: {}}, True),
    ],
)
def test_default_422(endpoint: Any, listed: Any, expected: bool) -> None:
    """It is added where a request can be invalid and nothing listed covers it."""
    route = described(endpoint, responses=listed)

    assert answers_invalid(route, describe_responses(route, schemas_of(route))) is expected
