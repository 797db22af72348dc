"""The application: routers, middleware, error handlers and documents in one ASGI callable."""

import warnings
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from os import PathLike
from typing import Any, Literal, TypeVar, Unpack, cast

from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, ExceptionHandler, Receive, Scope, Send
from typing_extensions import deprecated

from kingpost._declare.limits import checked_body_size
from kingpost._declare.markers import Depends
from kingpost._declare.operations import (
    CallbackOptions,
    IncludeOptions,
    OperationOptions,
    SharedOptions,
    VerbOptions,
)
from kingpost._http.errors import (
    KingpostDeprecationWarning,
    RequestValidationError,
    WebSocketRequestValidationError,
)
from kingpost._http.naming import NAMES
from kingpost._http.patches import is_patched
from kingpost._http.signatures import Options
from kingpost._http.stack import user_stacklevel
from kingpost._http.types import DecoratedCallable
from kingpost._plan.errors import ParameterError
from kingpost._serve.boundary import ErrorBoundary, build_stack
from kingpost._serve.document import Document, write_document
from kingpost._serve.documents import add_document_routes, serve_document_asset
from kingpost._serve.function_middleware import FunctionMiddleware
from kingpost._serve.handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)
from kingpost._serve.options import (
    APPLICATION_INCLUDE,
    APPLICATION_OPERATION,
    APPLICATION_REGISTER,
    GROUP_DEFAULTS,
    ROUTER,
    VERB,
)
from kingpost._serve.route import APIRoute
from kingpost._serve.router import APIRouter
from kingpost._serve.verbs import Verbs
from kingpost._telemetry.activation import observer_for
from kingpost._telemetry.settings import TelemetryConfig, checked

__all__ = ["APPLICATION", "AppType", "Kingpost"]


AppType = TypeVar("AppType", bound="Kingpost")


class ApplicationOptions(SharedOptions, CallbackOptions, total=False):
    """The options of `Kingpost`."""

    telemetry: TelemetryConfig | None
    """What OpenTelemetry is told of the requests."""
    debug: bool
    """Answer unhandled errors with a traceback."""
    routes: list[BaseRoute] | None
    """Deprecated: use the decorators."""
    title: str
    """For the documents, as the following ones."""
    summary: str | None
    description: str
    version: str
    openapi_url: str | None
    """Where the OpenAPI document is; None for no documents at all."""
    openapi_tags: list[dict[str, Any]] | None
    servers: list[dict[str, str | Any]] | None
    default_response_class: type[Response]
    """For operations that name none."""
    redirect_slashes: bool
    """Redirect to the path with or without a slash at its end, where only that one is served."""
    docs_url: str | None
    """Where Swagger UI is; None for none."""
    redoc_url: str | None
    """Where ReDoc is; None for none."""
    swagger_ui_oauth2_redirect_url: str | None
    swagger_ui_init_oauth: dict[str, Any] | None
    middleware: Sequence[Middleware] | None
    """The first is the outermost."""
    exception_handlers: (
        dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] | None
    )
    """By exception class or status."""
    on_startup: Sequence[Callable[[], Any]] | None
    on_shutdown: Sequence[Callable[[], Any]] | None
    lifespan: Callable[[Any], Any] | None
    """Runs around the application's life; what it yields is each request's state."""
    terms_of_service: str | None
    contact: dict[str, str | Any] | None
    license_info: dict[str, str | Any] | None
    root_path: str
    """What a proxy takes off the path. Deprecated: set it at the server."""
    root_path_in_servers: bool
    webhooks: APIRouter | None
    """Operations that the application calls, for the documents."""
    swagger_ui_parameters: dict[str, Any] | None
    separate_input_output_schemas: bool
    openapi_external_docs: dict[str, Any] | None
    strict_content_type: bool
    """False reads a body without a Content-Type as JSON."""


def _types() -> dict[str, Any]:
    return {
        "generate_unique_id_function": Callable[[APIRoute], str],
        "lifespan": (
            Callable[[AppType], AbstractAsyncContextManager[None]]
            | Callable[[AppType], AbstractAsyncContextManager[Mapping[str, Any]]]
            | None
        ),
    }


