"""A plan as text, for people: what an operation reads, in which order it calls, what it sends."""

import inspect
from collections.abc import Iterator
from typing import Any

from pydantic_core import PydanticUndefined

from kingpost._plan.callables import name_of
from kingpost._plan.model import (
    CacheKey,
    CallPlan,
    DependencyPlan,
    Injected,
    ParamPlan,
    ResponseKind,
    ResponsePlan,
    RoutePlan,
)

__all__ = ["render_plan"]

_INJECTED = {
    Injected.REQUEST: "the request",
    Injected.WEBSOCKET: "the WebSocket",
    Injected.CONNECTION: "the connection",
    Injected.RESPONSE: "the response to be",
    Injected.BACKGROUND_TASKS: "the tasks for after the response",
    Injected.SECURITY_SCOPES: "the scopes required here",
}
_SENT = {
    ResponseKind.MODEL: "straight to JSON",
    ResponseKind.RENDERED: "",
    ResponseKind.JSON_LINES: "one JSON line for each item",
    ResponseKind.EVENTS: "server-sent events",
    ResponseKind.CHUNKS: "in chunks as they come",
}


def render_plan(plan: RoutePlan) -> str:
    """Return a plan as a tree of calls.

    In: the plan of ``def read(item_id: int, db: Annotated[Db, Depends(connect)]) -> Item``.
    Out::

        GET /items/{item_id}
        read  async  main.py:12
        ├── item_id: int  path
        ├── db  depends on connect  async generator, exits after the response
        │   └── x_token: str  header x-token
        └── sends Item  200, straight to JSON
    """
    seen: set[CacheKey] = set()
    endpoint = plan.endpoint
    head = [plan.context.get("path", plan.path), f"{name_of(endpoint.call)}  {_kind(endpoint)}"]
    branches = list(_call_branches(endpoint, seen))
    if plan.body is not None:
        branches.append(([_body(plan)], []))
    if plan.response is not None:
        branches.append(([_response(plan.response)], []))
    return "\n".join([*head, *_draw(branches)])


# --- the tree ---------------------------------------------------------------------------------

_Branch = tuple[list[str], list[Any]]
"""A line (in a list of one) and the branches below it."""


def _draw(branches: list[_Branch]) -> Iterator[str]:
    for index, (line, below) in enumerate(branches):
        last = index == len(branches) - 1
        yield ("└── " if last else "├── ") + line[0]
        for text in _draw(below):
            yield ("    " if last else "│   ") + text
