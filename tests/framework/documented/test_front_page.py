"""The first application that one writes: a path, a query parameter, a body."""

from typing import Any

from pydantic import BaseModel

from kingpost import Kingpost
from kingpost.testclient import TestClient


class Stamp(BaseModel):
    """A stamp in an album."""

    country: str
    value: float
    used: bool | None = None


def application() -> Kingpost:
    """A stamp album."""
    app = Kingpost()

    @app.get("/")
    async def greet() -> dict[str, str]:
        return {"album": "open"}

    @app.get("/stamps/{number}")
    def look(number: int, colour: str | None = None) -> dict[str, Any]:
        return {"number": number, "colour": colour}

    @app.put("/stamps/{number}")
    def paste(number: int, stamp: Stamp) -> dict[str, Any]:
        return {"country": stamp.country, "number": number}

    return app


def test_function_for_a_path() -> None:
    """What the function returns is sent as JSON."""
    answer = TestClient(application()).get("/")

    assert (answer.status_code, answer.json()) == (200, {"album": "open"})
    assert answer.headers["content-type"] == "application/json"


def test_parameters_of_path_and_query() -> None:
    """Path and query give the arguments, converted; the query's may be left out."""
    client = TestClient(application())

    assert client.get("/stamps/5?colour=blue").json() == {"number": 5, "colour": "blue"}
    assert client.get("/stamps/5").json() == {"number": 5, "colour": None}


def test_wrong_parameter() -> None:
    """A value that is no integer is refused with its place, reason and input."""
    answer = TestClient(application()).get("/stamps/five")

    assert answer.status_code == 422
    assert answer.json() == {
        "detail": [
            {
                "type": "int_parsing",
                "loc": ["path", "number"],
                "msg": "Input should be a valid integer, unable to parse string as an integer",
                "input": "five",
            }
        ]
    }


def test_body() -> None:
    """A model is the body; its parts are checked, and everything wrong is told at once."""
    client = TestClient(application())
    pasted = client.put("/stamps/5", json={"country": "Peru", "value": "1.5"})
    refused = client.put("/stamps/5", json={"value": "much", "used": 3})

    assert pasted.json() == {"country": "Peru", "number": 5}
    assert refused.status_code == 422
    assert [error["loc"] for error in refused.json()["detail"]] == [
        ["body", "country"],
        ["body", "value"],
        ["body", "used"],
    ]


def test_whole_document() -> None:
    """The OpenAPI document follows from the declarations alone."""
    document = application().openapi()

    assert document["openapi"] == "3.1.0"
    assert {path: list(item) for path, item in document["paths"].items()} == {
        "/": ["get"],
        "/stamps/{number}": ["get", "put"],
    }
    assert document["paths"]["/stamps/{number}"]["put"] == {
        "summary": "Paste",
        "operationId": "paste_stamps__number__put",
        "parameters": [
            {
                "name": "number",
                "in": "path",
                "required": True,
                "schema": {"type": "integer", "title": "Number"},
            }
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stamp"}}},
        },
        "responses": {
            "200": {
                "description": "Successful Response",
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "additionalProperties": True,
                            "title": "Response Paste Stamps  Number  Put",
                        }
                    }
                },
            },
            "422": {
                "description": "Validation Error",
                "content": {
                    "application/json": {
                        "schema": {"$ref": "#/components/schemas/HTTPValidationError"}
                    }
                },
            },
        },
    }
    assert sorted(document["components"]["schemas"]) == [
        "HTTPValidationError",
        "Stamp",
        "ValidationError",
    ]


def test_pages_for_people() -> None:
    """Two pages show the document, ready to try."""
    client = TestClient(application())

    assert "SwaggerUIBundle" in client.get("/docs").text
    assert "redoc" in client.get("/redoc").text
