"""The one sentinel for "not given"."""

from typing import Any, TypeVar, cast

__all__ = ["Default", "DefaultPlaceholder", "Unset", "first_given", "get_value_or_default", "given"]

DefaultType = TypeVar("DefaultType")


class DefaultPlaceholder:
    """Wrap a default value so that "not given" can be told from "given, and equal to the default".

    An option that still holds a placeholder is inherited from the router or the application.
    Truth and equality follow the wrapped value.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any):
        self.value = value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DefaultPlaceholder) and bool(other.value == self.value)

    def __hash__(self) -> int:
        return hash((DefaultPlaceholder, id(self.value)))

    def __repr__(self) -> str:
        return f"Default({self.value!r})"


def Default(value: DefaultType) -> DefaultType:  # noqa: N802 - the public name of this function
    """Return `value` wrapped as "not given", typed as the value it stands for."""
    return cast(DefaultType, DefaultPlaceholder(value))


Unset: Any = DefaultPlaceholder(None)


def given(value: object) -> bool:
    """Tell whether `value` was passed by the user."""
    return not isinstance(value, DefaultPlaceholder)


def first_given(first_item: Any, *extra_items: Any) -> Any:
    """Return the first value that is not a placeholder, or else the first placeholder.

    This is the rule by which an option set nearest to the operation wins.
    """
    for value in (first_item, *extra_items):
        if not isinstance(value, DefaultPlaceholder):
            return value
    return first_item


def get_value_or_default(
    first_item: DefaultPlaceholder | DefaultType, *extra_items: DefaultPlaceholder | DefaultType
) -> DefaultPlaceholder | DefaultType:
    """Return what `first_given` returns, typed for other packages."""
    result: DefaultPlaceholder | DefaultType = first_given(first_item, *extra_items)
    return result
