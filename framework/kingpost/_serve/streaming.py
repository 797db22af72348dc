"""Generators as responses: JSON Lines, and chunks for a response class."""

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import iterate_in_threadpool
from starlette.responses import Response, StreamingResponse

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import ResponseValidationError
from kingpost._plan.model import CallKind, ResponseKind, ResponsePlan, RoutePlan

__all__ = ["json_line", "stream_response"]


def stream_response(
    plan: RoutePlan, response: ResponsePlan, generator: Any, kind: CallKind
) -> Response:
    """Return the response that sends what a generator endpoint yields.

    Args:
        plan: The path operation.
        response: Its response plan.
        generator: What the endpoint returned.
        kind: Whether it is an asynchronous one.
    """
    status: dict[str, Any] = {}
    if response.status_code is not None:
        status["status_code"] = response.status_code
    if response.kind is ResponseKind.CHUNKS:
        return response.response_class(generator, **status)
    items = generator
    if kind is CallKind.SYNC_GENERATOR:
        items = iterate_in_threadpool(generator)
    return StreamingResponse(
        _json_lines(plan, response, items), media_type="application/jsonl", **status
    )


async def _json_lines(
    plan: RoutePlan, response: ResponsePlan, items: AsyncIterator[Any]
) -> AsyncIterator[bytes]:
    async for item in items:
        yield json_line(plan, response, item)


def json_line(plan: RoutePlan, response: ResponsePlan, item: Any) -> bytes:
    """Return one item as a line of JSON (https://jsonlines.org).

    Raises:
        ResponseValidationError: The item does not fit the declared type.
    """
    field = response.item_field
    if field is None:
        return json.dumps(_finite(jsonable_encoder(item)), allow_nan=False).encode() + b"\n"
    value, errors = field.validate(item, ("response",))
    if errors:
        raise ResponseValidationError(errors, body=item, endpoint_ctx=plan.context)
    return field.serialize_json(value, **response.dump_options) + b"\n"


def _finite(data: Any) -> Any:
    """Return JSON data with null for the numbers that JSON does not have (RFC 8259, section 6)."""
    if isinstance(data, float):
        return data if data - data == 0 else None
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_finite(value) for value in data]
    return data
