"""Deep copies of what belongs to an application, without the application."""

from copy import deepcopy
from typing import Any, Self

__all__ = ["Copied"]

_SHARED = frozenset({"dependency_overrides_provider", "plan", "_plan"})
"""What holds for the copy too: the application, which cannot be copied, and frozen records."""
_MADE_AGAIN = frozenset({"_compiled", "ready_index"})
"""What is made when it is needed, and speaks of the original."""


class Copied:
    """Can be copied by `copy.deepcopy`; a copy is in no router, and serves as the original does."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        copied = object.__new__(type(self))
        memo[id(self)] = copied
        for name, value in vars(self).items():
            if name in _SHARED:
                vars(copied)[name] = value
            elif name in _MADE_AGAIN:
                vars(copied)[name] = None
            elif name == "_includers":
                vars(copied)[name] = []
            elif name != "_exact":
                vars(copied)[name] = deepcopy(value, memo)
        return copied
