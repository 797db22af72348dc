"""Callable → parameters with their types resolved."""

import inspect
import operator
import sys
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType
from typing import Any, ForwardRef, TypeGuard

from kingpost._plan.callables import function_of

__all__ = [
    "Declared",
    "declared_by",
    "get_typed_annotation",
    "get_typed_return_annotation",
    "look_of",
    "parameters_of",
    "return_annotation",
    "signature_of",
]


def signature_of(call: Callable[..., Any]) -> inspect.Signature:
    """Return the signature with string annotations replaced by what they name.

    In: ``def f(a: "int", b=1)``. Out: ``(a: int, b=1)``. A name that cannot be found (it exists for
    the type checker only) stays a `ForwardRef`. The return annotation is left out: what a decorator
    makes of these parameters may return something else.
    """
    return inspect.Signature(parameters_of(call))


def parameters_of(call: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return the parameters of `signature_of`."""
    namespace = _namespace(call)
    parameters = []
    for parameter in _raw_signature(call).parameters.values():
        annotation = _resolve(parameter.annotation, namespace)
        if annotation is not parameter.annotation:
            parameter = parameter.replace(annotation=annotation)
        parameters.append(parameter)
    return parameters


def return_annotation(call: Callable[..., Any]) -> Any:
    """Return the resolved return annotation: `Signature.empty` for none, None for ``-> None``."""
    if _is_plain(call):
        annotation = _annotations(call).get("return", inspect.Signature.empty)
    else:
        annotation = _raw_signature(call).return_annotation
    if annotation is inspect.Signature.empty:
        return annotation
    resolved = _resolve(annotation, _namespace(call))
    return None if resolved is type(None) else resolved


class Declared:
    """What the parameters of a callable were made of; equal if all of it is the very same."""

    __slots__ = ("_parts",)

    def __init__(self, *parts: object) -> None:
        self._parts = parts

    def __hash__(self) -> int:
        return hash(tuple(map(id, self._parts)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Declared)
            and len(self._parts) == len(other._parts)
            and all(map(operator.is_, self._parts, other._parts))
        )


def declared_by(call: Callable[..., Any]) -> Declared | None:
    """Return what makes the parameters of a callable; None where that is not easily known.

    It is known of functions without decorators, classes with an `__init__` and instances with a
    `__call__` like that.
    """
    function: Any = call
    if isinstance(call, type):
        if type(call) is not type or function.__new__ is not object.__new__:
            return None
        function = function.__init__
    elif not isinstance(call, FunctionType):
        function = getattr(type(call), "__call__", None)  # noqa: B004 - the function itself
    special = call is not function and getattr(call, "__signature__", None) is not None
    if special or not _is_plain(function):
        return None
    types = list(_annotations(function).values())
    for text in [annotation for annotation in types if isinstance(annotation, str)]:
        types += [function.__globals__.get(name) for name in _names_in(text)]
    more = (function.__kwdefaults__ or {}).values()
    return Declared(call, function.__code__, function.__defaults__, *types, *more)


def look_of(call: Callable[..., Any]) -> tuple[object, object]:
    """Return something that changes with the parameters of a callable, as far as can be told."""
    return declared_by(call), getattr(call, "__signature__", None)


@lru_cache(maxsize=1024)
def _names_in(text: str) -> tuple[str, ...]:
    try:
        return compile(text, "<annotation>", "eval").co_names
    except (SyntaxError, ValueError):
        return ()


def _is_plain(call: object) -> TypeGuard[FunctionType]:
    """Tell whether a function's own code says which parameters it has."""
    if type(call) is not FunctionType:
        return False
    return "__wrapped__" not in call.__dict__ and "__signature__" not in call.__dict__


def _annotations(function: FunctionType) -> dict[str, Any]:
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations

        return get_annotations(function, format=Format.FORWARDREF)
    return function.__annotations__


def get_typed_return_annotation(call: Callable[..., Any]) -> Any:
    """Return the resolved return annotation; None for none and for ``-> None``."""
    annotation = return_annotation(call)
    return None if annotation is inspect.Signature.empty else annotation


def get_typed_annotation(annotation: Any, globalns: dict[str, Any]) -> Any:
    """Return an annotation with a string replaced by what it names; None for ``"None"``.

    Args:
        annotation: A type, or a string that names one.
        globalns: What the name is looked up in.
    """
    resolved = _resolve(annotation, globalns)
    return None if resolved is type(None) else resolved


def _raw_signature(call: Callable[..., Any]) -> inspect.Signature:
    if sys.version_info >= (3, 14):
        # Annotations are evaluated on demand (PEP 649); a name that is not there yet must not
        # make the whole signature fail.
        from annotationlib import Format

        return inspect.signature(call, annotation_format=Format.FORWARDREF)
    return inspect.signature(call)


def _namespace(call: Callable[..., Any]) -> dict[str, Any]:
    target = function_of(call)
    if inspect.isclass(target):
        module = sys.modules.get(target.__module__)
        init = getattr(target.__init__, "__globals__", None)
        return init if init is not None else dict(vars(module)) if module else {}
    return getattr(target, "__globals__", {})


def _resolve(annotation: Any, namespace: dict[str, Any]) -> Any:
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if not isinstance(annotation, str):
        return annotation
    try:
        value = eval(annotation, namespace)  # noqa: S307 - source text of the application itself
    except Exception:  # noqa: BLE001 - the text can be anything, and fail in any way
        return ForwardRef(annotation)
    return type(None) if value is None else value
