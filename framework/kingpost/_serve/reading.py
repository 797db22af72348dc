"""Request → the values of its parameters, one error for each that does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import ValidationError
from pydantic_core import SchemaValidator
from starlette.datastructures import FormData, Headers, ImmutableMultiDict
from starlette.requests import HTTPConnection

from kingpost._compile.form_reading import contents
from kingpost._compile.forms import reads_contents
from kingpost._declare.markers import Form, Marker
from kingpost._plan.alternatives import choosing_validator
from kingpost._plan.fields import (
    ModelField,
    errors_at,
    is_sequence,
    missing_error,
    union_members,
)
from kingpost._plan.model import ParamPlan, Source

__all__ = ["ABSENT", "read_body_params", "read_params", "read_received"]

Errors = list[dict[str, Any]]


class _Absent:
    """There is no such value; None would be a value."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()


def read_params(
    params: Iterable[ParamPlan], connection: HTTPConnection
) -> tuple[dict[str, Any], Errors]:
    """Read and check the parameters outside the body.

    Args:
        params: The parameters, in the order in which errors are reported.
        connection: The request or WebSocket.

    Returns:
        The values by keyword, and the errors.
    """
    values: dict[str, Any] = {}
    errors: Errors = []
    by_source: dict[Source, list[ParamPlan]] = {}
    for param in params:
        by_source.setdefault(param.source, []).append(param)
    for source, group in by_source.items():
        own, found = read_received(group, _received(source, connection))
        values.update(own)
        errors += found
    return values, errors


def read_received(
    params: Iterable[ParamPlan], received: Mapping[str, Any]
) -> tuple[dict[str, Any], Errors]:
    """Read and check the parameters of one source.

    Args:
        params: The parameters, in the order in which errors are reported.
        received: What was sent there: query parameters, headers, cookies, parts of the path.

    Returns:
        The values by keyword, and the errors.
    """
    values: dict[str, Any] = {}
    errors: Errors = []
    for param in params:
        loc: tuple[int | str, ...]
        if param.is_spread:
            raw, loc = _model_input(param, received), (param.source.value,)
        else:
            raw, loc = _pick(param, received), (param.source.value, _shown(param, received))
        _check(param, raw, loc, values, errors)
    return values, errors


def _received(source: Source, connection: HTTPConnection) -> Mapping[str, Any]:
    if source is Source.PATH:
        return connection.path_params
    if source is Source.QUERY:
        return connection.query_params
    if source is Source.HEADER:
        return connection.headers
    return connection.cookies


def _names(param: ParamPlan) -> Sequence[str]:
    """Return the names under which a value may come: several for `AliasChoices`."""
    return param.field.choices or (param.key,)


def _shown(param: ParamPlan, received: Mapping[str, Any]) -> str:
    """Return the name for an error: the one that was sent, or else the first."""
    names = _names(param)
    if len(names) == 1:
        return names[0]
    return next((name for name in names if _value(param, name, received) is not ABSENT), names[0])


def _pick(param: ParamPlan, received: Mapping[str, Any]) -> Any:
    for name in _names(param):
        value = _value(param, name, received)
        if value is not ABSENT:
            return value
    return ABSENT


def _value(param: ParamPlan, name: str, received: Mapping[str, Any]) -> Any:
    if param.is_sequence and isinstance(received, ImmutableMultiDict | Headers):
        return received.getlist(name) or ABSENT
    value = received.get(name, ABSENT)
    if value == "" and (isinstance(param.marker, Form) or _is_list_in_text(param)):
        # Browsers send empty fields: nothing was filled in. An empty text holds no list either.
        return ABSENT
    return value


def _is_list_in_text(param: ParamPlan) -> bool:
    return param.source is not Source.BODY and is_sequence(param.field.type_)


def _check(
    param: ParamPlan,
    raw: Any,
    loc: tuple[int | str, ...],
    values: dict[str, Any],
    errors: Errors,
) -> None:
    field = param.field
    if raw is ABSENT:
        if field.required:
            errors.append(missing_error(loc))
            return
        default = field.get_default()
        if not field.field_info.validate_default:
            values[param.name] = default
            return
        raw = default
    value, found = _validate(param, raw, loc)
    if found:
        errors.extend(_as_sent(param, found))
    else:
        values[param.name] = value


def _validate(
    param: ParamPlan, raw: Any, loc: tuple[int | str, ...]
) -> tuple[Any, list[dict[str, Any]]]:
    if not param.is_choice:
        return param.field.validate(raw, loc=loc)
    try:
        return _choosing_validator(param).validate_python(raw, from_attributes=True), []
    except ValidationError as exc:
        return None, errors_at(exc, loc)


