"""Dataclasses where a model could be."""

from dataclasses import dataclass, field
from typing import Any

from pydantic.dataclasses import dataclass as checked_dataclass

from kingpost import Kingpost
from kingpost.testclient import TestClient


@dataclass
class Pot:
    """A pot."""

    name: str
    litres: float
    glaze: str | None = None


@dataclass
class Kiln:
    """A kiln and what stands in it."""

    name: str
    pots: list[Pot] = field(default_factory=list)


@checked_dataclass
class Batch:
    """What is fired together."""

    kiln: str
    pots: list[Pot] = field(default_factory=lambda: [Pot("test", 1)])


def test_dataclass_as_body_and_result() -> None:
    """Its fields are checked, and its result is sent like a model's."""
    app = Kingpost()

    @app.post("/pots")
    async def throw(pot: Pot) -> Pot:
        return pot

    client = TestClient(app)
    thrown = client.post("/pots", json={"name": "jug", "litres": "1.5"})
    refused = client.post("/pots", json={"name": "jug", "litres": "much"})

    assert thrown.json() == {"name": "jug", "litres": 1.5, "glaze": None}
    assert refused.status_code == 422
    assert refused.json()["detail"][0]["loc"] == ["body", "litres"]
    assert app.openapi()["components"]["schemas"]["Pot"]["required"] == ["name", "litres"]


def test_dataclass_as_response_model() -> None:
    """A dict is filtered by it, with defaults filled in."""
    app = Kingpost()

    @app.get("/kiln", response_model=Kiln)
    async def kiln() -> Any:
        return {"name": "east", "pots": [{"name": "cup", "litres": 0.2, "price": 9}], "owner": "x"}

    assert TestClient(app).get("/kiln").json() == {
        "name": "east",
        "pots": [{"name": "cup", "litres": 0.2, "glaze": None}],
    }


def test_nested_dataclasses() -> None:
    """Dataclasses of either kind may hold one another, in lists too."""
    app = Kingpost()

    @app.post("/kilns/{name}/batches", response_model=Batch)
    async def fire(name: str, pots: list[Pot]) -> Any:
        return {"kiln": name, "pots": pots} if pots else {"kiln": name}

    @app.get("/batches", response_model=list[Batch])
    def batches() -> Any:
        return [Batch("east", [Pot("bowl", 1)]), {"kiln": "west"}]

    client = TestClient(app)
    fired = client.post("/kilns/east/batches", json=[{"name": "jar", "litres": 3}])
    refused = client.post("/kilns/east/batches", json=[{"name": "jar"}])

    assert fired.json() == {
        "kiln": "east",
        "pots": [{"name": "jar", "litres": 3.0, "glaze": None}],
    }
    assert refused.json()["detail"][0]["loc"] == ["body", 0, "litres"]
    assert client.post("/kilns/east/batches", json=[]).json()["pots"][0]["name"] == "test"
    assert [batch["kiln"] for batch in client.get("/batches").json()] == ["east", "west"]
    assert sorted(app.openapi()["components"]["schemas"]) == [
        "Batch",
        "HTTPValidationError",
        "Pot",
        "ValidationError",
    ]
