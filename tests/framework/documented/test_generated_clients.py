"""A document from which clients are generated: models, tags, names of operations."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kingpost import Kingpost
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Lamp(BaseModel):
    """A lamp."""

    name: str
    watts: float


class Room(BaseModel):
    """A room."""

    name: str


class Done(BaseModel):
    """That something was done."""

    message: str


def tag_and_name(route: APIRoute) -> str:
    """Name an operation by its first tag and its function."""
    return f"{route.tags[0]}-{route.name}"


def application(**options: Any) -> Kingpost:
    """Lamps and rooms."""
    app = Kingpost(**options)

    @app.post("/lamps/", response_model=Done, tags=["lamps"])
    async def add(lamp: Lamp) -> Any:
        return {"message": lamp.name}

    @app.get("/lamps/", response_model=list[Lamp], tags=["lamps"])
    async def show() -> Any:
        return [{"name": "desk", "watts": 9}, {"name": "hall", "watts": 3.5}]

    @app.post("/rooms/", response_model=Done, tags=["rooms"])
    async def build(room: Room, lamp: Lamp) -> Any:
        return {"message": f"{room.name} with {lamp.name}"}

    return app


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation of a document."""
    return [operation for item in document["paths"].values() for operation in item.values()]


def test_models_in_the_document() -> None:
    """Requests and responses refer to the models by name."""
    client = TestClient(application())
    document = client.get("/openapi.json").json()
    add = document["paths"]["/lamps/"]["post"]

    assert client.post("/lamps/", json={"name": "desk", "watts": 9}).json() == {"message": "desk"}
    assert client.post("/lamps/", json={"name": "desk"}).status_code == 422
    assert client.get("/lamps/").json()[1] == {"name": "hall", "watts": 3.5}
    assert add["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Lamp"
    }
    assert add["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Done"
    }


def test_tags_group_operations() -> None:
    """Each operation lists its tags."""
    assert [operation["tags"] for operation in operations(application().openapi())] == [
        ["lamps"],
        ["lamps"],
        ["rooms"],
    ]


def test_default_names_of_operations() -> None:
    """An operation is named by function, path and method."""
    found = [operation["operationId"] for operation in operations(application().openapi())]

    assert found == ["show_lamps__get", "add_lamps__post", "build_rooms__post"]


def test_own_names_of_operations() -> None:
    """A function of one's own names operations, and the models made for them."""
    document = application(generate_unique_id_function=tag_and_name).openapi()

    assert [operation["operationId"] for operation in operations(document)] == [
        "lamps-show",
        "lamps-add",
        "rooms-build",
    ]
    assert "Body_rooms-build" in document["components"]["schemas"]


def test_document_worked_over(tmp_path: Path) -> None:
    """A script may shorten the names before a client is generated."""
    file = tmp_path / "openapi.json"
    served = TestClient(application(generate_unique_id_function=tag_and_name)).get("/openapi.json")
    file.write_text(served.text)

    document = json.loads(file.read_text())
    for operation in operations(document):
        operation["operationId"] = operation["operationId"].removeprefix(f"{operation['tags'][0]}-")
    file.write_text(json.dumps(document))

    assert [o["operationId"] for o in operations(json.loads(file.read_text()))] == [
        "show",
        "add",
        "build",
    ]
