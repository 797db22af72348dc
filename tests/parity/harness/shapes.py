"""What a caller sees of a public object, as text by part, to be compared between the two sides.

The parts of a function are ``name()``, the order of its arguments and its kind, ``name(argument)``
and ``name() returns``; those of a class are the ones of its constructor, ``Name bases``,
``Name.attribute`` and the parts of each method. Any other value has one part, its name.
"""

import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import typing_extensions
from pydantic import BaseModel

from tests.parity.harness.copies import OURS, PEER, neutral

Parts = Iterator[tuple[str, str]]

PRIVATE = {
    "DependencyConcurrency": "_DependencyConcurrency",
    "Documented": "_APIRouteLike",
    "FormLimits": "_FormLimits",
}
"""Our names of classes that appear in annotations only, and are private elsewhere."""


def shape_of(name: str, value: Any) -> dict[str, str]:
    """Describe a public object.

    Args:
        name: The name under which a caller imports it.
        value: A class, a function, or any other value.
    """
    if isinstance(value, type) and get_origin(value) is None:
        return dict(_of_class(name, value))
    if inspect.isroutine(value):
        return dict(_of_function(name, value))
    return {name: _text(value)}


def peers_modules() -> list[str]:
    """Return the names of the peer's public modules."""
    peer = importlib.import_module(PEER)
    found = [info.name for info in pkgutil.walk_packages(peer.__path__, f"{PEER}.")]
    return [PEER, *(n for n in found if not any(part[0] == "_" for part in n.split(".")))]


# --- callables ------------------------------------------------------------------------------


def _of_function(name: str, function: Any) -> Parts:
    inner = inspect.unwrap(function)
    kinds = (
        inspect.iscoroutinefunction(function),
        inspect.isasyncgenfunction(inner),
        inspect.isgeneratorfunction(inner),
        bool(getattr(function, "__deprecated__", None)),
    )
    yield f"{name}() kind", repr(kinds)
    yield from _of_signature(name, function)


def _of_signature(name: str, function: Any) -> Parts:
    signature = _signature(function)
    if signature is None:
        return
    yield f"{name}()", ", ".join(signature.parameters)
    for parameter in signature.parameters.values():
        described = f"{parameter.kind.name} {_type(parameter.annotation)}"
        yield f"{name}({parameter.name})", f"{described} = {_text(parameter.default)}"
    yield f"{name}() returns", _type(signature.return_annotation)


def _signature(function: Any) -> inspect.Signature | None:
    try:
        return inspect.signature(function, eval_str=True)
    except NameError:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


# --- classes --------------------------------------------------------------------------------


def _of_class(name: str, cls: Any) -> Parts:
    if issubclass(cls, BaseModel):
        cls.model_rebuild()
    yield from _of_signature(name, cls)
    for base in cls.__mro__[1:]:
        yield f"{name} derives from {_class(base)}", "yes"
    if issubclass(cls, enum.Enum):
        yield name, repr({key: member.value for key, member in cls.__members__.items()})
    elif issubclass(cls, BaseModel):
        yield from _of_fields(name, cls)
    elif typing_extensions.is_typeddict(cls):
        for key, hint in typing_extensions.get_type_hints(cls).items():
            yield f"{name}[{key}]", f"{_type(hint)}, required: {key in cls.__required_keys__}"
    else:
        yield from _of_members(name, cls)


def _of_fields(name: str, cls: type[BaseModel]) -> Parts:
    yield f"{name} and other keys", repr(cls.model_config.get("extra"))
    for key, field in cls.model_fields.items():
        said = (field.is_required(), field.alias, field.validation_alias, field.serialization_alias)
        rules = [_rule(r) for r in field.metadata if type(r).__name__ != "Doc"]
        described = (_type(field.annotation), _text(field.default), said, rules)
        yield f"{name}.{key}", repr(described)


def _rule(rule: Any) -> str:
    return re.sub("<function .*?>", "<function>", neutral(repr(rule)))


def _of_members(name: str, cls: type[Any]) -> Parts:
    if dataclasses.is_dataclass(cls):
        for field in (f for f in dataclasses.fields(cls) if not f.name.startswith("_")):
            described = (_type(field.type), field.kw_only, field.repr, field.init)
            yield f"{name}.{field.name} as a field", repr(described)
    for key in dir(cls):
        if not key.startswith("_"):
            yield from _of_member(f"{name}.{key}", cls, key)
    if any("__call__" in vars(base) for base in cls.__mro__):
        yield from _of_function(f"{name}.__call__", inspect.getattr_static(cls, "__call__"))


def _of_member(name: str, cls: type[Any], key: str) -> Parts:
    member = inspect.getattr_static(cls, key)
    if isinstance(member, (staticmethod, classmethod)):
        yield name, type(member).__name__
        yield from _of_function(name, getattr(cls, key))
    elif inspect.isfunction(member):
        yield from _of_function(name, member)
    elif not inspect.isdatadescriptor(member) and not inspect.isroutine(member):
        yield name, _text(member)
    else:
        yield name, "can be read"


def _class(cls: Any) -> str:
    name = getattr(cls, "__qualname__", repr(cls))
    return PRIVATE.get(name, neutral(name))


# --- annotations and defaults ---------------------------------------------------------------


def _type(annotation: Any) -> str:
    """Return an annotation as text, without what `Annotated` adds, and unions in one order."""
    if isinstance(annotation, str | typing.ForwardRef):
        text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
        return neutral(text)
    if isinstance(annotation, list):
        return f"[{', '.join(map(_type, annotation))}]"
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return " | ".join(sorted(map(_type, get_args(annotation))))
    if origin is not None and origin is not typing.Literal:
        return f"{_class(origin)}[{', '.join(map(_type, get_args(annotation)))}]"
    if annotation is None or annotation is type(None):
        return "None"
    return _class(annotation) if isinstance(annotation, type) else neutral(repr(annotation))


def _text(value: Any) -> str:
    """Return a default or an attribute as text; what a placeholder stands for in its place."""
    if type(value).__name__ == "DefaultPlaceholder":
        return _text(value.value)
    if isinstance(value, type) and get_origin(value) is None:
        return _class(value)
    if inspect.isfunction(value):
        return f"the function {value.__name__}"
    if get_origin(value) is not None:
        return _type(value)
    if isinstance(value, dict):
        items = (f"{_text(key)}: {_text(item)}" for key, item in value.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}({', '.join(map(_text, value))})"
    if isinstance(value, set | frozenset):
        return f"{type(value).__name__}({', '.join(sorted(map(_text, value)))})"
    return neutral(repr(value))


def is_foreign(value: Any) -> bool:
    """Tell whether a value is not of the framework or Starlette, or private there."""
    if isinstance(value, types.ModuleType):
        return True
    root, _, inner = (getattr(value, "__module__", None) or PEER).partition(".")
    return root not in (OURS, PEER, "starlette") or inner.startswith("_")
