"""Answers → Response Objects (OpenAPI 3.1.0, section 4.8.17)."""

import http.client
import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from starlette.responses import JSONResponse, Response

from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._http.unset import given
from kingpost._openapi.merging import deep_merge
from kingpost._openapi.route import Described
from kingpost._openapi.schemas import REF_PREFIX, Schemas
from kingpost._plan.fields import ModelField
from kingpost._plan.model import ResponseKind, ResponsePlan

__all__ = [
    "HTTP_VALIDATION_ERROR",
    "STATUS_RANGES",
    "VALIDATION_ERROR",
    "VALIDATION_RESPONSE",
    "VALIDATION_SCHEMAS",
    "answers_invalid",
    "describe_responses",
]

STATUS_RANGES = {
    "1XX": "Information",
    "2XX": "Success",
    "3XX": "Redirection",
    "4XX": "Client Error",
    "5XX": "Server Error",
    "DEFAULT": "Default Response",
}
"""What an answer is called that is documented for a range of statuses."""

VALIDATION_ERROR: dict[str, Any] = {
    "title": "ValidationError",
    "type": "object",
    "properties": {
        "loc": {
            "title": "Location",
            "type": "array",
            "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        },
        "msg": {"title": "Message", "type": "string"},
        "type": {"title": "Error Type", "type": "string"},
        "input": {"title": "Input"},
        "ctx": {"title": "Context", "type": "object"},
    },
    "required": ["loc", "msg", "type"],
}
HTTP_VALIDATION_ERROR: dict[str, Any] = {
    "title": "HTTPValidationError",
    "type": "object",
    "properties": {
        "detail": {
            "title": "Detail",
            "type": "array",
            "items": {"$ref": REF_PREFIX + "ValidationError"},
        }
    },
}
VALIDATION_SCHEMAS = {
    "ValidationError": VALIDATION_ERROR,
    "HTTPValidationError": HTTP_VALIDATION_ERROR,
}
"""The body of a 422, as the default handler sends it."""
VALIDATION_RESPONSE: dict[str, Any] = {
    "description": "Validation Error",
    "content": {"application/json": {"schema": {"$ref": REF_PREFIX + "HTTPValidationError"}}},
}


def describe_responses(route: Described, schemas: Schemas) -> dict[str, Any]:
    """Return the answers of an operation by status: its own, and those listed for it.

    Raises:
        ValueError: One is listed under something that is no status.
    """
    response_class = _class_of(route.response)
    responses: dict[str, Any] = {
        _status(route.response, response_class): _own(route, response_class, schemas)
    }
    _add_listed(responses, route, response_class.media_type, schemas)
    return responses


def answers_invalid(route: Described, responses: Mapping[str, Any]) -> bool:
    """Tell whether the default 422 has to be added: a request can be invalid, and no answer that
    is listed covers that status.
    """
    can_be_invalid = any(param.parts for param in route.params) or route.body is not None
    return can_be_invalid and not {"422", "4XX", "default"} & responses.keys()


def _class_of(plan: ResponsePlan) -> type[Response]:
    cls: Any = plan.response_class
    if not given(cls):
        cls = cls.value
    if cls is None:
        raise AssertionError(
            "A response class is needed to generate OpenAPI, but the options say None. Name one, "
            "or leave the option out for JSON."
        )
    return cls  # type: ignore[no-any-return]


def _status(plan: ResponsePlan, response_class: type[Response]) -> str:
    """Return the status: the operation's, or else the one that the response class starts with."""
    if plan.status_code is not None:
        return str(plan.status_code)
    return _initial_status(response_class.__init__)


@lru_cache(maxsize=256)
def _initial_status(constructor: Callable[..., None]) -> str:
    parameter = inspect.signature(constructor).parameters.get("status_code")
    default = parameter.default if parameter is not None else None
    return str(default) if isinstance(default, int) else "200"


def _own(route: Described, response_class: type[Response], schemas: Schemas) -> dict[str, Any]:
    plan = route.response
    described: dict[str, Any] = {"description": route.declaration.response_description}
    if not is_body_allowed_for_status_code(plan.status_code):
        return described
    if plan.kind is ResponseKind.JSON_LINES:
        item = _schema_or_any(plan.item_field, schemas)
        described["content"] = {"application/jsonl": {"itemSchema": item}}
    elif plan.kind is ResponseKind.EVENTS:
        described["content"] = {"text/event-stream": {"itemSchema": _event(plan, schemas)}}
    elif response_class.media_type:
        schema: dict[str, Any] = {"type": "string"}
        if issubclass(response_class, JSONResponse):
            schema = _schema_or_any(plan.field, schemas)
        described["content"] = {response_class.media_type: {"schema": schema}}
    return described


def _schema_or_any(field: ModelField | None, schemas: Schemas) -> dict[str, Any]:
    return {} if field is None else schemas.of(field)


def _event(plan: ResponsePlan, schemas: Schemas) -> dict[str, Any]:
    """Return the schema of a server-sent event (HTML Living Standard, section 9.2)."""
    event: dict[str, Any] = {
        "type": "object",
        "properties": {
            "data": {"type": "string"},
            "event": {"type": "string"},
            "id": {"type": "string"},
            "retry": {"type": "integer", "minimum": 0},
        },
    }
    if plan.item_field is not None:
        event["required"] = ["data"]
        event["properties"]["data"] |= {
            "contentMediaType": "application/json",
            "contentSchema": schemas.of(plan.item_field),
        }
    return event


def _add_listed(
    responses: dict[str, Any], route: Described, media_type: str | None, schemas: Schemas
) -> None:
    """Lay the answers of the option `responses` over those that are there."""
    for status, listed in route.declaration.responses.items():
        key = str(status).upper()
        described = responses.setdefault("default" if key == "DEFAULT" else key, {})
        written: dict[str, Any] = {}
        deep_merge(written, {name: value for name, value in listed.items() if name != "model"})
        field = route.plan.extra_responses.get(status)
        if field is not None:
            schema = {"schema": schemas.of(field)}
            deep_merge(written, {"content": {media_type or "application/json": schema}})
        name = _name(key)
        description = written.get("description") or described.get("description") or name
        deep_merge(described, written)
        described["description"] = description


def _name(status: str) -> str:
    """Return what an answer is called that nobody described."""
    if status in STATUS_RANGES:
        return STATUS_RANGES[status]
    if not status.isdecimal():
        raise ValueError(
            f"{status!r} among the responses of an operation is neither a status code nor a range "
            'of them. Write a number such as 404, a range such as "4XX", or "default".'
        )
    return http.client.responses.get(int(status), "Additional Response")
