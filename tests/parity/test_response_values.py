"""How results become JSON: typed through pydantic, untyped through the encoder."""

import dataclasses
import math
import uuid
from collections import deque
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address
from pathlib import PurePosixPath
from typing import Any

from pydantic import BaseModel, SecretStr

from kingpost import Kingpost
from kingpost.encoders import jsonable_encoder
from kingpost.responses import JSONResponse
from tests.parity.harness import case, get, same


class Colour(Enum):
    """A choice."""

    RED = "red"


class Inner(BaseModel):
    """A model inside other values."""

    at: datetime = datetime(2024, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    price: Decimal = Decimal("1.10")
    secret: SecretStr = SecretStr("s")


@dataclasses.dataclass
class Data:
    """A dataclass inside other values."""

    id: uuid.UUID = dataclasses.field(default_factory=lambda: uuid.UUID(int=5))
    colour: Colour = Colour.RED


def values() -> dict[Any, Any]:
    """One of everything."""
    return {
        "decimal": Decimal("1.10"),
        "whole": Decimal(3),
        "span": timedelta(days=1, seconds=2.5),
        "at": datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        "naive": datetime(2024, 1, 2, 3, 4, 5),  # noqa: DTZ001 - how it is written is the case
        "on": date(2024, 1, 2),
        "clock": time(3, 4, 5),
        "colour": Colour.RED,
        "bytes": b"text",
        "tuple": (1, 2),
        "set": {1},
        "deque": deque([1]),
        "path": PurePosixPath("a/b"),
        "ip": IPv4Address("127.0.0.1"),
        "id": uuid.UUID(int=1),
        "model": Inner(),
        "data": Data(),
        1: "integer key",
        None: "null key",
    }


@case(get("/"), get("/x", 404))
def test_untyped_values() -> Kingpost:
    """Untyped results go through the encoder (behaviour 31)."""
    app = Kingpost()

    @app.get("/")
    def read():  # type: ignore[no-untyped-def]  # the missing annotation is the case
        return values()

    return app


@case(get("/"), get("/x", 404))
def test_typed_values() -> Kingpost:
    """Typed results are written by pydantic (behaviour 31)."""

    class Out(BaseModel):
        decimal: Decimal
        span: timedelta
        at: datetime
        on: date
        clock: time
        colour: Colour
        set: set[int]
        ip: IPv4Address
        id: uuid.UUID
        model: Inner
        data: Data

    app = Kingpost()

    @app.get("/", response_model=Out)
    def read() -> Any:
        return values()

    return app


@case(get("/typed"), get("/any"), get("/untyped", 500), get("/response", 500))
def test_not_a_number() -> Kingpost:
    """NaN is null in a typed result and a 500 in an untyped one (behaviour 31)."""
    app = Kingpost()

    @app.get("/typed")
    def typed() -> list[float]:
        return [math.nan, math.inf, 1.0]

    @app.get("/any")
    def anything() -> Any:
        return {"x": math.nan}

    @app.get("/untyped")
    def untyped():  # type: ignore[no-untyped-def]  # the missing annotation is the case
        return {"x": math.nan}

    @app.get("/response")
    def response() -> JSONResponse:
        return JSONResponse({"x": math.inf})

    return app


@case(get("/untyped"), get("/typed"), get("/x", 404))
def test_keys_of_sqlalchemy() -> Kingpost:
    """Keys starting with _sa are dropped from untyped dicts (behaviour 32)."""
    app = Kingpost()

    @app.get("/untyped", response_model=None)
    def untyped() -> dict[str, int]:
        return {"_sa_state": 1, "_other": 2, "a": 3}

    @app.get("/typed")
    def typed() -> dict[str, int]:
        return {"_sa_state": 1, "_other": 2, "a": 3}

    return app


@case(get("/text"), get("/unicode"), get("/number"), get("/x", 404))
def test_scalars_untyped() -> Kingpost:
    """Scalars as whole bodies; non-ASCII is written as UTF-8."""
    app = Kingpost()

    @app.get("/text", response_model=None)
    def text() -> str:
        return 'quo"te/\\'

    @app.get("/unicode", response_model=None)
    def unicode() -> dict[str, str]:
        return {"ü": "\u2028 €"}

    @app.get("/number")
    def number() -> float:
        return 1e22

    return app


@case(get("/object"), get("/generator"), get("/bad", 500))
def test_other_objects_untyped() -> Kingpost:
    """Objects are written by their vars; what has none is a 500."""

    class Thing:
        def __init__(self) -> None:
            self.a = 1
            self._b = 2

    app = Kingpost()

    @app.get("/object", response_model=None)
    def thing() -> Any:
        return {"thing": Thing()}

    @app.get("/generator", response_model=None)
    def generator() -> Any:
        return (n for n in range(3))

    @app.get("/bad", response_model=None)
    def bad() -> Any:
        return object()

    return app


@case(get("/"), get("/unset"), get("/x", 404))
def test_untyped_filters_are_ignored_or_not() -> Kingpost:
    """response_model_exclude and _exclude_none without a model."""
    app = Kingpost()

    @app.get(
        "/", response_model=None, response_model_exclude={"a"}, response_model_exclude_none=True
    )
    def read() -> dict[str, Any]:
        return {"a": 1, "b": None, "c": 2}

    @app.get("/unset", response_model=None, response_model_exclude_unset=True)
    def unset() -> Any:
        return [Inner(), {"inner": Inner(price=Decimal(2))}]

    return app


@case(get("/big"), get("/small"), get("/x", 404))
def test_numbers() -> Kingpost:
    """Large integers and float spellings, typed and untyped."""
    app = Kingpost()

    @app.get("/big")
    def big() -> list[int | float]:
        return [2**70, -0.0, 1e16, 1e-7, 0.1 + 0.2, 100.0]

    @app.get("/small", response_model=None)
    def small() -> list[int | float]:
        return [2**70, -0.0, 1e16, 1e-7, 0.1 + 0.2, 100.0]

    return app


@same
def test_encoder_on_everything() -> object:
    """jsonable_encoder on one of everything."""
    return jsonable_encoder(values())


@same
def test_encoder_options() -> object:
    """include, exclude, by_alias, custom encoders and the rest."""
    model = Inner()
    return [
        jsonable_encoder({"a": None, "b": 1}, exclude_none=True),
        jsonable_encoder({"a": 1, "b": 2}, include={"a"}),
        jsonable_encoder([{"a": 1, "b": 2}], exclude={"a"}),
        jsonable_encoder(model, exclude_unset=True),
        jsonable_encoder(model, exclude_defaults=True),
        jsonable_encoder(model, include={"price"}),
        jsonable_encoder(
            {"d": Decimal(1), "x": 1}, custom_encoder={Decimal: str, int: lambda n: -n}
        ),
        jsonable_encoder({"_sa": 1, "b": 2}, sqlalchemy_safe=False),
        jsonable_encoder([Data(), Colour.RED, {Colour.RED: Colour.RED}]),
        jsonable_encoder({"a": {"a": 1, "b": None}}, exclude={"a"}),
        jsonable_encoder([1, [2, (3, {4})], frozenset([5])]),
    ]
