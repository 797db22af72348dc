"""One path operation: its declaration, its plan, and the handler made of both."""

import copy
import dataclasses
import inspect
from collections.abc import Callable, Coroutine, Iterable, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Any, Self, Unpack

from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute, compile_path, get_name
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost._compile.handler import CompiledHandler, compile_handler
from kingpost._compile.runtime import tracking
from kingpost._declare.limits import checked_body_size, checked_form_limits
from kingpost._declare.markers import Depends
from kingpost._declare.operations import ROUTE_ORDER, RouteOptions
from kingpost._declare.route import RouteDeclaration, RouterDeclaration, combine
from kingpost._http.errors import KingpostError
from kingpost._http.patches import is_patched
from kingpost._http.signatures import Options
from kingpost._http.unset import Default, DefaultPlaceholder
from kingpost._plan.callables import name_of
from kingpost._plan.dependants import Dependant, call_plan
from kingpost._plan.errors import ParameterError
from kingpost._plan.model import RoutePlan
from kingpost._plan.names import check_names
from kingpost._plan.response import response_model_of
from kingpost._plan.route import plan_route, plan_websocket
from kingpost._serve.errors import answer_exception
from kingpost._serve.exact import exact_handler, request_response
from kingpost._serve.operation import Operation, OverridesProvider
from kingpost._serve.seams import replaced
from kingpost._serve.streaming import stream_renderer
from kingpost._serve.views import PlanViews, dependant_of_route
from kingpost._serve.websockets import websocket_app
from kingpost._telemetry.data import OBSERVATION

__all__ = [
    "APIRoute",
    "APIWebSocketRoute",
    "OPERATION_DEFAULTS",
    "OverridesProvider",
    "generate_unique_id",
    "with_placeholders",
    "within",
]


def generate_unique_id(route: "APIRoute") -> str:
    """Return an operation id made of name, path and first method."""
    text = f"{route.name}{route.path_format}"
    words = "".join(c if c.isalnum() or c == "_" else "_" for c in text)
    return f"{words}_{min(route.methods).lower()}" if route.methods else words


OPERATION_DEFAULTS: dict[str, Any] = {
    "response_model": Default(None),
    "response_description": "Successful Response",
    "response_model_by_alias": True,
    "response_model_exclude_unset": False,
    "response_model_exclude_defaults": False,
    "response_model_exclude_none": False,
    "include_in_schema": True,
    "response_class": Default(JSONResponse),
    "generate_unique_id_function": Default(generate_unique_id),
    "strict_content_type": Default(True),
}
"""What the options of an operation are where they are not given, but for those that are None."""


def with_placeholders() -> dict[str, Any]:
    """Return the types of options for which "not given" may be passed on."""
    return {
        "response_class": type[Response] | DefaultPlaceholder,
        "generate_unique_id_function": Callable[[APIRoute], str] | DefaultPlaceholder,
        "strict_content_type": bool | DefaultPlaceholder,
    }


_OPTIONS = Options(
    RouteOptions,
    ROUTE_ORDER,
    OPERATION_DEFAULTS,
    with_placeholders,
)


