"""Forms with models among their fields: the fields of such a model stand beside the others."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import AliasChoices, BaseModel

from kingpost._declare.markers import Form
from kingpost._openapi.schemas import title_of
from kingpost._plan.fields import ModelField, is_model, union_members
from kingpost._plan.model import BodyPlan, ParamPlan

__all__ = ["flatten_models", "form_models", "is_one_model"]


Lookup: TypeAlias = Callable[[Mapping[str, Any]], dict[str, Any]]
"""Returns what a schema with a reference refers to."""


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


def flatten_models(
    definition: dict[str, Any], params: tuple[ParamPlan, ...], lookup: Lookup
) -> None:
    """Change a form's schema, in which each parameter is a property, to what a client has to send.

    Fields of a model are fields of the form: their schema is one that the whole form has to meet
    (``allOf``), not that of a property. A second call for the same form changes nothing.

    Args:
        definition: The schema.
        params: What the form consists of.
        lookup: Finds the schemas of the models.
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
        definition.setdefault("allOf", []).extend(_conditions(param, schema, lookup))
    for keyword in ("properties", "required"):
        if not definition.get(keyword):
            definition.pop(keyword, None)


def _conditions(param: ParamPlan, schema: dict[str, Any], lookup: Lookup) -> list[dict[str, Any]]:
    """Return what a form has to meet for one of its models."""
    without_default = {key: value for key, value in schema.items() if key != "default"}
    if not _is_optional(param.field):
        return [_as_read(param, without_default, lookup)]
    options = [
        _as_read(param, option, lookup) for option in schema["anyOf"] if option != {"type": "null"}
    ]
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
    names = sorted({name.sent for member in _fields(param) for name in member.names})
    return {"not": {"anyOf": [{"required": [name]} for name in names]}} if names else {}


def _fields(param: ParamPlan) -> Iterator[ParamPlan]:
    for member in param.members:
        yield from member.members if param.is_choice else (member,)


def _as_read(param: ParamPlan, schema: dict[str, Any], lookup: Lookup) -> dict[str, Any]:
    """Return a model's schema with each field under the names that a form may use for it.

    The model's own schema stands for JSON, in which a field has one name; it is copied only where
    the two differ.
    """
    if param.is_choice or "$ref" not in schema:
        return schema
    written = {**lookup(schema), **{key: schema[key] for key in schema.keys() - {"$ref"}}}
    properties, required = dict(written["properties"]), list(written.get("required", []))
    choices: list[dict[str, Any]] = []
    differs = False
    for member in param.members:
        names = [name.sent for name in member.names]
        documented = next((name for name in _documented(member) if name in properties), names[0])
        if documented != names[0]:
            properties[names[0]] = properties.pop(documented)
            required = [names[0] if name == documented else name for name in required]
            differs = True
        if len(names) > 1 and names[0] in required:
            required.remove(names[0])
            choices.append({"anyOf": [{"required": [name]} for name in names]})
    if not (choices or differs):
        return schema
    more = {"allOf": [*written.get("allOf", []), *choices]} if choices else {}
    return {**written, "properties": properties, "required": required, **more}


def _documented(member: ParamPlan) -> Iterator[str]:
    """Yield the names under which a field may stand in its model's schema."""
    yield member.names[0].sent
    alias = member.field.field_info.validation_alias
    if isinstance(alias, AliasChoices):
        yield from (choice for choice in alias.choices if isinstance(choice, str))


def _is_optional(field: ModelField) -> bool:
    return type(None) in union_members(field.type_)
