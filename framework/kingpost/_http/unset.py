"""The one sentinel for "not given"."""

from typing import Any, TypeVar, cast

__all__ = ["Default", "DefaultPlaceholder", "Unset", "first_given", "given"]

T = TypeVar("T")


class DefaultPlaceholder:
    """Wrap a default value so that "not given" can be told from "given, and equal to the default".

    An option that still holds a placeholder is inherited from the router or the application.
    Truth and equality follow the wrapped value.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __bool__(self) -> bool:
        return bool(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DefaultPlaceholder) and bool(other.value == self.value)

    def __hash__(self) -> int:
        return hash((DefaultPlaceholder, id(self.value)))

    def __repr__(self) -> str:
        return f"Default({self.value!r})"


def Default(value: T) -> T:  # noqa: N802 - the public name of this function
    """Return `value` wrapped as "not given", typed as the value it stands for."""
    return cast(T, DefaultPlaceholder(value))


Unset: Any = DefaultPlaceholder(None)


def given(value: object) -> bool:
    """Tell whether `value` was passed by the user."""
    return not isinstance(value, DefaultPlaceholder)


def first_given(first: Any, *others: Any) -> Any:
    """Return the first value that is not a placeholder, or else the first placeholder.

    This is the rule by which an option set nearest to the operation wins.
    """
    for value in (first, *others):
        if not isinstance(value, DefaultPlaceholder):
            return value
    return first
