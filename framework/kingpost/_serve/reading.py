"""Request → the values of its parameters, one error for each that does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from pydantic import ValidationError
from pydantic_core import SchemaValidator
from starlette.datastructures import FormData, ImmutableMultiDict
from starlette.requests import HTTPConnection

from kingpost._compile.form_reading import contents
from kingpost._compile.forms import reads_contents
from kingpost._compile.spread import (
    ABSENT,
    Absent,
    extra_of,
    may_be_none,
    minds_extras,
    model_input,
    received_in,
    value_of,
)
from kingpost._declare.markers import Form, Marker
from kingpost._plan.alternatives import choosing_validator
from kingpost._plan.fields import (
    ModelField,
    errors_at,
    missing_error,
)
from kingpost._plan.model import ParamPlan, Source

__all__ = ["read_body_params", "read_params", "read_received"]

Errors = list[dict[str, Any]]


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
        own, found = read_received(group, received_in(source, connection))
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
            raw, loc = model_input(param, received), (param.source.value,)
        else:
            raw, loc = _pick(param, received), (param.source.value, _shown(param, received))
        _check(param, raw, loc, values, errors)
    return values, errors


def _names(param: ParamPlan) -> Sequence[str]:
    """Return the names under which a value may come: several for `AliasChoices`."""
    return param.field.choices or (param.key,)


def _shown(param: ParamPlan, received: Mapping[str, Any]) -> str:
    """Return the name for an error: the one that was sent, or else the first."""
    names = _names(param)
    if len(names) == 1:
        return names[0]
    return next((name for name in names if value_of(param, name, received) is not ABSENT), names[0])


def _pick(param: ParamPlan, received: Mapping[str, Any]) -> Any:
    for name in _names(param):
        value = value_of(param, name, received)
        if value is not ABSENT:
            return value
    return ABSENT


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
    return model_input(model, ImmutableMultiDict(pairs))


def _choice_input(param: ParamPlan, received: Mapping[str, Any]) -> dict[str, Any] | Absent:
    """Return all that was sent, of which each model of a union takes what is its own."""
    names = {name.sent for model in param.members for part in model.members for name in part.names}
    data = {name: extra_of(name, received) for name in received}
    if not may_be_none(param) or names & data.keys() or (data and minds_extras(param)):
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
            read = _choice_input if param.is_choice else model_input
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
