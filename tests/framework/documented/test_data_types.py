"""Types beyond text and numbers, read from a request and written to a response."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from kingpost import Body, Kingpost, Query
from kingpost.testclient import TestClient

VOYAGE = "9c6ed5a0-3c5e-4d0a-9d6e-0a4f3c1f0f11"


def application() -> Kingpost:
    """A ferry's plan."""
    app = Kingpost()

    @app.put("/voyages/{voyage}")
    async def plan(
        voyage: UUID,
        departs: Annotated[datetime, Body()],
        arrives: Annotated[datetime, Body()],
        boarding: Annotated[timedelta, Body()],
        meal: Annotated[time | None, Body()] = None,
    ) -> dict[str, Any]:
        return {
            "voyage": voyage,
            "opens": departs - boarding,
            "boarding": boarding,
            "lasts": arrives - departs,
            "meal": meal,
        }

    return app


def test_dates_times_durations_and_ids() -> None:
    """Text in ISO 8601 becomes what the function asks for, and can be calculated with."""
    answer = TestClient(application()).put(
        f"/voyages/{VOYAGE}",
        json={
            "departs": "2031-07-01T08:30:00+02:00",
            "arrives": "2031-07-01T11:00:00+02:00",
            "boarding": 1800,
            "meal": "09:15:00",
        },
    )

    assert answer.json() == {
        "voyage": VOYAGE,
        "opens": "2031-07-01T08:00:00+02:00",
        "boarding": "PT30M",
        "lasts": "PT2H30M",
        "meal": "09:15:00",
    }


def test_durations_in_text_and_times_left_out() -> None:
    """A duration may be ISO text; an optional time may be absent."""
    answer = TestClient(application()).put(
        f"/voyages/{VOYAGE}",
        json={"departs": 0, "arrives": "1970-01-01T01:00:00Z", "boarding": "PT15M"},
    )

    assert answer.json()["opens"] == "1969-12-31T23:45:00Z"
    assert answer.json()["lasts"] == "PT1H"
    assert answer.json()["meal"] is None


def test_values_of_the_wrong_type() -> None:
    """Each value that cannot be read is named, with its reason."""
    answer = TestClient(application()).put(
        "/voyages/first",
        json={"departs": "noon", "arrives": None, "boarding": "long", "meal": "25:00"},
    )

    assert answer.status_code == 422
    assert [(error["loc"], error["type"]) for error in answer.json()["detail"]] == [
        (["path", "voyage"], "uuid_parsing"),
        (["body", "departs"], "datetime_from_date_parsing"),
        (["body", "arrives"], "datetime_type"),
        (["body", "boarding"], "time_delta_parsing"),
        (["body", "meal"], "time_parsing"),
    ]


def test_types_in_the_document() -> None:
    """The formats of JSON Schema stand for the types."""
    document = application().openapi()
    operation = document["paths"]["/voyages/{voyage}"]["put"]
    body = document["components"]["schemas"]["Body_plan_voyages__voyage__put"]

    assert operation["parameters"][0]["schema"] == {
        "type": "string",
        "format": "uuid",
        "title": "Voyage",
    }
    assert body["properties"]["departs"] == {
        "type": "string",
        "format": "date-time",
        "title": "Departs",
    }
    assert body["properties"]["boarding"]["format"] == "duration"
    assert body["properties"]["meal"]["anyOf"] == [
        {"type": "string", "format": "time"},
        {"type": "null"},
    ]
    assert body["required"] == ["departs", "arrives", "boarding"]


def test_dates_decimals_bytes_and_sets() -> None:
    """A set drops what is repeated, a decimal keeps its digits in typed results."""
    app = Kingpost()

    @app.get("/price")
    def price(
        on: date,
        amount: Decimal,
        code: Annotated[bytes, Query()],
        deck: Annotated[set[int], Query()],
    ) -> tuple[date, Decimal, bytes, list[int]]:
        return on, amount, code, sorted(deck)

    answer = TestClient(app).get("/price?on=2031-07-01&amount=12.50&code=ab&deck=3&deck=1&deck=3")

    assert answer.json() == ["2031-07-01", "12.50", "ab", [1, 3]]
    assert TestClient(app).get("/price?on=x&amount=1&code=a&deck=1").status_code == 422