class APIRoute(PlanViews, Operation, Route):
    """One HTTP operation.

    Args:
        path: Where it is served.
        endpoint: The function that is called.
        options: See `OperationOptions`.

    Attributes:
        plan: What the declaration means.
        declared_as: The route as it was declared, before it was included.
        handler_source: The generated handler's source.
    """

    @_OPTIONS.written_out
    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        dependency_overrides_provider: Any | None = None,
        **options: Unpack[RouteOptions],
    ) -> None:
        settings = _OPTIONS.complete("APIRoute.__init__", options)
        _check_callable(endpoint)
        self.path = path
        self.endpoint = endpoint
        self.name = get_name(endpoint) if settings["name"] is None else settings["name"]
        self.methods = _methods(settings["methods"], endpoint)
        self.dependency_overrides_provider = dependency_overrides_provider
        status = settings["status_code"]
        self.status_code: int | None = int(status) if isinstance(status, IntEnum) else status
        self.response_class: type[Response] = settings["response_class"]
        self.response_model = settings["response_model"]
        self.response_description: str = settings["response_description"]
        self.response_model_include = settings["response_model_include"]
        self.response_model_exclude = settings["response_model_exclude"]
        self.response_model_by_alias: bool = settings["response_model_by_alias"]
        self.response_model_exclude_unset: bool = settings["response_model_exclude_unset"]
        self.response_model_exclude_defaults: bool = settings["response_model_exclude_defaults"]
        self.response_model_exclude_none: bool = settings["response_model_exclude_none"]
        self.tags = list(settings["tags"] or [])
        self.dependencies = list(settings["dependencies"] or [])
        self.summary: str | None = settings["summary"]
        self.description = _description(settings["description"], endpoint)
        self.responses = dict(settings["responses"] or {})
        self.deprecated: bool | None = settings["deprecated"]
        self.operation_id: str | None = settings["operation_id"]
        self.include_in_schema = settings["include_in_schema"]
        self.callbacks = list(settings["callbacks"] or [])
        self.openapi_extra = settings["openapi_extra"]
        self.generate_unique_id_function = settings["generate_unique_id_function"]
        self.strict_content_type = settings["strict_content_type"]
        self.max_body_size = checked_body_size(settings["max_body_size"])
        self.form_limits = checked_form_limits(settings["form_limits"])
        self.merge_injected_response: bool | None = settings.get("merge_injected_response")
        self.declared_as: BaseRoute = self
        self._prepare()

    def _prepare(self, inner: RoutePlan | None = None) -> None:
        """Make what follows from the attributes; `inner` is the plan before an inclusion."""
        self._take_path()
        self._compiled: CompiledHandler | None = None
        self._is_plain = False
        generate = self.generate_unique_id_function
        self.unique_id: str = self.operation_id or getattr(generate, "value", generate)(self)
        self._written_model = self._resolved_model = self.response_model
        declaration = self.declaration
        self.plan = plan_route(declaration, self.unique_id, inner)
        self.response_model = self._resolved_model = response_model_of(declaration)
        self.app: ASGIApp = self._make_app()

    def _make_app(self) -> ASGIApp:
        app = self._unlimited_app()
        if self.max_body_size is not None:
            app = RequestBodyLimitMiddleware(app, max_body_size=self.max_body_size)
        return app

    def _unlimited_app(self) -> ASGIApp:
        kind = type(self)
        is_own = kind.get_route_handler is not APIRoute.get_route_handler
        if is_own or "get_request_handler" in replaced or "request_response" in replaced:
            respond = replaced.get("request_response", request_response)
            app: ASGIApp = respond(self.get_route_handler())
            return app
        self._is_plain = kind.handle is Route.handle and not is_patched(Route)
        self._own_app: ASGIApp = self._run
        return self._own_app

    def _forget(self) -> None:
        self._compiled = None
        self.__dict__.pop("_exact", None)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "dependant" in self.__dict__:
            self._follow()
        if self._takes_steps(scope):
            await self._exact_app(scope, receive, send)
        else:
            await self.compiled.handler(scope, receive, send)

    def _takes_steps(self, scope: Scope) -> bool:
        """Tell whether dependencies are overridden, or somebody watches or replaces the steps."""
        provider = self.dependency_overrides_provider
        overridden = provider is not None and bool(provider.dependency_overrides)
        return overridden or OBSERVATION in scope or bool(replaced)

    def direct(self, scope: Scope) -> ASGIApp | None:
        """Return the generated handler, where nobody else has to be asked first.

        It answers its own exceptions.
        """
        attributes = self.__dict__
        provider = self.dependency_overrides_provider
        if (
            not self._is_plain
            or attributes["app"] is not self._own_app
            or "dependant" in attributes
            # What `_takes_steps` tells, without a call for each request.
            or (provider is not None and provider.dependency_overrides)
            or OBSERVATION in scope
            or replaced
        ):
            return None
        compiled = self._compiled or self.compiled
        return compiled.handler if compiled.is_whole else None

    def make_ready(self) -> None:
        """Generate the handler, where requests will come to it.

        Raises:
            UnresolvedNameError: An annotation names something that is defined nowhere.
        """
        if self._is_plain:
            _ = self.compiled
        else:
            check_names(self.plan)

    @property
    def compiled(self) -> CompiledHandler:
        """The generated handler, made at first use.

        Raises:
            UnresolvedNameError: An annotation names something that is defined nowhere.
        """
        if self._compiled is None:
            check_names(self.plan)
            response = self.plan.response
            stream = None
            if response is not None and response.kind.is_stream:
                stream = stream_renderer(self.plan, response)
            self._compiled = compile_handler(
                self.plan, exact=self._exact_app, answer=answer_exception, stream=stream
            )
        return self._compiled

    @property
    def handler_source(self) -> str:
        """The generated handler's source."""
        return self.compiled.source

    async def _exact_app(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.__dict__.get("_exact")
        if app is None:
            app = self._exact = request_response(APIRoute.get_route_handler(self))
        await app(scope, receive, tracking(scope, send))

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the function that answers a request; override it to wrap it."""
        make = replaced.get("get_request_handler")
        if make is not None:
            return self._handler_made_by(make)
        return exact_handler(self.plan, self._overrides)  # type: ignore[return-value]

    def _handler_made_by(
        self, make: Callable[..., Any]
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = make(
            dependant=self.dependant,
            body_field=self.body_field,
            status_code=self.status_code,
            response_class=self.response_class,
            response_field=self.response_field,
            response_model_include=self.response_model_include,
            response_model_exclude=self.response_model_exclude,
            response_model_by_alias=self.response_model_by_alias,
            response_model_exclude_unset=self.response_model_exclude_unset,
            response_model_exclude_defaults=self.response_model_exclude_defaults,
            response_model_exclude_none=self.response_model_exclude_none,
            dependency_overrides_provider=self.dependency_overrides_provider,
            embed_body_fields=self._embed_body_fields,
            strict_content_type=self.strict_content_type,
            stream_item_field=self.stream_item_field,
            is_json_stream=self.is_json_stream,
            form_limits=self.form_limits,
        )
        return handler

    @property
    def declaration(self) -> RouteDeclaration:
        """The operation as its attributes say now."""
        return RouteDeclaration(
            path=self.path,
            endpoint=self.endpoint,
            name=self.name,
            methods=frozenset(self.methods or ()),
            response_model=self._said_model,
            status_code=self.status_code,
            tags=self.tags,
            dependencies=self.dependencies,
            summary=self.summary,
            description=self.description,
            response_description=self.response_description,
            responses=self.responses,
            deprecated=self.deprecated,
            operation_id=self.operation_id,
            response_model_include=self.response_model_include,
            response_model_exclude=self.response_model_exclude,
            response_model_by_alias=self.response_model_by_alias,
            response_model_exclude_unset=self.response_model_exclude_unset,
            response_model_exclude_defaults=self.response_model_exclude_defaults,
            response_model_exclude_none=self.response_model_exclude_none,
            include_in_schema=self.include_in_schema,
            response_class=self.response_class,
            callbacks=self.callbacks,
            openapi_extra=self.openapi_extra,
            generate_unique_id_function=self.generate_unique_id_function,
            strict_content_type=self.strict_content_type,
            max_body_size=self.max_body_size,
            form_limits=self.form_limits,
            merge_injected_response=self.merge_injected_response,
        )

    @property
    def _said_model(self) -> Any:
        """The response model as it was written, or as somebody has changed it since.

        None that was written is not None that followed from the annotation.
        """
        is_changed = self.response_model is not self._resolved_model
        return self.response_model if is_changed else self._written_model

    def inside(self, outer: RouterDeclaration, provider: OverridesProvider | None) -> Self:
        """Return this operation as it is inside a router or an application."""
        route = copy.copy(self)
        route.declared_as = self.declared_as
        # What was changed in `dependant` holds for this route alone.
        inner = None if "dependant" in self.__dict__ else self._plan
        combined = combine(outer, self.declaration)
        for name in RouteDeclaration.__dataclass_fields__:
            setattr(route, name, getattr(combined, name))
        route.methods = set(self.methods or ())
        if provider is not None:
            route.dependency_overrides_provider = provider
        route.__dict__.pop("_exact", None)
        route._prepare(inner)
        return route


def _check_callable(endpoint: object) -> None:
    if not callable(endpoint):
        raise ParameterError(
            f"An endpoint must be a callable, not {endpoint!r}.",
            hint="Pass the function, class or object that answers the requests.",
        )


def _methods(methods: Iterable[str] | None, endpoint: Callable[..., Any]) -> set[str]:
    found = {method.upper() for method in (["GET"] if methods is None else methods)}
    if not found:
        raise ParameterError(
            "A path operation needs a method: no request would ever reach it.",
            hint='Write methods=["GET"], say, or leave methods out for GET.',
            call=endpoint,
        )
    return found


def _description(given_text: str | None, endpoint: Callable[..., Any]) -> str:
    """Return the description: as given, or the docstring, up to a form feed."""
    text = given_text or inspect.cleandoc(endpoint.__doc__ or "")
    return text.split("\f")[0].strip()


class APIWebSocketRoute(Operation, WebSocketRoute):
    """One WebSocket operation.

    Args:
        path: Where it is served.
        endpoint: The function that is called.
        name: For `url_path_for`; by default the function's name.
        dependencies: To run before its own, results discarded.
        dependency_overrides_provider: What holds the dependency overrides.
    """

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        name: str | None = None,
        dependencies: Sequence[Depends] | None = None,
        dependency_overrides_provider: Any | None = None,
    ) -> None:
        self.path = path
        self.endpoint = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.dependencies = list(dependencies or [])
        self.dependency_overrides_provider = dependency_overrides_provider
        self.declared_as: BaseRoute = self
        self._prepare()

    def _prepare(self) -> None:
        self._take_path()
        self.plan = plan_websocket(self.path, self.endpoint, self.name, self.dependencies)
        self.__dict__.pop("dependant", None)
        self._session = websocket_app(self.plan, self._overrides)
        self.app = self._run

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "dependant" in self.__dict__:
            # Packages put a function of their own in the place of the endpoint.
            endpoint = call_plan(self.dependant)
            if endpoint is not self.plan.endpoint:
                self.plan = dataclasses.replace(self.plan, endpoint=endpoint)
                self._session = websocket_app(self.plan, self._overrides)
        await self._session(scope, receive, send)

    @cached_property
    def dependant(self) -> Dependant:
        """The endpoint with its parameters and dependencies."""
        return dependant_of_route(self.plan)

    def inside(self, outer: RouterDeclaration, provider: OverridesProvider | None) -> Self:
        """Return this operation as it is inside a router or an application."""
        route = copy.copy(self)
        route.path = outer.prefix + self.path
        route.dependencies = [*outer.dependencies, *self.dependencies]
        if provider is not None:
            route.dependency_overrides_provider = provider
        route._prepare()
        return route


def within(
    route: BaseRoute, outer: RouterDeclaration, provider: OverridesProvider | None
) -> BaseRoute:
    """Return any route as it is inside a router or an application.

    Raises:
        KingpostError: Neither the prefix nor the route has a path.
    """
    if not outer.prefix and getattr(route, "path", None) == "" and not isinstance(route, Mount):
        raise KingpostError(
            f"Prefix and path cannot be both empty (path operation: {_name(route)}): no request "
            "has an empty path. Give one of them a path."
        )
    if isinstance(route, APIRoute | APIWebSocketRoute):
        return route.inside(outer, provider)
    if isinstance(route, Route | WebSocketRoute | Mount):
        moved = copy.copy(route)
        moved.path = outer.prefix + route.path
        pattern = moved.path if not isinstance(moved, Mount) else moved.path + "/{path:path}"
        moved.path_regex, moved.path_format, moved.param_convertors = compile_path(pattern)
        return moved
    return route


def _name(route: BaseRoute) -> str:
    return str(getattr(route, "name", "") or name_of(getattr(route, "endpoint", within)))
