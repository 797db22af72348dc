from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kingpost._http.unset import Default, DefaultPlaceholder, Unset, first_given
from kingpost._http.unset import given as is_given

VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.integers()))


@given(VALUES)
def test_a_placeholder_is_as_true_as_its_value(value: Any) -> None:
    """Code may ask for the truth of an option without knowing whether it was given."""
    assert bool(Default(value)) == bool(value)


@given(VALUES, VALUES)
def test_placeholders_are_equal_when_their_values_are(one: Any, other: Any) -> None:
    """A placeholder equals another one of an equal value, and never the bare value."""
    assert (Default(one) == Default(other)) == (one == other)
    assert Default(one) != one


def test_a_placeholder_has_a_hash() -> None:
    """Options can be keys, even where the value itself cannot."""
    assert len({Default(1), Default([]), Default({})}) == 3


def test_a_placeholder_shows_its_value() -> None:
    """Signatures show what a missing argument amounts to."""
    assert repr(Default(3)) == "Default(3)"
    assert isinstance(Unset, DefaultPlaceholder)


@given(VALUES)
def test_only_a_placeholder_is_not_given(value: Any) -> None:
    """None and False are values like any other."""
    assert is_given(value)
    assert not is_given(Default(value))


@given(st.lists(st.tuples(st.booleans(), VALUES), min_size=1))
def test_the_nearest_given_value_wins(options: list[tuple[bool, Any]]) -> None:
    """The first value that was given is taken, or else the first placeholder."""
    values = [value if was_given else Default(value) for was_given, value in options]

    result = first_given(*values)

    expected = next((value for value in values if is_given(value)), values[0])
    assert result is expected
