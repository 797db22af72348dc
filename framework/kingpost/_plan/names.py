"""Names in annotations that are still unknown when the application starts.

A model may name another one that is defined after it, so this cannot be told from a declaration.
"""

from collections.abc import Callable, Iterator
from typing import Any

from kingpost._plan.errors import UnresolvedNameError
from kingpost._plan.fields import ModelField
from kingpost._plan.model import RoutePlan

__all__ = ["check_names"]


def check_names(plan: RoutePlan) -> None:
    """Make sure that every type of an operation is known by now.

    Raises:
        UnresolvedNameError: One of them names something that is defined nowhere.
    """
    for what, field, call in _values(plan):
        name = field.unresolved()
        if name is not None:
            error = UnresolvedNameError(
                f"{what} is {field.type_!r}, and the name {name!r} is not defined: no value can be "
                "checked or made.",
                hint=f"Define or import {name} above the function, and outside of TYPE_CHECKING: "
                "annotations are read when the function is declared.",
                call=call,
            )
            error.context["path"] = plan.context.get("path", plan.path)
            raise error


def _values(plan: RoutePlan) -> Iterator[tuple[str, ModelField, Callable[..., Any]]]:
    for call in plan.endpoint.walk():
        for param in (*call.params, *call.body_params):
            yield f"The parameter {param.name!r}", param.field, call.call
    endpoint = plan.endpoint.call
    response = plan.response
    if response is not None and response.field is not None:
        yield "The response model", response.field, endpoint
    if response is not None and response.item_field is not None:
        yield "The type of the items", response.item_field, endpoint
    for status, field in plan.extra_responses.items():
        yield f"The model of the response {status}", field, endpoint