APPLICATION = Options(
    ApplicationOptions,
    """
    telemetry debug routes title summary description version openapi_url openapi_tags servers
    dependencies default_response_class redirect_slashes docs_url redoc_url
    swagger_ui_oauth2_redirect_url swagger_ui_init_oauth middleware exception_handlers on_startup
    on_shutdown lifespan terms_of_service contact license_info root_path root_path_in_servers
    responses callbacks webhooks deprecated include_in_schema swagger_ui_parameters
    generate_unique_id_function separate_input_output_schemas openapi_external_docs
    strict_content_type max_body_size form_limits
    """,
    {
        **GROUP_DEFAULTS,
        "debug": False,
        "title": NAMES.product,
        "description": "",
        "version": "0.1.0",
        "openapi_url": "/openapi.json",
        "docs_url": "/docs",
        "redoc_url": "/redoc",
        "swagger_ui_oauth2_redirect_url": "/docs/oauth2-redirect",
        "root_path": "",
        "root_path_in_servers": True,
        "separate_input_output_schemas": True,
        "strict_content_type": True,
    },
    _types,
)
"""`Kingpost`."""


_CALL: Any = None if is_patched(Starlette) else Starlette.__call__


class Kingpost(Verbs, Starlette):
    """An ASGI application made of typed path operations.

    Args:
        options: See `ApplicationOptions`; the attributes have the same names.

    Attributes:
        router: Holds the path operations.
        state: For whatever the application wants to keep.
        dependency_overrides: What to call instead of a dependency, for tests.

    Raises:
        ParameterError: Documents are wanted, but there is no title or no version for them.
    """

    router: APIRouter

    @APPLICATION.written_out
    def __init__(self, **options: Unpack[ApplicationOptions]) -> None:
        settings = APPLICATION.complete(f"{NAMES.product}.__init__", options)
        self.debug: bool = settings["debug"]
        self.state = State()
        self.dependency_overrides: dict[Callable[..., Any], Callable[..., Any]] = {}
        self.max_body_size = checked_body_size(settings["max_body_size"])
        self.user_middleware = list(settings["middleware"] or [])
        self.middleware_stack: ASGIApp | None = None
        self.exception_handlers: dict[Any, Any] = {
            HTTPException: http_exception_handler,
            RequestValidationError: request_validation_exception_handler,
            WebSocketRequestValidationError: websocket_request_validation_exception_handler,
            **(settings["exception_handlers"] or {}),
        }
        self.telemetry: TelemetryConfig | None = checked(settings["telemetry"])
        self._observer: Any = None
        self._looked_at: ASGIApp | None = None
        self._boundary: ErrorBoundary | None = None
        self._describe(settings)
        shared = ROUTER.defaults.keys() | {"merge_injected_response"}
        passed_on = shared & settings.keys() - {"max_body_size"}
        self.router = APIRouter(
            dependency_overrides_provider=self, **{name: settings[name] for name in passed_on}
        )
        if self.openapi_url:
            self.router.fallback = serve_document_asset
        self.webhooks: APIRouter = settings["webhooks"] or APIRouter()
        self.setup()

    def _describe(self, settings: dict[str, Any]) -> None:
        """Keep what the documents say of the application."""
        self.title: str = settings["title"]
        self.summary: str | None = settings["summary"]
        self.description: str = settings["description"]
        self.version: str = settings["version"]
        self.terms_of_service: str | None = settings["terms_of_service"]
        self.contact: dict[str, Any] | None = settings["contact"]
        self.license_info: dict[str, Any] | None = settings["license_info"]
        self.openapi_url: str | None = settings["openapi_url"]
        self.openapi_tags: list[dict[str, Any]] | None = settings["openapi_tags"]
        self.openapi_external_docs: dict[str, Any] | None = settings["openapi_external_docs"]
        self.openapi_version = "3.1.0"
        self._document = Document()
        self.servers: list[dict[str, Any]] = list(settings["servers"] or [])
        self.root_path: str = settings["root_path"]
        if self.root_path:
            warnings.warn(
                "The `root_path` parameter is deprecated: the server knows what its proxy takes "
                "off the path. Configure it there, for example with "
                "`kingpost run --root-path /api/v1`.",
                KingpostDeprecationWarning,
                stacklevel=user_stacklevel(),
            )
        self.root_path_in_servers: bool = settings["root_path_in_servers"]
        self.docs_url: str | None = settings["docs_url"]
        self.redoc_url: str | None = settings["redoc_url"]
        self.swagger_ui_oauth2_redirect_url: str | None = settings["swagger_ui_oauth2_redirect_url"]
        self.swagger_ui_init_oauth: dict[str, Any] | None = settings["swagger_ui_init_oauth"]
        self.swagger_ui_parameters: dict[str, Any] | None = settings["swagger_ui_parameters"]
        self.separate_input_output_schemas: bool = settings["separate_input_output_schemas"]
        if self.openapi_url:
            for name, example in (("title", "My API"), ("version", "2.1.0")):
                if not getattr(self, name):
                    raise ParameterError(
                        f"A {name} must be provided for OpenAPI, e.g.: {example!r}.",
                        hint=f"Pass {name}=..., or openapi_url=None for no documents.",
                    )

    # --- adding to it ---------------------------------------------------------------------------

    def _decorator(
        self, verb: str, path: str, options: VerbOptions
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        settings = VERB.complete(f"{NAMES.product}.{verb}", options)
        decorator: Callable[[DecoratedCallable], DecoratedCallable]
        decorator = getattr(self.router, verb)(path, **settings)
        return decorator

    @APPLICATION_OPERATION.written_out
    def api_route(
        self, path: str, *, methods: list[str] | None = None, **options: Unpack[OperationOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for several methods; see `APIRouter.api_route`."""
        settings = APPLICATION_OPERATION.complete(f"{NAMES.product}.api_route", options)

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.router.add_api_route(path, function, methods=methods, **settings)
            return function

        return register

    @APPLICATION_REGISTER.written_out
    def add_api_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        methods: list[str] | None = None,
        **options: Unpack[OperationOptions],
    ) -> None:
        """Register a path operation; see `APIRouter.add_api_route`."""
        settings = APPLICATION_REGISTER.complete(f"{NAMES.product}.add_api_route", options)
        self.router.add_api_route(path, endpoint=endpoint, methods=methods, **settings)

    def add_api_websocket_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        name: str | None = None,
        *,
        dependencies: Sequence[Depends] | None = None,
    ) -> None:
        """Register a WebSocket operation; see `APIRouter.add_api_websocket_route`."""
        self.router.add_api_websocket_route(path, endpoint, name=name, dependencies=dependencies)

    def websocket(
        self, path: str, name: str | None = None, *, dependencies: Sequence[Depends] | None = None
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function as a WebSocket operation; see `add_api_websocket_route`."""

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_api_websocket_route(path, function, name=name, dependencies=dependencies)
            return function

        return register

    def websocket_route(
        self, path: str, name: str | None = None
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a plain WebSocket function, without parameters or dependencies."""

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.router.add_websocket_route(path, function, name=name)
            return function

        return register

    @APPLICATION_INCLUDE.written_out
    def include_router(self, router: APIRouter, **options: Unpack[IncludeOptions]) -> None:
        """Take in a router's operations; see `APIRouter.include_router`."""
        settings = APPLICATION_INCLUDE.complete(f"{NAMES.product}.include_router", options)
        self.router.include_router(router, **settings)

    def frontend(
        self,
        path: str,
        *,
        directory: str | PathLike[str],
        fallback: Literal["auto", "index.html", "404.html"] | None = "auto",
        check_dir: bool | Literal["auto"] = "auto",
    ) -> None:
        """Serve a built front end below a path; see `APIRouter.frontend`."""
        self.router.frontend(path, directory=directory, fallback=fallback, check_dir=check_dir)

    def middleware(self, middleware_type: str) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Run the decorated ``async (request, call_next)`` around every request.

        Args:
            middleware_type: ``"http"``. What is added last is outermost.
        """

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_middleware(FunctionMiddleware, dispatch=function)
            return function

        return register

    def exception_handler(
        self, exc_class_or_status_code: int | type[Exception]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Answer an exception class or a status with the decorated function."""

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_exception_handler(exc_class_or_status_code, function)
            return function

        return register

    def add_exception_handler(
        self, exc_class_or_status_code: int | type[Exception], handler: ExceptionHandler
    ) -> None:
        """Answer an exception class or a status with a function of request and exception."""
        self.exception_handlers[exc_class_or_status_code] = handler

    @deprecated("on_event is deprecated: use a lifespan", category=DeprecationWarning)
    def on_event(self, event_type: str) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Call the decorated function at start-up or shut-down. Deprecated: use a lifespan."""

        return self.router.on_event(event_type)

    # --- documents ------------------------------------------------------------------------------

    def setup(self) -> None:
        """Register the routes of the OpenAPI document and of the pages that show it."""
        add_document_routes(self)

    @property
    def openapi_schema(self) -> dict[str, Any] | None:
        """The OpenAPI document as far as it has been made; whoever reads it may change it."""
        return self._document.lend()

    @openapi_schema.setter
    def openapi_schema(self, document: dict[str, Any] | None) -> None:
        self._document.replace(document)

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document, made at first use and again after a route was added."""
        self._describe_routes()
        return cast(dict[str, Any], self._document.lend())

    def openapi_text(self, root_path: str) -> bytes:
        """Return the OpenAPI document as JSON, with the root path as the first of its servers."""
        if type(self).openapi is not Kingpost.openapi or "openapi" in vars(self):
            return write_document(self.openapi(), root_path)
        self._describe_routes()
        return self._document.text(root_path)

    def _describe_routes(self) -> None:
        if self._document.is_of(self.router.version):
            return
        from kingpost._openapi.document import build_document

        document = build_document(
            title=self.title,
            version=self.version,
            openapi_version=self.openapi_version,
            summary=self.summary,
            description=self.description,
            terms_of_service=self.terms_of_service,
            contact=self.contact,
            license_info=self.license_info,
            routes=self.routes,
            webhooks=self.webhooks.routes,
            tags=self.openapi_tags,
            servers=self.servers,
            separate_input_output_schemas=self.separate_input_output_schemas,
            external_docs=self.openapi_external_docs,
        )
        self._document.keep(document, self.router.version)

    # --- answering ------------------------------------------------------------------------------

    def build_middleware_stack(self) -> ASGIApp:
        """Return the router with everything around it."""
        return build_stack(
            self.router,
            handlers=self.exception_handlers,
            middleware=self.user_middleware,
            max_body_size=self.max_body_size,
            debug=self.debug,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.root_path:
            scope["root_path"] = self.root_path
        scope["app"] = self
        boundary = self._boundary
        if (
            boundary is None
            or boundary is not self.middleware_stack
            or Starlette.__call__ is not _CALL
        ):
            await self._call_stack(scope, receive, send)
            return
        # What the boundary does as well, in fewer calls.
        inner = boundary.inner
        try:
            await (boundary.app if inner is None else inner.find(scope))(scope, receive, send)
        except Exception as exc:  # noqa: BLE001 - raised again unless it is answered
            await boundary.settle(exc, scope, receive, send)

    async def _call_stack(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call what answers requests, after a look at it, which is needed once."""
        app = self.middleware_stack
        if app is None or app is not self._looked_at:
            app = self._look()
        if Starlette.__call__ is not _CALL:
            # Somebody watches all Starlette applications; what is there now comes to the same.
            app = super().__call__
        if self._observer is None:
            await app(scope, receive, send)
        else:
            await self._observer(app, scope, receive, send)

    def _look(self) -> ASGIApp:
        """Return what answers requests, and note how it is to be called."""
        app = self.middleware_stack
        if app is None:
            app = self.middleware_stack = self.build_middleware_stack()
        self._looked_at = app
        self._observer = observer_for(self.telemetry, app)
        self._boundary = None
        if self._observer is None and isinstance(app, ErrorBoundary):
            self._boundary = app
        return app
