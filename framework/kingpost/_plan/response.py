"""Return annotation and options → what is validated and sent."""

import inspect
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from typing import Any, Literal, get_args, get_origin

from pydantic.errors import PydanticSchemaGenerationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from starlette.responses import Response

from kingpost._declare.route import RouteDeclaration
from kingpost._http.responses import is_body_allowed_for_status_code
from kingpost._http.unset import given
from kingpost._plan.callables import call_kind
from kingpost._plan.errors import ParameterError
from kingpost._plan.fields import ModelField
from kingpost._plan.model import ResponseKind, ResponsePlan
from kingpost._plan.parameters import reject_type
from kingpost._plan.signature import return_annotation

__all__ = [
    "create_model_field",
    "extra_responses",
    "plan_response",
    "response_model_of",
    "stream_item_type",
]

_STREAMS = (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Generator,
    Iterable,
    Iterator,
)


def response_model_of(declaration: RouteDeclaration) -> Any:
    """Return the response model: the argument, or else the return annotation; None for none."""
    if given(declaration.response_model):
        return declaration.response_model
    annotation = return_annotation(declaration.endpoint)
    if call_kind(declaration.endpoint).is_generator and stream_item_type(annotation) is not None:
        return None
    if annotation in (inspect.Signature.empty, None, type(None)):
        return None
    if isinstance(annotation, type) and issubclass(annotation, Response):
        return None
    return annotation


def stream_item_type(annotation: Any) -> Any | None:
    """Return what an iterable type yields; None for any other type.

    In: ``AsyncIterable[Item]``. Out: ``Item``. A bare class of `collections.abc` says nothing.
    """
    if get_origin(annotation) not in _STREAMS:
        return None
    args = get_args(annotation)
    return args[0] if args else Any


def plan_response(declaration: RouteDeclaration, unique_id: str) -> ResponsePlan:
    """Decide what becomes of a path operation's result.

    Args:
        declaration: The operation, with the options of the routers around it.
        unique_id: Its id, after which the response's field is named.

    Raises:
        ParameterError: A response with this status has no body, yet a model is given.
        ResponseModelError: Pydantic does not know the model's type.
    """
    status = declaration.status_code
    model = response_model_of(declaration)
    field = None
    if model is not None:
        if not is_body_allowed_for_status_code(status):
            raise ParameterError(
                f"Status code {status} must not have a response body, and so no response model.",
                hint="Pass response_model=None, or remove the return annotation.",
                call=declaration.endpoint,
            )
        field = _field(f"Response_{unique_id}", model, declaration.endpoint)
    kind, item_field = _kind(declaration, field, unique_id)
    return ResponsePlan(
        kind=kind,
        field=field,
        item_field=item_field,
        response_class=declaration.response_class,
        status_code=status,
        include=declaration.response_model_include,
        exclude=declaration.response_model_exclude,
        by_alias=declaration.response_model_by_alias,
        exclude_unset=declaration.response_model_exclude_unset,
        exclude_defaults=declaration.response_model_exclude_defaults,
        exclude_none=declaration.response_model_exclude_none,
        merges_injected=bool(declaration.merge_injected_response),
    )


def _kind(
    declaration: RouteDeclaration, field: ModelField | None, unique_id: str
) -> tuple[ResponseKind, ModelField | None]:
    explicit_class = given(declaration.response_class)
    is_events = explicit_class and getattr(declaration.response_class, "is_event_stream", False)
    if not call_kind(declaration.endpoint).is_generator:
        if is_events:
            return ResponseKind.RETURNED_EVENTS, None
        plain = field is not None and not explicit_class
        return (ResponseKind.MODEL if plain else ResponseKind.RENDERED), None
    if explicit_class and not is_events:
        return ResponseKind.CHUNKS, None
    item_type = None
    if not given(declaration.response_model):
        item_type = stream_item_type(return_annotation(declaration.endpoint))
    item_field = None
    if item_type is not None and not getattr(item_type, "is_server_sent_event", False):
        item_field = _field(f"StreamItem_{unique_id}", item_type, declaration.endpoint)
    return (ResponseKind.EVENTS if is_events else ResponseKind.JSON_LINES), item_field


def extra_responses(declaration: RouteDeclaration, unique_id: str) -> dict[int | str, ModelField]:
    """Return a field for each further answer that is documented with a model.

    Args:
        declaration: The operation, with the options of the routers around it.
        unique_id: Its id, after which the fields are named.

    Raises:
        ParameterError: A response is no dict, or its status has no body, yet a model is given.
        ResponseModelError: Pydantic does not know a model's type.
    """
    fields: dict[int | str, ModelField] = {}
    responses: Mapping[int | str, Any] = declaration.responses
    for status, response in responses.items():
        if not isinstance(response, Mapping):
            raise ParameterError(
                f"An additional response must be a dict; responses[{status!r}] is {response!r}.",
                hint='Write {"model": Model}, {"description": "..."} or the like.',
                call=declaration.endpoint,
            )
        model = response.get("model")
        if not model:
            continue
        if not is_body_allowed_for_status_code(status):
            raise ParameterError(
                f"Status code {status} must not have a response body, and so no model.",
                hint=f"Remove the model from responses[{status!r}].",
                call=declaration.endpoint,
            )
        name = f"Response_{status}_{unique_id}"
        fields[status] = _field(name, model, declaration.endpoint)
    return fields


def create_model_field(
    name: str,
    type_: Any,
    default: Any | None = PydanticUndefined,
    field_info: FieldInfo | None = None,
    alias: str | None = None,
    mode: Literal["validation", "serialization"] = "validation",
) -> ModelField:
    """Return a field.

    Args:
        name: The name in the code.
        type_: The type.
        default: The value to take for one that is missing.
        field_info: Says the rest; without it nothing more is said.
        alias: The name outside of the code, where it is another.
        mode: Whether the value comes in or goes out.

    Raises:
        ResponseModelError: Pydantic does not know the type.
    """
    info = field_info or FieldInfo(annotation=type_, default=default, alias=alias)
    info.annotation = type_
    field = ModelField(info, name, mode)
    try:
        field.check()
    except PydanticSchemaGenerationError as exc:
        raise reject_type(type_, None) from exc
    return field


def _field(name: str, type_: Any, call: Callable[..., Any]) -> ModelField:
    field = ModelField(FieldInfo(annotation=type_), name, mode="serialization")
    try:
        field.check()
    except PydanticSchemaGenerationError as exc:
        raise reject_type(type_, call) from exc
    return field
