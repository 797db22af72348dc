"""Parameters outside the body → Parameter Objects (OpenAPI 3.1.0, section 4.8.12)."""

from typing import Any

from pydantic.fields import FieldInfo

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.unset import given
from kingpost._openapi.route import Described
from kingpost._openapi.schemas import Schemas
from kingpost._plan.fields import is_model
from kingpost._plan.model import ParamPlan, Source

__all__ = ["describe_parameters", "examples_of"]


def describe_parameters(route: Described, schemas: Schemas) -> list[dict[str, Any]]:
    """Return the parameters that are not hidden, each name once per source.

    Where several callables read the same name, the document shows the last one that requires it:
    a request has to satisfy them all.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    required: dict[tuple[str, str], dict[str, Any]] = {}
    for param in route.params:
        # A model that stands for several parameters is hidden with all of them, or not at all.
        if param.marker.include_in_schema:
            for part in param.parts:
                described = _describe(part, param, schemas)
                key = (described["in"], described["name"])
                found[key] = described
                if described["required"]:
                    required[key] = described
    return list((found | required).values())


def _describe(part: ParamPlan, whole: ParamPlan, schemas: Schemas) -> dict[str, Any]:
    info = part.field.field_info
    described: dict[str, Any] = {
        "name": _name(part),
        "in": part.source.value,
        "required": _is_required(part, whole),
        "schema": schemas.of(part.field),
    }
    if info.description:
        described["description"] = info.description
    described |= examples_of(info)
    if info.deprecated:
        described["deprecated"] = True
    return described


def _is_required(part: ParamPlan, whole: ParamPlan) -> bool:
    """Tell whether a parameter is required; one of an optional model is not."""
    if part is not whole and not whole.field.required and not is_model(whole.field.type_):
        return False
    return part.field.required


def _name(param: ParamPlan) -> str:
    name = param.field.document_name
    return param.key if param.source is Source.HEADER and name == param.name else name


def examples_of(info: FieldInfo) -> dict[str, Any]:
    """Return the examples that stand beside a schema: several with names, or else a single one."""
    named = getattr(info, "openapi_examples", None)
    if named:
        return {"examples": jsonable_encoder(named)}
    single = getattr(info, "example", None)
    if single is not None and given(single):
        return {"example": jsonable_encoder(single)}
    return {}
