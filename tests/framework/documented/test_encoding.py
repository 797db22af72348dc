"""Values of any type made ready for JSON."""

import dataclasses
import json
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, SecretStr

from kingpost import Kingpost
from kingpost.encoders import jsonable_encoder
from kingpost.testclient import TestClient


class Loan(BaseModel):
    """A book that was lent."""

    title: str
    due: datetime
    note: str | None = None


class Shelf(BaseModel):
    """Where books stand."""

    number: int = Field(serialization_alias="shelfNumber")
    room: str = "hall"
    keeper: str | None = None


@dataclasses.dataclass
class Label:
    """What is printed on a book's back."""

    code: str
    colour: str = "red"
    printed: date = date(2024, 2, 29)


class State(Enum):
    """How a book is kept."""

    GOOD = "good"
    WORN = 2


def test_model_kept_as_json_data() -> None:
    """A model becomes a dict whose values `json.dumps` takes."""
    kept: dict[str, Any] = {}
    app = Kingpost()

    @app.put("/loans/{number}")
    def keep(number: str, loan: Loan) -> None:
        kept[number] = jsonable_encoder(loan)

    client = TestClient(app)
    sent = client.put("/loans/l1", json={"title": "Emma", "due": "2031-05-01T10:00:00Z"})
    refused = client.put("/loans/l2", json={"title": "Emma", "due": "soon"})

    assert (sent.status_code, sent.json()) == (200, None)
    assert kept == {"l1": {"title": "Emma", "due": "2031-05-01T10:00:00Z", "note": None}}
    assert json.loads(json.dumps(kept)) == kept
    assert refused.status_code == 422
    assert refused.json()["detail"][0]["loc"] == ["body", "due"]


def test_fields_chosen_by_name() -> None:
    """`include` and `exclude` name the fields, in any collection."""
    loan = Loan(title="Emma", due=datetime(2031, 5, 1, 10, 0, tzinfo=UTC))

    assert jsonable_encoder(loan, include={"title"}) == {"title": "Emma"}
    assert jsonable_encoder(loan, include=["title"]) == {"title": "Emma"}  # type: ignore[arg-type]
    assert jsonable_encoder(loan, exclude={"due", "note"}) == {"title": "Emma"}
    assert jsonable_encoder({"a": 1, "b": 2}, exclude={"a"}) == {"b": 2}
    assert jsonable_encoder([loan, loan], include={"note"}) == [{"note": None}] * 2
    assert jsonable_encoder(Label("x"), include={"code"}) == {"code": "x"}


def test_fields_chosen_by_value() -> None:
    """Fields that were not set, are at their default or are None can be left out."""
    shelf = Shelf(number=4, room="hall")

    assert jsonable_encoder(shelf, by_alias=False, exclude_unset=True) == {
        "number": 4,
        "room": "hall",
    }
    assert jsonable_encoder(shelf, exclude_defaults=True) == {"shelfNumber": 4}
    assert jsonable_encoder(shelf, exclude_none=True) == {"shelfNumber": 4, "room": "hall"}
    assert jsonable_encoder({"a": None, "b": {"c": None}}, exclude_none=True) == {"b": {}}


def test_names_by_alias() -> None:
    """The alias is written, or the field's own name where that is asked for."""
    assert jsonable_encoder(Shelf(number=4)) == {
        "shelfNumber": 4,
        "room": "hall",
        "keeper": None,
    }
    assert jsonable_encoder(Shelf(number=4), by_alias=False)["number"] == 4


def test_own_encoder_for_a_type() -> None:
    """An encoder of one's own comes before the built-in one, for subclasses too."""

    class Morning(time):
        """A time of day."""

    hours = {time: lambda value: value.hour}

    assert jsonable_encoder({"at": time(7, 30)}, custom_encoder=hours) == {"at": 7}
    assert jsonable_encoder([Morning(8, 15)], custom_encoder=hours) == [8]
    assert jsonable_encoder(time(7, 30)) == "07:30:00"


def test_attributes_of_a_mapper_are_left_out() -> None:
    """Names that start with `_sa` belong to SQLAlchemy, unless one says otherwise."""
    row = {"_sa_state": "loaded", "title": "Emma"}

    assert jsonable_encoder(row) == {"title": "Emma"}
    assert jsonable_encoder(row, sqlalchemy_safe=False) == row


def numbers() -> Iterator[int]:
    """Yield two numbers."""
    yield 1
    yield 2


def test_every_type_of_value() -> None:
    """Dates, durations, numbers, sets, generators, paths, secrets and others have one shape."""
    values: list[tuple[Any, Any]] = [
        (datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC), "2030-01-02T03:04:05+00:00"),
        (date(2030, 1, 2), "2030-01-02"),
        (timedelta(minutes=1, seconds=30), 90.0),
        (Decimal(3), 3),
        (Decimal("3.50"), 3.5),
        (State.GOOD, "good"),
        (State.WORN, 2),
        (b"text", "text"),
        (frozenset({1}), [1]),
        (deque([1, 2]), [1, 2]),
        ((1, "a"), [1, "a"]),
        (numbers(), [1, 2]),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (PurePosixPath("/a/b"), "/a/b"),
        (IPv4Address("127.0.0.1"), "127.0.0.1"),
        (SecretStr("word"), "**********"),
        (Label("x"), {"code": "x", "colour": "red", "printed": "2024-02-29"}),
        ({State.GOOD: {1}, 2: None}, {"good": [1], 2: None}),
    ]

    assert [jsonable_encoder(value) for value, _ in values] == [due for _, due in values]


def test_object_with_attributes() -> None:
    """Any other object is read as a mapping, or else by its attributes; what has neither fails."""

    class Visitor:
        """Somebody who came in."""

        def __init__(self) -> None:
            self.name = "Ada"
            self.since = date(2030, 1, 2)

    assert jsonable_encoder(Visitor()) == {"name": "Ada", "since": "2030-01-02"}
    with pytest.raises(ValueError, match="not iterable"):
        jsonable_encoder(object())