_choosing_validators: WeakKeyDictionary[ModelField, SchemaValidator] = WeakKeyDictionary()


def _choosing_validator(param: ParamPlan) -> SchemaValidator:
    """Return the validator of a union of models, made for the first form that needs it."""
    found = _choosing_validators.get(param.field)
    if found is None:
        models = {member.field.type_: partial(_alternative, member) for member in param.members}
        found = _choosing_validators[param.field] = choosing_validator(param.field, models)
    return found


def _alternative(model: ParamPlan, sent: Any) -> Any:
    """Return what one model of a union takes from a form, as if it were the only one."""
    if not isinstance(sent, dict):
        return sent
    pairs = [
        (name, value)
        for name, values in sent.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return _model_input(model, ImmutableMultiDict(pairs))


def _choice_input(param: ParamPlan, received: Mapping[str, Any]) -> dict[str, Any] | _Absent:
    """Return all that was sent, of which each model of a union takes what is its own."""
    names = {name.sent for model in param.members for part in model.members for name in part.names}
    data = {name: _extra(name, received) for name in received}
    if not _may_be_none(param) or names & data.keys() or (data and _minds_extras(param)):
        return data
    return ABSENT


def _as_sent(param: ParamPlan, errors: Errors) -> Errors:
    """Return the errors of a header model with the headers' names for the fields'."""
    names = {name.key: name.sent for member in param.members for name in member.names}
    for error in errors:
        loc = error["loc"]
        if len(loc) > 1 and loc[1] in names:
            error["loc"] = (loc[0], names[loc[1]], *loc[2:])
    return errors


def _model_input(param: ParamPlan, received: Mapping[str, Any]) -> dict[str, Any] | _Absent:
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
                value = _value(member, name.sent, received)
                if value is not ABSENT:
                    data[name.key] = value
                    break
    for extra in received:
        if extra not in read:
            data[extra] = _extra(extra, received)
    if own or not _may_be_none(param) or (data and _minds_extras(param)):
        return data
    return ABSENT


def _may_be_none(param: ParamPlan) -> bool:
    """Tell whether the model can be left out; one that cannot is read even from nothing."""
    return type(None) in union_members(param.field.type_)


def _minds_extras(param: ParamPlan) -> bool:
    """Tell whether a model looks at what was sent besides its own fields."""
    return any(
        getattr(member, "model_config", {}).get("extra", "ignore") != "ignore"
        for member in union_members(param.field.type_)
    )


def _extra(name: str, received: Mapping[str, Any]) -> Any:
    if isinstance(received, ImmutableMultiDict | Headers):
        values = received.getlist(name)
        return values if len(values) > 1 else values[0]
    return received[name]


# --- the body -------------------------------------------------------------------------------


async def read_body_params(
    params: Sequence[ParamPlan], embed: bool, received: Any
) -> tuple[dict[str, Any], Errors]:
    """Check the body parameters of one callable.

    Args:
        params: Those of this callable.
        embed: Whether the operation's body has a key for each parameter. That of another one, whose
            dependency an override replaced, says nothing of the parameters of the override.
        received: The parsed body: data, `FormData`, or `ABSENT`.

    Returns:
        The values by keyword, and the errors.
    """
    values: dict[str, Any] = {}
    errors: Errors = []
    embed = embed or len(params) > 1 or _has_key(params[0].marker)
    for param in params:
        if isinstance(received, FormData) and param.is_spread:
            loc: tuple[int | str, ...] = ("body",)
            read = _choice_input if param.is_choice else _model_input
            raw: Any = read(param, received)
        elif embed:
            name = _shown(param, received if isinstance(received, Mapping) else {})
            loc = ("body", name)
            if not (received is ABSENT or isinstance(received, Mapping | bytes)):
                # There was JSON, and it has no such key: a default stands for what was left out.
                errors.append(missing_error(loc))
                continue
            raw = await _embedded(param, received)
        else:
            loc = ("body",)
            raw = received
        _check(param, raw, loc, values, errors)
    return values, errors


def _has_key(marker: Marker) -> bool:
    return isinstance(marker, Form) or bool(getattr(marker, "embed", None))


async def _embedded(param: ParamPlan, received: Any) -> Any:
    if not isinstance(received, Mapping):
        return ABSENT
    value = _pick(param, received)
    if reads_contents(param):
        value = await contents(value)
    return value
