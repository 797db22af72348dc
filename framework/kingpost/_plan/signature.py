"""Callable → parameters with their types resolved."""

import inspect
import sys
from collections.abc import Callable
from typing import Any, ForwardRef

from kingpost._plan.callables import function_of

__all__ = [
    "get_typed_annotation",
    "get_typed_return_annotation",
    "return_annotation",
    "signature_of",
]


def signature_of(call: Callable[..., Any]) -> inspect.Signature:
    """Return the signature with string annotations replaced by what they name.

    In: ``def f(a: "int", b=1)``. Out: ``(a: int, b=1)``. A name that cannot be found (it exists for
    the type checker only) stays a `ForwardRef`. The return annotation is left out: what a decorator
    makes of these parameters may return something else.
    """
    signature = _raw_signature(call)
    namespace = _namespace(call)
    parameters = [
        parameter.replace(annotation=_resolve(parameter.annotation, namespace))
        for parameter in signature.parameters.values()
    ]
    return inspect.Signature(parameters)


def return_annotation(call: Callable[..., Any]) -> Any:
    """Return the resolved return annotation: `Signature.empty` for none, None for ``-> None``."""
    annotation = _raw_signature(call).return_annotation
    if annotation is inspect.Signature.empty:
        return annotation
    resolved = _resolve(annotation, _namespace(call))
    return None if resolved is type(None) else resolved


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
