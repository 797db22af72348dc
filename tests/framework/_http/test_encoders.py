import dataclasses
import datetime
import json
import math
import re
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import ip_address, ip_network
from pathlib import Path, PureWindowsPath
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel, Field, SecretStr

from kingpost._http.encoders import (
    decimal_encoder,
    generate_encoders_by_class_tuples,
    isoformat,
    jsonable_encoder,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
RICH = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.timedeltas()
    | st.uuids()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.ip_addresses(),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner)
        | st.lists(inner).map(deque)
        | st.dictionaries(st.text(), inner)
    ),
)


class Colour(Enum):
    """A plain enumeration."""

    RED = "r"


class Size(IntEnum):
    """One whose members are numbers."""

    SMALL = 1


class Item(BaseModel):
    """A model with an alias, a default and something optional."""

    name: str = "x"
    price: Decimal | None = None
    owner_id: int = Field(1, alias="ownerId")


@dataclasses.dataclass
class Point:
    """A dataclass."""

    x: int
    y: Any = None


class Row:
    """An object with attributes, as mappers return them."""

    def __init__(self) -> None:
        self.id = 7
        self._sa_instance_state = object()


class Pairs:
    """An object that can be made a dict."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter([("a", Colour.RED), ("b", None)])


class TestAnyValue:
    @given(JSON)
    def test_leaves_json_data_alone(self, value: Any) -> None:
        """What the json module can write already comes back equal."""
        clean = without_reserved_keys(value)

        assert jsonable_encoder(clean) == clean

    @given(RICH)
    def test_yields_what_json_can_write(self, value: Any) -> None:
        """Every known type ends as JSON, however deep it is nested."""
        json.dumps(jsonable_encoder(value))

    @given(RICH)
    def test_changes_nothing_twice(self, value: Any) -> None:
        """Encoded data is already encoded."""
        once = jsonable_encoder(value)

        assert jsonable_encoder(once) == once

    @given(RICH)
    def test_leaves_out_none_everywhere(self, value: Any) -> None:
        """`exclude_none` removes keys, at every depth, and keeps items of lists."""
        encoded = jsonable_encoder({"key": value}, exclude_none=True)

        assert None not in list(values_of_dicts(encoded))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"text", "text"),
        (datetime.date(2020, 1, 2), "2020-01-02"),
        (datetime.time(3, 4), "03:04:00"),
        (datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC), "2020-01-02T00:00:00+00:00"),
        (datetime.timedelta(minutes=1.5), 90.0),
        (Colour.RED, "r"),
        (Size.SMALL, 1),
        ({1}, [1]),
        (frozenset({1}), [1]),
        (deque([1, 2]), [1, 2]),
        ((n for n in [1, 2]), [1, 2]),
        (ip_address("127.0.0.1"), "127.0.0.1"),
        (ip_network("10.0.0.0/8"), "10.0.0.0/8"),
        (Path("/a/b"), "/a/b"),
        (PureWindowsPath("a\\b"), "a\\b"),
        (re.compile("a+"), "a+"),
        (SecretStr("secret"), "**********"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (AnyUrl("http://a.test"), "http://a.test/"),
        ({Colour.RED: 1, UUID(int=0): 2}, {"r": 1, "00000000-0000-0000-0000-000000000000": 2}),
        (Point(1, Colour.RED), {"x": 1, "y": "r"}),
        (Row(), {"id": 7}),
        (Pairs(), {"a": "r", "b": None}),
        (Item(price=Decimal("1.10"), ownerId=2), {"name": "x", "price": "1.10", "ownerId": 2}),
        ([Item()], [{"name": "x", "price": None, "ownerId": 1}]),
    ],
)
def test_knows_the_type(value: Any, expected: Any) -> None:
    """Each type has one form; a model has that of Pydantic's JSON."""
    assert jsonable_encoder(value) == expected


def test_refuses_what_has_neither_items_nor_attributes() -> None:
    """An opaque object would be written as nothing."""
    with pytest.raises(ValueError, match="not iterable"):
        jsonable_encoder(object())


