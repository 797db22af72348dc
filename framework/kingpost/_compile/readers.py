"""Code that takes the parameters outside the body from the request."""

from collections.abc import Sequence
from functools import partial

from starlette.convertors import PathConvertor, StringConvertor

from kingpost._compile import runtime
from kingpost._compile.code import CodeBuilder
from kingpost._compile.spread import ABSENT, read_spread
from kingpost._plan.model import ParamPlan, Source
from kingpost._plan.paths import path_parts
from kingpost._plan.schemas import combined_validator, is_pure, text_passes

__all__ = ["Slot", "read_parameters"]

_TEXT = (StringConvertor, PathConvertor)

Slot = tuple[str, ParamPlan]
"""The key of a parameter in the generated function, and its plan."""


def read_parameters(code: CodeBuilder, slots: Sequence[Slot], path: str) -> None:
    """Write the statements that set ``values``, a dict with the parameters, validated.

    A request that does not fit is handed over to the exact path. A parameter whose validation runs
    code of the application is read only; it has its turn later.

    Args:
        code: Where to write.
        slots: The parameters of the endpoint and of all its dependencies.
        path: The operation's path, with its converters.
    """
    code.assign("raw", _path_values([slot for slot in slots if slot[1].source is Source.PATH]))
    for key, param in slots:
        if param.is_spread:
            _read_spread(code, key, param)
    for source, read in _READERS.items():
        chosen = [slot for slot in slots if slot[1].source is source and not slot[1].is_spread]
        if chosen:
            read(code, chosen)
    fields = [(key, param.field) for key, param in slots if is_pure(param.field)]
    if not fields:
        code.assign("values", "{}")
        return
    converted = _converted(path)
    if all(text_passes(param.field) and param.key not in converted for _, param in slots):
        _take_as_read(code, slots)
        return
    validate = code.bind("validate", combined_validator(fields).validate_python)
    error = code.bind("ValidationError", runtime.ValidationError)
    with code.block("try:"):
        code.assign("values", f"{validate}(raw)")
    with code.block(f"except {error}:"):
        code.line("return await exact(scope, receive, send)")


def _converted(path: str) -> set[str]:
    """Return the parameters of a path that are not text any more: ``{n:int}`` is a number."""
    convertors = path_parts(path)[1]
    return {name for name, kind in convertors.items() if not isinstance(kind, _TEXT)}


def _take_as_read(code: CodeBuilder, slots: Sequence[Slot]) -> None:
    """Write what `values` is where every value that is there is right."""
    needed = [
        key
        for key, param in slots
        if param.source is not Source.PATH and param.field.field_info.is_required()
    ]
    if needed:
        with code.block(f"if {' or '.join(f'{key!r} not in raw' for key in needed)}:"):
            code.line("return await exact(scope, receive, send)")
    infos = {key: param.field.field_info for key, param in slots}
    defaults = [
        f"{key!r}: {info.default!r}" for key, info in infos.items() if not info.is_required()
    ]
    code.assign("values", f"{{{', '.join(defaults)}, **raw}}" if defaults else "raw")


def _read_spread(code: CodeBuilder, key: str, param: ParamPlan) -> None:
    """Write what reads a model that stands for several parameters."""
    sent = code.name("sent")
    read = code.bind(f"read_{param.name}", partial(read_spread, param))
    code.assign(sent, f"{read}(scope)")
    with code.block(f"if {sent} is not {code.bind('ABSENT', ABSENT)}:"):
        code.assign(f"raw[{key!r}]", sent)


def _path_values(slots: Sequence[Slot]) -> str:
    if not slots:
        return "{}"
    items = ", ".join(f"{key!r}: scope['path_params'][{param.key!r}]" for key, param in slots)
    return f"{{{items}}}"


def _read_query(code: CodeBuilder, slots: Sequence[Slot]) -> None:
    lists = [slot for slot in slots if slot[1].is_sequence]
    with code.block("if scope['query_string']:"):
        if lists:
            parse = code.bind("multi_query", runtime.multi_query)
        else:
            parse = code.bind("parse_query", runtime.parse_query)
        code.assign("query", f"{parse}(scope['query_string'])")
        for key, param in slots:
            with code.block(f"if {param.key!r} in query:"):
                value = f"query[{param.key!r}]"
                if lists and not param.is_sequence:
                    value += "[-1]"
                code.assign(f"raw[{key!r}]", value)


def _read_headers(code: CodeBuilder, slots: Sequence[Slot]) -> None:
    with code.block("for name, value in scope['headers']:"):
        keyword = "if"
        for name in dict.fromkeys(param.key.lower().encode("latin-1") for _, param in slots):
            with code.block(f"{keyword} name == {name!r}:"):
                for key, param in slots:
                    if param.key.lower().encode("latin-1") != name:
                        continue
                    if param.is_sequence:
                        code.line(f"raw.setdefault({key!r}, []).append(value.decode('latin-1'))")
                    else:
                        code.line(f"raw.setdefault({key!r}, value.decode('latin-1'))")
            keyword = "elif"


def _read_cookies(code: CodeBuilder, slots: Sequence[Slot]) -> None:
    code.assign("cookies", f"{code.bind('parse_cookies', runtime.parse_cookies)}(scope)")
    for key, param in slots:
        # An empty cookie holds no list, not one without items.
        found = f"cookies.get({param.key!r})" if param.is_sequence else f"{param.key!r} in cookies"
        with code.block(f"if {found}:"):
            code.assign(f"raw[{key!r}]", f"cookies[{param.key!r}]")


_READERS = {
    Source.QUERY: _read_query,
    Source.HEADER: _read_headers,
    Source.COOKIE: _read_cookies,
}
