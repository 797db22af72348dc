"""What was sent → the input of a model that stands for several parameters.

The model takes its fields from their names, and whatever was sent besides under the names as sent.
"""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import Headers, ImmutableMultiDict
from starlette.requests import HTTPConnection
from starlette.types import Scope

from kingpost._declare.markers import Form
from kingpost._plan.fields import is_sequence, union_members
from kingpost._plan.model import ParamPlan, Source
from kingpost._plan.schemas import is_pure

__all__ = [
    "ABSENT",
    "Absent",
    "can_spread",
    "extra_of",
    "may_be_none",
    "minds_extras",
    "model_input",
    "read_spread",
    "received_in",
    "value_of",
]


class Absent:
    """There is no such value; None would be a value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


def can_spread(param: ParamPlan) -> bool:
    """Tell whether a generated handler can read it: one model that Pydantic alone validates."""
    return not param.is_choice and is_pure(param.field)


def read_spread(param: ParamPlan, scope: Scope) -> "dict[str, Any] | Absent":
    """Return the input of a model outside the body; `ABSENT` where it was left out."""
    return model_input(param, received_in(param.source, HTTPConnection(scope)))


def received_in(source: Source, connection: HTTPConnection) -> Mapping[str, Any]:
    """Return what was sent in one place outside the body, by name."""
    if source is Source.PATH:
        return connection.path_params
    if source is Source.QUERY:
        return connection.query_params
    if source is Source.HEADER:
        return connection.headers
    return connection.cookies


def value_of(param: ParamPlan, name: str, received: Mapping[str, Any]) -> Any:
    """Return what was sent for a parameter under one of its names; `ABSENT` if nothing was."""
    if param.is_sequence and isinstance(received, ImmutableMultiDict | Headers):
        return received.getlist(name) or ABSENT
    value = received.get(name, ABSENT)
    if value == "" and (isinstance(param.marker, Form) or _is_list_in_text(param)):
        # Browsers send empty fields: nothing was filled in. An empty text holds no list either.
        return ABSENT
    return value


def _is_list_in_text(param: ParamPlan) -> bool:
    return param.source is not Source.BODY and is_sequence(param.field.type_)


def model_input(param: ParamPlan, received: Mapping[str, Any]) -> dict[str, Any] | Absent:
    """Return what was sent for a model that stands for several parameters, and all besides."""
    data: dict[str, Any] = {}
    read: set[str] = set()
    own = False
    for member in param.members:
        for name in member.names:
            # What the model would take under this key is read from another header.
            if name.key != name.sent:
                read.add(name.key)
        for name in member.names:
            if name.sent in received:
                # A form's field that was left empty has no value, yet shows that it was meant.
                own = True
                read.add(name.sent.lower() if param.source is Source.HEADER else name.sent)
                value = value_of(member, name.sent, received)
                if value is not ABSENT:
                    data[name.key] = value
                    break
    for extra in received:
        if extra not in read:
            data[extra] = extra_of(extra, received)
    if own or not may_be_none(param) or (data and minds_extras(param)):
        return data
    return ABSENT


def may_be_none(param: ParamPlan) -> bool:
    """Tell whether the model can be left out; one that cannot is read even from nothing."""
    return type(None) in union_members(param.field.type_)


def minds_extras(param: ParamPlan) -> bool:
    """Tell whether a model looks at what was sent besides its own fields."""
    return any(
        getattr(member, "model_config", {}).get("extra", "ignore") != "ignore"
        for member in union_members(param.field.type_)
    )


def extra_of(name: str, received: Mapping[str, Any]) -> Any:
    """Return what was sent under a name that no field has: a list where it was sent repeatedly."""
    if isinstance(received, ImmutableMultiDict | Headers):
        values = received.getlist(name)
        return values if len(values) > 1 else values[0]
    return received[name]
