"""The steps of the exact path one by one, for packages that call them on their own.

They take the records of `_plan.dependants`, make a plan of them and follow it as a route would.
"""

import dataclasses
import inspect
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, cast

from pydantic_core import PydanticUndefined
from starlette.background import BackgroundTasks as StarletteBackgroundTasks
from starlette.datastructures import Headers, QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.websockets import WebSocket

from kingpost._compile.spread import ABSENT
from kingpost._declare.markers import Depends
from kingpost._http.background import BackgroundTasks
from kingpost._http.encoders import jsonable_encoder
from kingpost._http.errors import EndpointContext, ResponseValidationError
from kingpost._http.types import DependencyCacheKey, FormLimits, IncEx
from kingpost._http.unset import Default, DefaultPlaceholder, given
from kingpost._plan.body import body_of
from kingpost._plan.callables import name_of
from kingpost._plan.dependants import Dependant, call_plan
from kingpost._plan.errors import locate
from kingpost._plan.fields import ModelField
from kingpost._plan.flattened import get_flat_body_params
from kingpost._plan.model import (
    BodyPlan,
    CallKind,
    Injected,
    ResponseKind,
    ResponsePlan,
    RoutePlan,
)
from kingpost._plan.parameters import analyse, param_plan
from kingpost._plan.paths import path_names
from kingpost._serve.exact import Overrides, exact_handler
from kingpost._serve.exits import FUNCTION_STACK, REQUEST_STACK
from kingpost._serve.reading import read_body_params, read_received
from kingpost._serve.solving import Solver, invoke, new_injected_response
from kingpost._serve.websockets import websocket_handler

__all__ = [
    "ParamDetails",
    "SolvedDependency",
    "analyze_param",
    "get_request_handler",
    "get_websocket_app",
    "request_body_to_args",
    "request_params_to_args",
    "run_endpoint_function",
    "serialize_response",
    "solve_dependencies",
]


@dataclasses.dataclass
class ParamDetails:
    """What a parameter turned out to be.

    Attributes:
        type_annotation: Its type, without `Annotated`.
        depends: The dependency that gives its value.
        field: What is read from the request.
    """

    type_annotation: Any
    depends: Depends | None
    field: ModelField | None


def analyze_param(
    *, param_name: str, annotation: Any, value: Any, path_param_names: set[str]
) -> ParamDetails:
    """Decide where a parameter's value comes from.

    Args:
        param_name: Its name.
        annotation: Its annotation, resolved.
        value: Its default; `inspect.Signature.empty` for none.
        path_param_names: The names in the operation's path.

    Raises:
        ParameterError: The declaration contradicts itself or no request can fill it.
    """
    parameter = inspect.Parameter(
        param_name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=value
    )
    found = analyse(parameter, frozenset(path_param_names), analyze_param)
    if isinstance(found, Depends | Injected):
        type_ = getattr(annotation, "__origin__", annotation)
        is_annotated = hasattr(annotation, "__metadata__")
        return ParamDetails(
            type_annotation=type_ if is_annotated else annotation,
            depends=found if isinstance(found, Depends) else None,
            field=None,
        )
    return ParamDetails(found.field.type_, None, found.field)


# --- in -------------------------------------------------------------------------------------


@dataclasses.dataclass
class SolvedDependency:
    """The values of a call, or why there are none.

    Attributes:
        values: By keyword; only those that fit where there are errors.
        errors: The validation errors.
        background_tasks: The injected ones, if anything asked for them.
        response: The injected response.
        dependency_cache: The results of the dependencies.
    """

    values: dict[str, Any]
    errors: list[Any]
    background_tasks: StarletteBackgroundTasks | None
    response: Response
    dependency_cache: dict[DependencyCacheKey, Any]


