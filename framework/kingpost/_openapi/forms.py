"""Forms with models among their fields: the fields of such a model stand beside the others."""

from typing import Any

from pydantic import BaseModel

from kingpost._declare.markers import Form
from kingpost._openapi.schemas import title_of
from kingpost._plan.fields import ModelField, is_model, union_members
from kingpost._plan.model import BodyPlan, ParamPlan

__all__ = ["flatten_models", "form_models", "is_one_model"]


def form_models(param: ParamPlan) -> tuple[type[BaseModel], ...]:
    """Return the models whose fields a form parameter takes together; none for a plain field.

    In: ``Annotated[Address | None, Form()]``. Out: ``(Address,)``.
    """
    members = [member for member in union_members(param.field.type_) if member is not type(None)]
    if isinstance(param.marker, Form) and all(is_model(member) for member in members):
        return tuple(members)
    return ()


def is_one_model(body: BodyPlan) -> bool:
    """Tell whether a form is a model, or one of several, and nothing else."""
    only = body.params[0]
    return len(body.params) == 1 and bool(form_models(only)) and not _is_optional(only.field)


def flatten_models(definition: dict[str, Any], params: tuple[ParamPlan, ...]) -> None:
    """Change a form's schema, in which each parameter is a property, to what a client has to send.

    Fields of a model are fields of the form: their schema is one that the whole form has to meet
    (``allOf``), not that of a property. A second call for the same form changes nothing.
    """
    properties = definition.get("properties", {})
    required = definition.get("required", [])
    for param in params:
        schema = properties.get(param.field.alias)
        if schema is None:
            continue
        if not form_models(param):
            properties[param.field.alias] = {"title": title_of(param.field), **schema}
            continue
        del properties[param.field.alias]
        if param.field.alias in required:
            required.remove(param.field.alias)
        definition.setdefault("allOf", []).extend(_conditions(param, schema))
    for keyword in ("properties", "required"):
        if not definition.get(keyword):
            definition.pop(keyword, None)


def _conditions(param: ParamPlan, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a form has to meet for one of its models."""
    without_default = {key: value for key, value in schema.items() if key != "default"}
    if not _is_optional(param.field):
        return [without_default]
    options = [option for option in schema["anyOf"] if option != {"type": "null"}]
    model = {**without_default, "anyOf": options, "title": title_of(param.field)}
    if param.field.required:
        return [{"not": _no_fields(param)}, model]
    return [{"anyOf": [_no_fields(param), model]}]


def _no_fields(param: ParamPlan) -> dict[str, Any]:
    """Return what holds for a form without any field of an optional model."""
    models = form_models(param)
    if any(model.model_config.get("extra") in ("allow", "forbid") for model in models):
        # Then every field of the form is one of the model's.
        return {"maxProperties": 0}
    fields = (
        ModelField(info, name) for model in models for name, info in model.model_fields.items()
    )
    names = sorted({field.document_name for field in fields})
    return {"not": {"anyOf": [{"required": [name]} for name in names]}}


def _is_optional(field: ModelField) -> bool:
    return type(None) in union_members(field.type_)
