"""A model that stands for several parameters → one plan for each of its fields.

In a form it may be one of several models: then one plan for each of these.
"""

import copy
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kingpost._declare.markers import Form, Marker
from kingpost._plan.fields import ModelField, is_model, is_sequence, union_members
from kingpost._plan.model import ParamPlan, SentName, Source

__all__ = ["is_spread", "members_of", "models_in"]


def models_in(type_: Any) -> list[type[BaseModel]]:
    """Return the models that a type consists of; none where it may be anything else but None."""
    members = [member for member in union_members(type_) if member is not type(None)]
    return members if all(is_model(member) for member in members) else []


def is_spread(type_: Any, source: Source, marker: Marker) -> bool:
    """Tell whether a model stands for several parameters, though it may have no field at all."""
    if source is Source.BODY:
        return isinstance(marker, Form) and bool(models_in(type_))
    return len(models_in(type_)) == 1


def members_of(type_: Any, source: Source, marker: Marker) -> tuple[ParamPlan, ...]:
    """Return a plan for each field of a model that stands for several parameters.

    In: ``Annotated[Filters, Query()]``, with the fields ``limit`` and ``tags``.
    Out: the plans of two query parameters. Nothing for any other type, and nothing for JSON. In:
    ``Annotated[Cat | Dog, Form()]``. Out: a plan for each model, with members of its own.
    """
    if not is_spread(type_, source, marker):
        return ()
    models = models_in(type_)
    if len(models) == 1:
        return _fields_of(models[0], source, marker)
    return tuple(_alternative(model, source, marker) for model in models)


def _fields_of(model: type[BaseModel], source: Source, marker: Marker) -> tuple[ParamPlan, ...]:
    return tuple(
        _member(name, info, model, source, marker) for name, info in model.model_fields.items()
    )


def _alternative(model: type[BaseModel], source: Source, marker: Marker) -> ParamPlan:
    field = ModelField(FieldInfo(annotation=model), model.__name__)
    return ParamPlan(
        name=field.name,
        source=source,
        field=field,
        marker=marker,
        key=field.alias,
        is_sequence=False,
        is_spread=True,
        members=_fields_of(model, source, marker),
    )


def _member(
    name: str, info: FieldInfo, model: type[BaseModel], source: Source, marker: Marker
) -> ParamPlan:
    if model.model_config.get("validate_by_alias") is False:
        info = _without_alias(info)
    field = ModelField(info, name)
    convert = source is Source.HEADER and getattr(
        info, "convert_underscores", getattr(marker, "convert_underscores", False)
    )
    names = tuple(
        SentName(key.replace("_", "-") if convert and key == name else key, key)
        for key in _keys(field, model)
    )
    return ParamPlan(
        name=name,
        source=source,
        field=field,
        marker=info if isinstance(info, Marker) else _as_marker(marker, info),
        key=names[0].sent,
        is_sequence=is_sequence(info.annotation),
        names=names,
    )


def _keys(field: ModelField, model: type[BaseModel]) -> list[str]:
    """Return the keys under which the model looks for the field, in its order."""
    config = model.model_config
    keys = list(field.choices) or [field.validation_alias or field.alias]
    by_name = config.get("validate_by_name") or config.get("populate_by_name")
    return [*keys, field.name] if by_name and field.name not in keys else keys


def _without_alias(info: FieldInfo) -> FieldInfo:
    """Return the field of a model that is filled by name alone."""
    result = copy.copy(info)
    result.alias = result.validation_alias = None
    return result


def _as_marker(marker: Marker, info: FieldInfo) -> Marker:
    """Return a marker of the model's kind for one of its fields."""
    result = copy.copy(marker)
    for attribute in FieldInfo.__slots__:
        if hasattr(info, attribute):
            setattr(result, attribute, getattr(info, attribute))
    result.openapi_examples = None
    return result
