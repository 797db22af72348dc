"""Paths with parameters: ``/files/{file_path:path}``."""

import re
import warnings
from typing import Any

from starlette.convertors import CONVERTOR_TYPES, Convertor
from starlette.routing import PARAM_REGEX, compile_path

from kingpost._http.errors import KingpostDeprecationWarning
from kingpost._http.stack import user_stacklevel

__all__ = [
    "generate_operation_id_for_path",
    "get_path_param_names",
    "path_names",
    "path_parts",
]


def path_names(path: str) -> frozenset[str]:
    """Return the names of the parameters in a path.

    In: ``/files/{file_path:path}``. Out: ``{"file_path"}``.
    """
    return frozenset(re.findall(r"{([^:}]*)(?::[^}]*)?}", path))


def path_parts(path: str) -> tuple[str, dict[str, Convertor[Any]]]:
    """Return the path without converters, and the converters of its parameters.

    In: ``/files/{file_path:path}``. Out: ``/files/{file_path}`` and that of ``file_path``. The
    answer is that of Starlette's `compile_path`, without the regular expression, whose making is
    most of the work.

    Raises:
        AssertionError: There is no such converter.
        ValueError: A name stands twice in the path.
    """
    shown, end = "", 0
    convertors: dict[str, Convertor[Any]] = {}
    for match in PARAM_REGEX.finditer(path):
        name, kind = match[1], (match[2] or ":str")[1:]
        if kind not in CONVERTOR_TYPES or name in convertors:
            break
        shown += f"{path[end : match.start()]}{{{name}}}"
        convertors[name] = CONVERTOR_TYPES[kind]
        end = match.end()
    else:
        if path.startswith("/"):
            return shown + path[end:], convertors
    # It has more to say: an error, or how the name of a host is read.
    return compile_path(path)[1:]


def get_path_param_names(path: str) -> set[str]:
    """Return what stands between braces in a path, a converter's name included."""
    return set(re.findall("{(.*?)}", path))


def generate_operation_id_for_path(*, name: str, path: str, method: str) -> str:
    """Return an operation id made of name, path and method. Deprecated: `generate_unique_id`."""
    warnings.warn(
        "generate_operation_id_for_path() was deprecated, it is not used internally, and will be "
        "removed soon: use generate_unique_id().",
        KingpostDeprecationWarning,
        stacklevel=user_stacklevel(),
    )
    return re.sub(r"\W", "_", f"{name}{path}") + f"_{method.lower()}"
