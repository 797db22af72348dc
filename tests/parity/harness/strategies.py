"""Hypothesis strategies for declarations, as Python text, and for values sent to them."""

import string
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st


def bounded(examples: int) -> settings:
    """The same random examples in every run, without time limits and without a database."""
    return settings(
        derandomize=True,
        max_examples=examples,
        deadline=None,
        database=None,
        # Explaining a failure traces every line of both frameworks; the report says enough.
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


WORDS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=6)
"""Text that may stand anywhere in a request."""


@dataclass(frozen=True)
class Kind:
    """A type as it is declared, with values (as text) that it accepts and that it may refuse."""

    annotation: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    constraints: tuple[str, ...] = ()
    default: str = "None"


NUMBERS = ("ge=2", "gt=2", "le=5", "lt=5", "multiple_of=3")
TEXTS = ("min_length=2", "max_length=3", "pattern='^[a-z]+$'")

SCALARS = (
    Kind("int", ("1", "3", "-7", "6"), ("x", "1.5", "1e3", " 4", "9" * 30), NUMBERS, "4"),
    Kind("float", ("1", "2.5", "1e3", "-0"), ("x", "1,5", "nan", "inf"), NUMBERS, "2.5"),
    Kind("bool", ("true", "0", "Yes", "off", "t"), ("2", "maybe"), (), "True"),
    Kind("str", ("a", "ab", "Abc", "abcd"), ("0", "-"), TEXTS, "'ab'"),
    Kind("Colour", ("red", "blue"), ("RED", "green"), (), "Colour.RED"),
    Kind("Literal['a', 1]", ("a",), ("1", "b"), (), "'a'"),
    Kind("date", ("2024-02-29", "0"), ("2023-02-29", "x"), (), "date(2024, 1, 2)"),
    Kind("datetime", ("2024-01-02T03:04:05Z", "0"), ("x", "2024-01-02T25:00"), (), "None"),
    Kind("time", ("03:04", "03:04:05.6Z"), ("25:00", "x"), (), "time(3)"),
    Kind("timedelta", ("P1D", "01:00:00", "PT1.5S"), ("x",), (), "timedelta(1)"),
    Kind("Decimal", ("1.10", "3"), ("x", "NaN"), ("ge=2", "max_digits=2"), "Decimal('1.5')"),
    Kind("UUID", ("7c9e6679-7425-40de-944b-e07fc1f90ae7",), ("x",), (), "UUID(int=1)"),
    Kind("int | str", ("1", "x"), ("",), (), "1"),
    Kind("bool | float", ("1", "true", "2.5"), ("x",), (), "0.5"),
)

PROLOGUE = """
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from kingpost import (
    Body, Cookie, Depends, Form, Header, HTTPException, Kingpost, Path, Query, Security,
)


class Colour(Enum):
    RED = "red"
    BLUE = "blue"
"""
"""What every generated program begins with."""


def values_of(kind: Kind) -> st.SearchStrategy[str]:
    """Values to send to a parameter of this kind: mostly good ones."""
    good = st.sampled_from(kind.good)
    return st.one_of(good, good, st.sampled_from(kind.bad), WORDS)


def constraints_of(kind: Kind) -> st.SearchStrategy[list[str]]:
    """Up to two of the constraints that go with the kind."""
    if not kind.constraints:
        return st.just([])
    return st.lists(st.sampled_from(kind.constraints), max_size=2, unique_by=lambda c: c[:2])
