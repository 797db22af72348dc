"""All body parameters of an operation → the shape of one body."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, create_model
from pydantic_core import PydanticUndefined

from kingpost._declare.markers import Body, File, Form
from kingpost._plan.fields import ModelField
from kingpost._plan.model import BodyPlan, CallPlan, ParamPlan

__all__ = ["body_field", "body_of", "plan_body"]


def plan_body(endpoint: CallPlan) -> BodyPlan | None:
    """Return the body that an endpoint and its dependencies read together; None for none.

    A single parameter is the body itself, unless it was declared with ``embed=True``; several are
    its keys. The same name in several callables counts once.
    """
    params = list(_each_name_once(endpoint))
    if not params:
        return None
    body = body_of(params, embed=_is_embedded(params))
    every = [param for call in _body_order(endpoint) for param in call.body_params]
    return dataclasses.replace(body, required=any(param.field.required for param in every))


def _is_embedded(params: list[ParamPlan]) -> bool:
    first = params[0]
    if isinstance(first.marker, Form) and not first.is_spread:
        # A form is a set of named fields: even a single one is found by its name.
        return True
    return len(params) > 1 or bool(getattr(first.marker, "embed", None))


def body_of(params: list[ParamPlan], *, embed: bool) -> BodyPlan:
    """Return a body of at least one parameter.

    Args:
        params: The parameters, each name once.
        embed: Whether each of them is a key of the body.
    """
    is_form = any(isinstance(param.marker, Form) for param in params)
    return BodyPlan(
        is_form=is_form,
        params=tuple(params),
        embed=embed,
        media_type=_media_type(params, embed=embed),
        required=any(param.field.required for param in params),
    )


def _each_name_once(endpoint: CallPlan) -> Iterable[ParamPlan]:
    seen: set[str] = set()
    for plan in _body_order(endpoint):
        for param in plan.body_params:
            if param.name not in seen:
                seen.add(param.name)
                yield param


def _body_order(plan: CallPlan) -> Iterable[CallPlan]:
    yield plan
    for dependency in plan.dependencies:
        yield from _body_order(dependency.plan)


def _media_type(params: list[ParamPlan], *, embed: bool) -> str:
    if not embed and isinstance(params[0].marker, Body):
        return params[0].marker.media_type
    if any(isinstance(param.marker, File) for param in params):
        return "multipart/form-data"
    is_form = any(isinstance(param.marker, Form) for param in params)
    declared = {param.marker.media_type for param in params if isinstance(param.marker, Body)}
    default = "application/x-www-form-urlencoded" if is_form else "application/json"
    return declared.pop() if len(declared) == 1 else default


def body_field(body: BodyPlan, unique_id: str) -> ModelField:
    """Return the whole body as one field, for documents.

    Args:
        body: The body.
        unique_id: The operation's id; several parameters become a model named after it.
    """
    first = body.params[0]
    if not body.embed:
        return first.field
    fields: dict[str, Any] = {param.name: param.field.definition for param in body.params}
    model: type[BaseModel] = create_model(f"Body_{unique_id}", **fields)
    cls = File if body.media_type == "multipart/form-data" else Form if body.is_form else Body
    marker = cls(annotation=model, media_type=body.media_type)
    if not body.required:
        # A form of one model that may be left out shows what stands for it.
        default = first.field.field_info.default
        shows = len(body.params) == 1 and first.is_spread and default is not PydanticUndefined
        marker.default = default if shows else None
    return ModelField(marker, "body")
