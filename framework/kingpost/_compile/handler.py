"""RoutePlan → async handler."""

import dataclasses
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost._plan.model import RoutePlan

__all__ = ["Answer", "CompiledHandler", "compile_handler"]

Answer = Callable[[Exception, Scope, Receive, Send], Awaitable[None]]


@dataclasses.dataclass(frozen=True, slots=True)
class CompiledHandler:
    handler: ASGIApp
    source: str


def compile_handler(plan: RoutePlan, *, exact: ASGIApp, answer: Answer) -> CompiledHandler:
    return CompiledHandler(exact, "")
