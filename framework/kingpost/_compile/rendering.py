"""Result → response object, where a response class makes the body of it."""

from typing import Any

from starlette.background import BackgroundTasks
from starlette.responses import Response

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import ResponseValidationError
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._plan.model import ResponseKind, ResponsePlan, RoutePlan

__all__ = ["complete_response", "content_of", "render_result", "response_of"]


def render_result(
    plan: RoutePlan,
    response_plan: ResponsePlan,
    result: Any,
    injected: Response | None = None,
    background: BackgroundTasks | None = None,
) -> Response:
    """Return the whole response for what an operation returned.

    Args:
        plan: The operation.
        response_plan: What becomes of results.
        result: What it returned, which is no response.
        injected: The response that it received, to set headers, cookies and the status on.
        background: What it received, to do work after the answer.

    Raises:
        ResponseValidationError: The result does not fit the response model.
    """
    status = injected.status_code if injected is not None else None
    content = content_of(plan, response_plan, result)
    response = response_of(response_plan, content, status or response_plan.status_code)
    return complete_response(response, response_plan, injected, background)


def content_of(plan: RoutePlan, response_plan: ResponsePlan, result: Any) -> Any:
    """Return a result as JSON, or as plain data where a response class makes the text of it.

    Raises:
        ResponseValidationError: It does not fit the response model.
    """
    field = response_plan.field
    if field is None:
        return result if type(result) is str else jsonable_encoder(result)
    value, errors = field.validate(result, loc=("response",))
    if errors:
        raise ResponseValidationError(errors, body=result, endpoint_ctx=plan.context)
    options = response_plan.dump_options
    if response_plan.kind is ResponseKind.MODEL:
        return field.serialize_json(value, **options)
    return field.serialize(value, **options)


def response_of(response_plan: ResponsePlan, content: Any, status: int | None) -> Response:
    """Return an object of the response class; `status` None leaves it to the class."""
    given: dict[str, Any] = {} if status is None else {"status_code": status}
    if response_plan.kind is ResponseKind.MODEL and response_plan.field is not None:
        return Response(content, media_type="application/json", **given)
    chosen = response_plan.response_class
    cls: type[Response] = getattr(chosen, "value", chosen)
    return cls(content, **given)


def complete_response(
    response: Response,
    response_plan: ResponsePlan,
    injected: Response | None,
    background: BackgroundTasks | None,
) -> Response:
    """Return a response with what is to be sent beside its content; see `render_result`."""
    if injected is not None and injected.status_code:
        response.status_code = injected.status_code
    elif response_plan.status_code is not None:
        response.status_code = response_plan.status_code
    response.background = background
    if not is_body_allowed_for_status_code(response.status_code):
        response.body = b""
        if "content-length" in response.headers:
            del response.headers["content-length"]
    if injected is not None:
        response.headers.raw.extend(injected.headers.raw)
    return response
