"""The body → Request Body Object (OpenAPI 3.1.0, section 4.8.13)."""

from typing import Any

from kingpost._openapi.forms import flatten_models, form_models, is_one_model
from kingpost._openapi.parameters import examples_of
from kingpost._openapi.route import Described
from kingpost._openapi.schemas import Schemas

__all__ = ["METHODS_WITH_BODY", "describe_body"]

METHODS_WITH_BODY = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"}
"""The methods whose body is documented; for the others RFC 9110 forbids or does not define it."""


def describe_body(route: Described, schemas: Schemas) -> dict[str, Any] | None:
    """Return the body of an operation; None for no body."""
    plan, field = route.plan.body, route.body
    if plan is None or field is None:
        return None
    schema = schemas.of(field)
    if any(form_models(param) for param in route.body_params) and not is_one_model(plan):
        flatten_models(schemas.definition(schema), route.body_params, schemas.definition)
    media = {"schema": schema} | examples_of(field.field_info)
    content = {plan.media_type: media}
    return {"required": True, "content": content} if field.required else {"content": content}
