"""What generated handlers call while they serve."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, TypeAlias
from urllib.parse import unquote_plus

from pydantic import ValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect, Request, cookie_parser
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send

from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import (
    EndpointContext,
    HTTPException,
    RequestValidationError,
    ResponseValidationError,
)
from kingpost._http.files import send_file
from kingpost._http.media import is_json
from kingpost._http.native import write_json
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._plan.fields import ModelField, errors_at, missing_error

__all__ = [
    "STARTED",
    "UNFIT",
    "Check",
    "ValidationError",
    "check_body",
    "check_keys",
    "check_params",
    "check_result",
    "encode_json",
    "finish",
    "from_attributes",
    "is_json_request",
    "multi_query",
    "new_request",
    "new_response",
    "parse_cookies",
    "parse_query",
    "read_body",
    "read_header",
    "replay",
    "send_ready",
    "tracking",
]


STARTED = "kingpost.response_started"
"""The scope's key that is there once a response has been started."""


UNFIT = object()
"""Stands for the value of a dependency that could not be called."""

Check: TypeAlias = tuple[str, tuple[int | str, ...], ModelField]
"""A parameter to check: its key, its place for errors, and its field."""


def parse_query(query_string: bytes) -> dict[str, str]:
    """Return the parameters of a query string, the last of each name.

    In: ``b"a=1&b=x+y&a=2"``. Out: ``{"a": "2", "b": "x y"}``.
    """
    query: dict[str, str] = {}
    for pair in query_string.decode("latin-1").split("&"):
        if pair:
            name, _, value = pair.partition("=")
            query[_unquote(name)] = _unquote(value)
    return query


def multi_query(query_string: bytes) -> dict[str, list[str]]:
    """Return the parameters of a query string, all of each name."""
    query: dict[str, list[str]] = {}
    for pair in query_string.decode("latin-1").split("&"):
        if pair:
            name, _, value = pair.partition("=")
            query.setdefault(_unquote(name), []).append(_unquote(value))
    return query


def _unquote(text: str) -> str:
    return unquote_plus(text) if "%" in text or "+" in text else text


def read_header(scope: Scope, name: bytes) -> str | None:
    """Return the first value of a header; None if the request has none of this name."""
    for header, value in scope["headers"]:
        if header == name:
            return str(value, "latin-1")
    return None


def parse_cookies(scope: Scope) -> dict[str, str]:
    """Return the cookies of a request (RFC 6265, section 5.4)."""
    cookies: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name == b"cookie":
            cookies.update(cookie_parser(value.decode("latin-1")))
    return cookies


def is_json_request(scope: Scope, strict: bool) -> bool:
    """Tell whether the body is JSON; `strict` as for `is_json`."""
    for name, value in scope["headers"]:
        if name == b"content-type":
            return value == b"application/json" or _is_json(value, strict)
    return not strict


@lru_cache(maxsize=256)
def _is_json(content_type: bytes, strict: bool) -> bool:
    return is_json(content_type.decode("latin-1"), strict=strict)


async def read_body(receive: Receive) -> bytes:
    """Return the whole body.

    Raises:
        HTTPException: It is larger than allowed (413), or the client went away before it was
            complete (400, which nobody hears).
    """
    try:
        message = await receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            body: bytes = message.get("body", b"")
            return body
        return await _read_chunks(message, receive)
    except StarletteHTTPException:
        raise
    except Exception as exc:
        raise HTTPException(400, "There was an error parsing the body") from exc


