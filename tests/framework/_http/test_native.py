"""JSON text without a conversion, where nothing has to be converted."""

import enum
import math
from collections import OrderedDict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.native import encode_native, write_json

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
_keys = st.text(max_size=5) | st.sampled_from(["_sa", "_sa_state", "x_sa"])
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner) | st.dictionaries(_keys, inner), max_leaves=12
)


class Named(enum.StrEnum):
    """Members are text, but may stand for another text."""

    ONE = "one"


@given(_values)
def test_writes_what_the_long_way_writes(value: Any) -> None:
    """Byte for byte, for every value made of JSON's types."""
    try:
        expected = write_json(jsonable_encoder(value))
    except UnicodeEncodeError:
        with pytest.raises(UnicodeEncodeError):
            encode_native(value)
        return
    written = encode_native(value)
    if written is None:
        assert b'"_sa' in write_json(value)
    else:
        assert written == expected


@pytest.mark.parametrize(
    "value",
    [
        {1: "a number as a key"},
        {"a": (1, 2)},
        [{1, 2}],
        {"a": [{"b": b"bytes"}]},
        Named.ONE,
        {Named.ONE: 1},
        OrderedDict(a=1),
        True + 0j,
        object(),
    ],
)
def test_leaves_everything_else_to_others(value: Any) -> None:
    """Subclasses count as something else: they may stand for another value."""
    assert encode_native(value) is None


def test_leaves_sqlalchemy_s_keys_to_others() -> None:
    """Keys that begin with ``_sa`` are left out, which this does not do."""
    assert encode_native({"_sa_instance_state": 1, "id": 2}) is None


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_refuses_numbers_that_json_does_not_have(number: float) -> None:
    """As the long way does (RFC 8259, section 6)."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_native([number])


def test_refuses_what_contains_itself() -> None:
    """There is no end of it."""
    value: list[Any] = []
    value.append(value)
    with pytest.raises(RecursionError):
        encode_native(value)
