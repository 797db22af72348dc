"""A plan as text, for people: what an operation calls and reads, in which order, what it sends."""

import dataclasses
import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic_core import PydanticUndefined

from kingpost._declare.markers import File, Form
from kingpost._plan.callables import name_of
from kingpost._plan.fields import ModelField
from kingpost._plan.model import (
    BodyPlan,
    CacheKey,
    CallPlan,
    DependencyPlan,
    Injected,
    ParamPlan,
    ResponseKind,
    ResponsePlan,
    RoutePlan,
    Source,
)

__all__ = ["render_plan"]

_INJECTED = {
    Injected.REQUEST: "the request",
    Injected.WEBSOCKET: "the WebSocket",
    Injected.CONNECTION: "the connection",
    Injected.RESPONSE: "the headers and status to send",
    Injected.BACKGROUND_TASKS: "the work after the response",
    Injected.SECURITY_SCOPES: "the scopes required here",
}
_SENT = {
    ResponseKind.MODEL: "straight to JSON",
    ResponseKind.RENDERED: "as",
    ResponseKind.JSON_LINES: "as one JSON line for each item",
    ResponseKind.EVENTS: "as server-sent events",
    ResponseKind.RETURNED_EVENTS: "as one server-sent event for each item",
    ResponseKind.CHUNKS: "in chunks, as",
}
# The modules in front of a class's name, and the functions it was defined in.
_QUALIFIERS = re.compile(r"(?:(?:[A-Za-z_]\w*|<locals>)\.)+(?=[A-Za-z_])")


def render_plan(plan: RoutePlan, place: str = "") -> str:
    """Return a plan as a tree of calls, in the order of execution.

    In: the plan of ``def read(item_id: int, db: Annotated[Db, Depends(connect)]) -> Item``.
    Out::

        GET /items/{item_id}
        read  async  main.py:12
        ├── db = connect()  async generator, ends after the response
        │   └── x_token: str  header x-token
        ├── item_id: int  path
        └── sends Item straight to JSON

    Args:
        plan: The plan.
        place: Where the function is defined, to be put behind its name.
    """
    endpoint = plan.endpoint
    branches = list(_inside(endpoint, set()))
    if plan.body is not None:
        branches.append(_Branch(_body(plan.body)))
    if plan.response is not None:
        branches.append(_Branch(_response(plan.response)))
    title = "  ".join(filter(None, (name_of(endpoint.call), endpoint.kind.value, place)))
    return "\n".join([plan.context.get("path", plan.path), title, *_draw(branches)])


@dataclasses.dataclass(frozen=True, slots=True)
class _Branch:
    text: str
    below: "Sequence[_Branch]" = ()


def _draw(branches: Sequence[_Branch]) -> Iterator[str]:
    for number, branch in enumerate(branches, 1):
        is_last = number == len(branches)
        yield ("└── " if is_last else "├── ") + branch.text
        for line in _draw(branch.below):
            yield ("    " if is_last else "│   ") + line


def _inside(plan: CallPlan, called: set[CacheKey]) -> Iterator[_Branch]:
    """Yield what happens before and for a call: its dependencies, then its own parameters."""
    for dependency in plan.dependencies:
        yield _dependency(dependency, called)
    for param in (*plan.params, *plan.body_params):
        yield _param_with_members(param)
    for name, kind in plan.injected:
        yield _Branch(f"{name}  {_INJECTED[kind]}")


def _dependency(dependency: DependencyPlan, called: set[CacheKey]) -> _Branch:
    plan = dependency.plan
    target = f"{dependency.name} = " if dependency.name else ""
    call = f"{target}{name_of(plan.call)}()"
    if dependency.use_cache and dependency.cache_key in called:
        return _Branch(f"{call}  shared with the call above")
    called.add(dependency.cache_key)
    facts = [plan.kind.value]
    if plan.kind.is_generator:
        facts.append(
            "ends before the response"
            if dependency.scope == "function"
            else "ends after the response"
        )
    if not dependency.use_cache:
        facts.append("not shared")
    if plan.uses_scopes and plan.scopes:
        facts.append(f"requires {' '.join(plan.scopes)}")
    if dependency.marker.max_concurrency is not None:
        facts.append(f"at most {dependency.marker.max_concurrency} at once")
    return _Branch(f"{call}  {', '.join(facts)}", list(_inside(plan, called)))


def _param_with_members(param: ParamPlan) -> _Branch:
    return _Branch(_param(param), list(map(_param_with_members, param.members)))


def _param(param: ParamPlan) -> str:
    source = param.source.value
    if param.source is Source.BODY:
        source = (
            "file"
            if isinstance(param.marker, File)
            else "form"
            if isinstance(param.marker, Form)
            else "body"
        )
    key = "" if param.key == param.name else f" {param.key}"
    limits = ", ".join(_limits(param.field.field_info.metadata))
    text = f"{param.name}: {_type(param.field.type_)}{_default(param.field)}  {source}{key}"
    return f"{text}  {limits}" if limits else text


def _default(field: ModelField) -> str:
    info = field.field_info
    if info.default_factory is not None:
        return f" = {name_of(info.default_factory)}()"
    if info.default in (PydanticUndefined, ...):
        return ""
    return f" = {info.default!r}"


def _limits(metadata: Sequence[Any]) -> Iterator[str]:
    """Yield the constraints as they were written, such as ``ge=1``."""
    for item in metadata:
        known = (
            {field.name: getattr(item, field.name) for field in dataclasses.fields(item)}
            if dataclasses.is_dataclass(item)
            else getattr(item, "__dict__", {})
        )
        for name, value in known.items():
            if isinstance(value, str | int | float):
                yield f"{name}={value!r}"


def _body(body: BodyPlan) -> str:
    names = ", ".join(param.name for param in body.params)
    shape = f"with {names}" if body.embed or body.is_form else f"as {names}"
    return f"reads {body.media_type} {shape}{'' if body.required else ', if there is one'}"


def _response(response: ResponsePlan) -> str:
    field = response.field or response.item_field
    model = _type(field.type_) if field is not None else "the result"
    how = _SENT[response.kind]
    if response.kind in (ResponseKind.RENDERED, ResponseKind.CHUNKS):
        how = f"{how} {_class_name(response.response_class)}"
    status = f", status {response.status_code}" if response.status_code is not None else ""
    merged = ", merged with what was injected" if response.merges_injected else ""
    return f"sends {model} {how}{status}{merged}"


def _class_name(cls: Any) -> str:
    return str(getattr(cls, "value", cls).__name__)


def _type(type_: Any) -> str:
    """Return a type as it was written, without the modules."""
    return _QUALIFIERS.sub("", inspect.formatannotation(type_))