async def _read_chunks(message: Message, receive: Receive) -> bytes:
    chunks: list[bytes] = []
    while True:
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(chunks)
        message = await receive()


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that yields a body once more, for whoever reads the request again."""
    replayed = False

    async def receive_again() -> Message:
        nonlocal replayed
        if replayed:
            return await receive()
        replayed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


def new_request(scope: Scope, receive: Receive, send: Send, body: bytes) -> Request:
    """Return a request whose body has been read already."""
    request = Request(scope, receive, send)
    request._body = body
    return request


def encode_json(value: Any) -> bytes:
    """Return an untyped result as JSON that `encode_native` does not write.

    Raises:
        ValueError: It holds a number that JSON does not have (RFC 8259, section 6), or a value
            that cannot be made JSON-able.
    """
    return write_json(jsonable_encoder(value))


def from_attributes(validate: Callable[..., Any]) -> Callable[[Any], Any]:
    """Return a validator that also reads objects by their attributes."""
    return partial(validate, from_attributes=True)


def check_params(
    checks: Sequence[Check],
    raw: Mapping[str, Any],
    values: dict[str, Any],
    unfit: list[dict[str, Any]],
) -> bool:
    """Check parameters one by one, and tell whether all fit.

    Args:
        checks: The parameters.
        raw: What was received, by key.
        values: Takes what fits, by key.
        unfit: Takes the errors.
    """
    fit = True
    for key, loc, field in checks:
        if key in raw:
            values[key], errors = field.validate(raw[key], loc=loc)
        elif field.required:
            errors = [missing_error(loc)]
        else:
            values[key], errors = field.get_default(), []
            if field.field_info.validate_default:
                values[key], errors = field.validate(values[key], loc=loc)
        if errors:
            unfit += errors
            fit = False
    return fit


def check_body(
    validate: Callable[[Any], Any],
    data: Any,
    context: EndpointContext,
    unfit: Sequence[dict[str, Any]] = (),
) -> Any:
    """Return the parsed body in its declared type.

    Raises:
        RequestValidationError: It does not fit; the errors in `unfit` are reported with it.
    """
    try:
        return validate(data)
    except ValidationError as exc:
        raise RequestValidationError(
            [*unfit, *errors_at(exc, ("body",))], body=data, endpoint_ctx=context
        ) from exc


def check_keys(
    validate: Callable[[Any], Any],
    data: Mapping[str, Any],
    context: EndpointContext,
    unfit: Sequence[dict[str, Any]] = (),
) -> Any:
    """Return the keys of the parsed body in their declared types.

    Raises:
        RequestValidationError: One does not fit, or is missing; the errors in `unfit` are reported
            with it.
    """
    try:
        return validate(data)
    except ValidationError as exc:
        errors = [
            missing_error(error["loc"]) if error["loc"][1] not in data else error
            for error in errors_at(exc, ("body",))
        ]
        raise RequestValidationError([*unfit, *errors], body=data, endpoint_ctx=context) from exc


def check_result(field: ModelField, result: Any, context: EndpointContext) -> Any:
    """Return a path operation's result in its declared type.

    Raises:
        ResponseValidationError: It does not fit.
    """
    value, errors = field.validate(result, loc=("response",))
    if errors:
        raise ResponseValidationError(errors, body=result, endpoint_ctx=context)
    return value


def tracking(scope: Scope, send: Send) -> Send:
    """Return a `send` that notes in the scope when a response is started; once is enough."""
    if getattr(send, "tracked_scope", None) is scope:
        return send

    async def tracked(message: Message) -> None:
        if message["type"] == "http.response.start":
            scope[STARTED] = True
        await send(message)

    tracked.tracked_scope = scope  # type: ignore[attr-defined]
    return tracked


async def send_ready(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a response that the operation returned."""
    tracked = tracking(scope, send)
    if type(response) is FileResponse:
        await send_file(response, scope, receive, tracked)
    else:
        await response(scope, receive, tracked)


def new_response() -> Response:
    """Return the response that operations receive to set headers, cookies and the status on."""
    response = Response()
    response.raw_headers = []
    response.status_code = None  # type: ignore[assignment]
    return response


def finish(
    response: Response, status: int, content: bytes
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Return status, headers and body of a JSON response with what the injected one says.

    Args:
        response: The injected response.
        status: The declared status, unless the injected response has one.
        content: The body, which a status without a body drops.
    """
    status = response.status_code or status
    headers = [(b"content-type", b"application/json"), *response.raw_headers]
    if not is_body_allowed_for_status_code(status):
        return status, headers, b""
    headers.insert(0, (b"content-length", str(len(content)).encode("latin-1")))
    return status, headers, content