class TestFilters:
    def test_model_options(self) -> None:
        """They are those of Pydantic's serialiser."""
        item = Item(name="x")

        assert jsonable_encoder(item, by_alias=False)["owner_id"] == 1
        assert jsonable_encoder(item, exclude_unset=True) == {"name": "x"}
        assert jsonable_encoder(item, exclude_defaults=True) == {}
        assert jsonable_encoder(item, exclude_none=True) == {"name": "x", "ownerId": 1}

    @pytest.mark.parametrize("kind", [set, list, tuple])
    def test_include_and_exclude(self, kind: Any) -> None:
        """Names may come in any collection, and reach through lists but not into values."""
        data = [{"a": 1, "b": {"a": 2, "b": 3}}]

        assert jsonable_encoder(data, include=kind(["b"])) == [{"b": {"a": 2, "b": 3}}]
        assert jsonable_encoder(data, exclude=kind(["b"])) == [{"a": 1}]
        assert jsonable_encoder(Item(), include=kind(["name"])) == {"name": "x"}
        assert jsonable_encoder(Point(1), exclude=kind(["y"])) == {"x": 1}

    def test_keys_of_the_mapper(self) -> None:
        """SQLAlchemy's bookkeeping is left out, at any depth, unless it is wanted."""
        data = {"_sa_state": 1, "a": [{"_sa_state": 2}], 1: 3}

        assert jsonable_encoder(data) == {"a": [{}], 1: 3}
        assert jsonable_encoder(data, sqlalchemy_safe=False) == data


class TestCustomEncoder:
    def test_goes_before_everything(self) -> None:
        """The caller knows better, for values, keys and scalars."""
        encoders: dict[Any, Any] = {datetime.date: lambda day: day.year, str: str.upper}

        encoded = jsonable_encoder({"k": datetime.date(2020, 1, 1)}, custom_encoder=encoders)

        assert encoded == {"K": 2020}

    def test_takes_the_exact_type_first(self) -> None:
        """A subclass with an encoder of its own does not get that of its base."""
        encoders: dict[Any, Any] = {int: lambda n: "int", Size: lambda s: "size", object: repr}

        assert jsonable_encoder(Size.SMALL, custom_encoder=encoders) == "size"
        assert jsonable_encoder(True, custom_encoder=encoders) == "int"

    def test_sees_a_dataclass_as_its_fields(self) -> None:
        """A dataclass becomes a dict first, and an encoder for dicts then applies."""
        assert jsonable_encoder(Point(1), custom_encoder={dict: len}) == 2


class TestDecimal:
    @given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
    def test_keeps_the_value(self, value: Decimal) -> None:
        """A decimal with fractional digits is a float, whatever the digits are."""
        encoded = decimal_encoder(value)

        assert isinstance(encoded, float)
        assert math.isclose(encoded, value)

    @given(st.integers())
    def test_is_an_integer_without_fractional_digits(self, value: int) -> None:
        """No precision is lost where there is no fraction."""
        assert decimal_encoder(Decimal(value)) == value
        assert isinstance(decimal_encoder(Decimal(value)), int)

    def test_is_a_float_where_it_is_no_number(self) -> None:
        """NaN and the infinities exist as floats only."""
        assert math.isnan(decimal_encoder(Decimal("NaN")))
        assert decimal_encoder(Decimal("Infinity")) == math.inf


@given(st.datetimes(timezones=st.just(datetime.UTC)))
def test_a_time_can_be_read_back(value: datetime.datetime) -> None:
    """ISO 8601 keeps every microsecond and the offset."""
    assert datetime.datetime.fromisoformat(isoformat(value)) == value


def test_types_are_grouped_by_encoder() -> None:
    """`isinstance` takes a tuple of types, so that each encoder is asked once."""
    assert generate_encoders_by_class_tuples({int: str, float: str, bytes: repr}) == {
        str: (int, float),
        repr: (bytes,),
    }


def without_reserved_keys(value: Any) -> Any:
    """Return JSON data without the keys that the encoder leaves out on purpose."""
    if isinstance(value, dict):
        return {
            key: without_reserved_keys(item)
            for key, item in value.items()
            if not key.startswith("_sa")
        }
    return [without_reserved_keys(item) for item in value] if isinstance(value, list) else value


def values_of_dicts(value: Any) -> Iterator[Any]:
    """Yield every value that stands under a key."""
    if isinstance(value, dict):
        yield from value.values()
        for item in value.values():
            yield from values_of_dicts(item)
    elif isinstance(value, list):
        for item in value:
            yield from values_of_dicts(item)