async def solve_dependencies(
    *,
    request: Request | WebSocket,
    dependant: Dependant,
    body: Any = PydanticUndefined,
    background_tasks: StarletteBackgroundTasks | None = None,
    response: Response | None = None,
    dependency_overrides_provider: Any | None = None,
    dependency_cache: dict[DependencyCacheKey, Any] | None = None,
    async_exit_stack: AsyncExitStack,
    embed_body_fields: bool,
    _uses_scopes_cache: dict[int, tuple[Dependant, bool]] | None = None,
) -> SolvedDependency:
    """Read the parameters of a call from a request and call its dependencies.

    Args:
        request: The request or WebSocket.
        dependant: The call.
        body: The parsed body.
        background_tasks: To inject.
        response: To inject.
        dependency_overrides_provider: Has `dependency_overrides`.
        dependency_cache: The results so far.
        async_exit_stack: Closes the dependencies that yield, where the request has no stacks.
        embed_body_fields: Whether each body parameter is a key of the body.
    """
    scope = request.scope
    solver = Solver(
        connection=request,
        body_plan=_body_plan(dependant, embed_body_fields),
        body=ABSENT if body is PydanticUndefined else body,
        overrides=_overrides_of(dependency_overrides_provider)(),
        path_names=path_names(dependant.path or ""),
        function_stack=scope.get(FUNCTION_STACK, async_exit_stack),
        request_stack=scope.get(REQUEST_STACK, async_exit_stack),
        response=response or new_injected_response(),
        background=cast(BackgroundTasks | None, background_tasks),
        cache=dict(cast(Any, dependency_cache or {})),
    )
    await solver.solve(call_plan(dependant))
    return SolvedDependency(
        values=solver.found,
        errors=solver.errors,
        background_tasks=solver.background,
        response=solver.response,
        dependency_cache=cast(Any, solver.cache),
    )


def request_params_to_args(
    fields: Sequence[ModelField], received_params: Mapping[str, Any] | QueryParams | Headers
) -> tuple[dict[str, Any], list[Any]]:
    """Read and check the parameters of one source.

    Args:
        fields: The parameters.
        received_params: What was sent there.

    Returns:
        The values by keyword, and the errors.

    Raises:
        ParameterError: A field says not where its value comes from.
    """
    return read_received([param_plan(field) for field in fields], received_params)


