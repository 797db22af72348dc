"""How a callable has to be called: plain or coroutine, function or generator."""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

from kingpost._plan.model import CallKind

__all__ = ["call_kind", "function_of", "name_of"]


def function_of(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function whose code runs when `call` is called.

    `partial` objects and decorated functions (`__wrapped__`) are followed; an instance stands for
    its `__call__`; a class for itself.
    """
    while True:
        if isinstance(call, partial):
            call = call.func
        elif hasattr(call, "__wrapped__") and not inspect.isclass(call):
            call = call.__wrapped__
        elif inspect.isroutine(call) or inspect.isclass(call):
            return call
        else:
            return getattr(call, "__call__", call)  # noqa: B004 - the bound method itself


def call_kind(call: Callable[..., Any]) -> CallKind:
    """Return how `call` has to be called.

    The outermost decorator decides where it is itself a coroutine or a generator; one that only
    passes on what the function returns is seen through.
    """
    layer: Any = call
    while True:
        while isinstance(layer, partial):
            layer = layer.func
        target = layer
        if not (inspect.isroutine(layer) or inspect.isclass(layer)):
            target = getattr(layer, "__call__", layer)  # noqa: B004 - the bound method itself
        kind = _kind_of_layer(target)
        if kind is not CallKind.SYNC or inspect.isclass(layer):
            return kind
        inner = getattr(layer, "__wrapped__", None) or getattr(target, "__wrapped__", None)
        if inner is None:
            return CallKind.SYNC
        layer = inner


def _kind_of_layer(target: Any) -> CallKind:
    if inspect.isclass(target):
        return CallKind.SYNC
    if inspect.isasyncgenfunction(target):
        return CallKind.ASYNC_GENERATOR
    if inspect.isgeneratorfunction(target):
        return CallKind.SYNC_GENERATOR
    if inspect.iscoroutinefunction(target):
        return CallKind.ASYNC
    return CallKind.SYNC


def name_of(call: Callable[..., Any]) -> str:
    """Return the name to show for a callable."""
    while isinstance(call, partial):
        call = call.func
    return getattr(call, "__name__", None) or type(call).__name__
