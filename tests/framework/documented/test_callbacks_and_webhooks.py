"""Requests that an application makes itself, told to those who will receive them."""

from typing import Any

from pydantic import BaseModel, HttpUrl

from kingpost import APIRouter, Kingpost
from kingpost.testclient import TestClient


class Parcel(BaseModel):
    """What is to be delivered."""

    number: str
    weight: float


class Delivered(BaseModel):
    """That a parcel has arrived."""

    signed_by: str


class Thanks(BaseModel):
    """What the receiver answers."""

    ok: bool


callbacks = APIRouter()


@callbacks.post("{$callback_url}/parcels/{$request.body.number}", response_model=Thanks)
def arrived(body: Delivered) -> None:
    """Hear that a parcel has arrived."""


def application() -> Kingpost:
    """A carrier."""
    app = Kingpost()

    @app.post("/parcels", callbacks=callbacks.routes)
    def send(parcel: Parcel, callback_url: HttpUrl | None = None) -> dict[str, Any]:
        """Take a parcel, and call back when it has arrived."""
        return {"taken": parcel.number, "call": callback_url}

    @app.webhooks.post("lost-parcel", tags=["parcels"])
    def lost(body: Parcel) -> None:
        """Be told of every parcel that is lost."""

    return app


def test_operation_with_a_callback() -> None:
    """The operation itself knows nothing of its callback."""
    client = TestClient(application())
    taken = client.post(
        "/parcels?callback_url=https://shop.example", json={"number": "p1", "weight": 2}
    )

    assert taken.json() == {"taken": "p1", "call": "https://shop.example/"}
    assert client.post("/parcels?callback_url=x", json={}).status_code == 422
    assert client.post("/lost-parcel", json={"number": "p1", "weight": 2}).status_code == 404


def test_callback_in_the_document() -> None:
    """The callback stands with its operation, under an expression for its address."""
    document = application().openapi()
    found = document["paths"]["/parcels"]["post"]["callbacks"]
    expression = "{$callback_url}/parcels/{$request.body.number}"

    assert list(found) == ["arrived"]
    assert list(found["arrived"]) == [expression]
    operation = found["arrived"][expression]["post"]
    assert operation["description"] == "Hear that a parcel has arrived."
    assert operation["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Delivered"
    }
    assert operation["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Thanks"
    }


def test_webhook_in_the_document() -> None:
    """Webhooks stand beside the paths, under a name."""
    document = application().openapi()

    assert list(document["paths"]) == ["/parcels"]
    assert list(document["webhooks"]) == ["lost-parcel"]
    operation = document["webhooks"]["lost-parcel"]["post"]
    assert operation["tags"] == ["parcels"]
    assert operation["summary"] == "Lost"
    assert operation["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Parcel"
    }


def test_webhooks_of_a_router() -> None:
    """A router may hold the webhooks of several applications."""
    hooks = APIRouter()

    @hooks.put("stock", include_in_schema=True)
    def stock(body: Parcel) -> None:
        """Be told what is in stock."""

    assert list(Kingpost(webhooks=hooks).openapi()["webhooks"]) == ["stock"]
    assert "webhooks" not in Kingpost().openapi()
