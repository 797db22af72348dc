"""The smallest applications, and what every application brings along."""

from typing import Any

from pydantic import BaseModel

from kingpost import Kingpost
from kingpost.testclient import TestClient


class Boat(BaseModel):
    """What a client sends."""

    name: str
    length: float
    is_sailing: bool | None = None


def harbour() -> Kingpost:
    """Return an application with one operation of each kind."""
    app = Kingpost()

    @app.get("/")
    def root() -> Any:
        return {"harbour": "open"}

    @app.get("/boats/{boat_id}")
    def read(boat_id: int, q: str | None = None) -> Any:
        return {"boat_id": boat_id, "q": q}

    @app.put("/boats/{boat_id}")
    def update(boat_id: int, boat: Boat) -> Any:
        return {"boat_name": boat.name, "boat_id": boat_id}

    return app


def test_plain_function() -> None:
    """A function and a path are an API."""
    client = TestClient(harbour())
    answer = client.get("/")

    assert (answer.status_code, answer.json()) == (200, {"harbour": "open"})
    assert answer.headers["content-type"] == "application/json"


def test_asynchronous_function() -> None:
    """An asynchronous function does the same."""
    app = Kingpost()

    @app.get("/")
    async def root() -> dict[str, str]:
        return {"harbour": "open"}

    assert TestClient(app).get("/").json() == {"harbour": "open"}


def test_parameters_by_their_types() -> None:
    """Path, query and body follow from the signature, and are converted and checked."""
    client = TestClient(harbour())

    assert client.get("/boats/5?q=sail").json() == {"boat_id": 5, "q": "sail"}
    assert client.get("/boats/5").json() == {"boat_id": 5, "q": None}
    assert client.put("/boats/5", json={"name": "Elsa", "length": "9.5"}).json() == {
        "boat_name": "Elsa",
        "boat_id": 5,
    }
    assert client.get("/boats/elsa").json()["detail"] == [
        {
            "type": "int_parsing",
            "loc": ["path", "boat_id"],
            "msg": "Input should be a valid integer, unable to parse string as an integer",
            "input": "elsa",
        }
    ]
    assert client.put("/boats/5", json={"name": "Elsa"}).json()["detail"] == [
        {
            "type": "missing",
            "loc": ["body", "length"],
            "msg": "Field required",
            "input": {"name": "Elsa"},
        }
    ]


def test_document_and_pages() -> None:
    """Every application has a document, and two pages that show it."""
    client = TestClient(harbour())
    document = client.get("/openapi.json").json()

    assert document["openapi"] == "3.1.0"
    assert list(document["paths"]) == ["/", "/boats/{boat_id}"]
    assert document["paths"]["/"]["get"] == {
        "summary": "Root",
        "operationId": "root__get",
        "responses": {
            "200": {
                "description": "Successful Response",
                "content": {"application/json": {"schema": {"title": "Response Root  Get"}}},
            }
        },
    }
    for page in ("/docs", "/redoc"):
        assert client.get(page).headers["content-type"] == "text/html; charset=utf-8"


def test_any_value_is_returned_as_json() -> None:
    """Dicts, lists, models, numbers, text, truth and nothing."""
    app = Kingpost()
    values: list[Any] = [
        {"a": 1},
        [1, "b"],
        Boat(name="Elsa", length=9),
        3,
        1.5,
        "text",
        True,
        None,
    ]

    @app.get("/value")
    async def value(index: int) -> Any:
        return values[index]

    client = TestClient(app)
    bodies = [client.get(f"/value?index={index}").json() for index in range(len(values))]

    assert bodies == [
        {"a": 1},
        [1, "b"],
        {"name": "Elsa", "length": 9.0, "is_sailing": None},
        3,
        1.5,
        "text",
        True,
        None,
    ]


def test_errors_that_nobody_declared() -> None:
    """An unknown path, and a method that a path does not have."""
    client = TestClient(harbour())
    wrong = client.post("/")

    assert client.get("/nowhere").json() == {"detail": "Not Found"}
    assert (wrong.status_code, wrong.json()) == (405, {"detail": "Method Not Allowed"})
    assert wrong.headers["allow"] == "GET"