async def request_body_to_args(
    body_fields: list[ModelField], received_body: Any, embed_body_fields: bool
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Check the body parameters.

    Args:
        body_fields: The parameters.
        received_body: The parsed body.
        embed_body_fields: Whether each parameter is a key of the body.

    Returns:
        The values by keyword, and the errors.
    """
    params = [param_plan(field) for field in body_fields]
    received = ABSENT if received_body is PydanticUndefined else received_body
    if not params:
        return {}, []
    return await read_body_params(params, embed_body_fields, received)


def _body_plan(dependant: Dependant, embed: bool) -> BodyPlan | None:
    params = [param_plan(field) for field in get_flat_body_params(dependant)]
    return body_of(params, embed=embed) if params else None


def _overrides_of(provider: Any | None) -> Overrides:
    return lambda: getattr(provider, "dependency_overrides", None) or {}


# --- out ------------------------------------------------------------------------------------


async def run_endpoint_function(
    *, dependant: Dependant, values: dict[str, Any], is_coroutine: bool
) -> Any:
    """Call a function, in a thread if it is synchronous.

    Args:
        dependant: Has the function.
        values: Its keyword arguments.
        is_coroutine: Whether it is asynchronous.
    """
    kind = CallKind.ASYNC if is_coroutine else CallKind.SYNC
    return await invoke(kind, call_plan(dependant).call, values)


async def serialize_response(
    *,
    field: ModelField | None = None,
    response_content: Any,
    include: IncEx | None = None,
    exclude: IncEx | None = None,
    by_alias: bool = True,
    exclude_unset: bool = False,
    exclude_defaults: bool = False,
    exclude_none: bool = False,
    is_coroutine: bool = True,
    endpoint_ctx: EndpointContext | None = None,
    dump_json: bool = False,
) -> Any:
    """Check a result and make it plain data, or JSON.

    Args:
        field: The response model; without it the result is made plain data as it is.
        response_content: The result.
        include: What to keep.
        exclude: What to leave out.
        by_alias: Name fields by their aliases.
        exclude_unset: Leave out what was not set.
        exclude_defaults: Leave out what equals its default.
        exclude_none: Leave out None.
        is_coroutine: Says where the result was made; checking it never waits.
        endpoint_ctx: Where the operation is defined.
        dump_json: Return JSON.

    Raises:
        ResponseValidationError: The result does not fit the model.
    """
    if field is None:
        return jsonable_encoder(response_content)
    value, errors = field.validate(response_content, loc=("response",))
    if errors:
        raise ResponseValidationError(errors, body=response_content, endpoint_ctx=endpoint_ctx)
    dump: dict[str, Any] = {
        "include": include,
        "exclude": exclude,
        "by_alias": by_alias,
        "exclude_unset": exclude_unset,
        "exclude_defaults": exclude_defaults,
        "exclude_none": exclude_none,
    }
    return field.serialize_json(value, **dump) if dump_json else field.serialize(value, **dump)


# --- whole handlers -------------------------------------------------------------------------


def get_request_handler(
    dependant: Dependant,
    body_field: ModelField | None = None,
    status_code: int | None = None,
    response_class: type[Response] | DefaultPlaceholder = Default(JSONResponse),  # noqa: B008 - a constant
    response_field: ModelField | None = None,
    response_model_include: IncEx | None = None,
    response_model_exclude: IncEx | None = None,
    response_model_by_alias: bool = True,
    response_model_exclude_unset: bool = False,
    response_model_exclude_defaults: bool = False,
    response_model_exclude_none: bool = False,
    dependency_overrides_provider: Any | None = None,
    embed_body_fields: bool = False,
    strict_content_type: bool | DefaultPlaceholder = Default(True),  # noqa: B008 - a constant
    stream_item_field: ModelField | None = None,
    is_json_stream: bool = False,
    form_limits: FormLimits | None = None,
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Return a handler for `request_response`.

    Args:
        dependant: The endpoint.
        body_field: The body; None for no body.
        status_code: The answer's status.
        response_class: The answer's class.
        response_field: The response model.
        response_model_include: As `include` of `serialize_response`; so the following ones.
        response_model_exclude: What to leave out.
        response_model_by_alias: Name fields by their aliases.
        response_model_exclude_unset: Leave out what was not set.
        response_model_exclude_defaults: Leave out what equals its default.
        response_model_exclude_none: Leave out None.
        dependency_overrides_provider: Has `dependency_overrides`.
        embed_body_fields: Whether each body parameter is a key of the body.
        strict_content_type: False reads a body without a Content-Type as JSON.
        stream_item_field: The type of what a generator yields.
        is_json_stream: Send JSON Lines.
        form_limits: Bounds for the parsing of forms.
    """
    chosen: Any = response_class
    answer = ResponsePlan(
        kind=_kind(chosen, response_field, dependant, is_json_stream=is_json_stream),
        field=response_field,
        item_field=stream_item_field,
        response_class=chosen,
        status_code=status_code,
        include=response_model_include,
        exclude=response_model_exclude,
        by_alias=response_model_by_alias,
        exclude_unset=response_model_exclude_unset,
        exclude_defaults=response_model_exclude_defaults,
        exclude_none=response_model_exclude_none,
    )
    plan = dataclasses.replace(
        _route_plan(dependant),
        body=_body_plan(dependant, embed_body_fields) if body_field is not None else None,
        response=answer,
        strict_content_type=bool(strict_content_type),
        form_limits=form_limits or {},
    )
    handler = exact_handler(plan, _overrides_of(dependency_overrides_provider))
    return cast(Callable[[Request], Coroutine[Any, Any, Response]], handler)


def _kind(
    response_class: Any, field: ModelField | None, dependant: Dependant, *, is_json_stream: bool
) -> ResponseKind:
    is_events = getattr(response_class, "is_event_stream", False)
    if not call_plan(dependant).kind.is_generator:
        if is_events:
            return ResponseKind.RETURNED_EVENTS
        is_plain = field is not None and not given(response_class)
        return ResponseKind.MODEL if is_plain else ResponseKind.RENDERED
    if is_json_stream:
        return ResponseKind.JSON_LINES
    return ResponseKind.EVENTS if is_events else ResponseKind.CHUNKS


def get_websocket_app(
    dependant: Dependant,
    dependency_overrides_provider: Any | None = None,
    embed_body_fields: bool = False,
) -> Callable[[WebSocket], Coroutine[Any, Any, Any]]:
    """Return a handler for `websocket_session`.

    Args:
        dependant: The endpoint.
        dependency_overrides_provider: Has `dependency_overrides`.
        embed_body_fields: Says nothing here: a WebSocket has no body.
    """
    handler = websocket_handler(
        _route_plan(dependant), _overrides_of(dependency_overrides_provider)
    )
    return cast(Callable[[WebSocket], Coroutine[Any, Any, Any]], handler)


def _route_plan(dependant: Dependant) -> RoutePlan:
    """Return the plan of an operation of which only the endpoint is known."""
    endpoint = call_plan(dependant)
    path = dependant.path or ""
    return RoutePlan(
        path=path,
        path_format=path,
        name=name_of(endpoint.call),
        methods=(),
        endpoint=endpoint,
        body=None,
        response=None,
        extra_responses={},
        unique_id="",
        context={**locate(endpoint.call), "path": path},
        strict_content_type=True,
        max_body_size=None,
        form_limits={},
    )
