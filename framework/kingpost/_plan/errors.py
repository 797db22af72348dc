"""Mistakes in a declaration: what is wrong, where, and what to write instead.

KingpostError
└── PlanError
    ├── ParameterError      an AssertionError as well, as FastAPI raises for these
    │   └── DependencyError a TypeError as well
    ├── ResponseModelError
    └── UnresolvedNameError
"""

from collections.abc import Callable
from typing import Any

from kingpost._http.errors import EndpointContext, KingpostError

__all__ = [
    "DependencyError",
    "ParameterError",
    "PlanError",
    "ResponseModelError",
    "UnresolvedNameError",
    "locate",
]


class PlanError(KingpostError):
    """A declaration cannot work.

    Args:
        problem: What is wrong and why it is refused.
        hint: What to write instead.
        call: The function that was declared.

    Attributes:
        context: Where the function is, and method and path of the operation.
        needed_by: The names of the functions that depend on it, the endpoint first.
    """

    def __init__(self, problem: str, *, hint: str, call: Callable[..., Any] | None = None) -> None:
        super().__init__(f"{problem} {hint}")
        self.problem = problem
        self.hint = hint
        self.context: EndpointContext = locate(call) if call is not None else {}
        self.needed_by: list[str] = []

    def __str__(self) -> str:
        lines = [self.problem, f"  Hint: {self.hint}"]
        if "file" in self.context:
            lines.append(
                f'  File "{self.context["file"]}", line {self.context["line"]}, '
                f"in {self.context['function']}"
            )
        if self.needed_by:
            lines.append(f"  Needed by {' → '.join(self.needed_by)}")
        if "path" in self.context:
            lines.append(f"    {self.context['path']}")
        return "\n".join(lines)


class ParameterError(PlanError, AssertionError):
    """A parameter is declared in a way that no request can fill."""


class DependencyError(ParameterError, TypeError):
    """What is to be called for a parameter's value cannot be called."""


class ResponseModelError(PlanError):
    """A response model is not a type that Pydantic can validate."""


class UnresolvedNameError(PlanError):
    """An annotation names something that is defined nowhere."""


def locate(call: Callable[..., Any]) -> EndpointContext:
    """Return where a callable is defined; what is not known is left out."""
    target: Any = call
    while hasattr(target, "__wrapped__"):
        target = target.__wrapped__
    target = getattr(target, "func", target)
    context: EndpointContext = {}
    code = getattr(target, "__code__", None)
    if code is not None:
        context["file"] = code.co_filename
        context["line"] = code.co_firstlineno
        context["function"] = getattr(target, "__name__", repr(target))
    return context
