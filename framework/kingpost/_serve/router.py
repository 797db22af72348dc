"""A group of path operations that finds the one for a request."""

import string
from collections.abc import Awaitable, Callable, Collection, Sequence
from enum import Enum
from os import PathLike
from typing import Any, Literal, Unpack
from urllib.parse import quote

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Mount, Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import deprecated

from kingpost._compile.matcher import Found, RouteIndex
from kingpost._compile.runtime import tracking
from kingpost._declare.limits import checked_body_size, checked_form_limits
from kingpost._declare.markers import Depends
from kingpost._declare.operations import IncludeOptions, RouteOptions, VerbOptions
from kingpost._declare.route import RouterDeclaration
from kingpost._http.errors import KingpostError
from kingpost._http.types import DecoratedCallable
from kingpost._plan.errors import ParameterError
from kingpost._serve.copying import Copied
from kingpost._serve.frontend import Frontend
from kingpost._serve.frontends import FrontendSite
from kingpost._serve.lifespan import Lifespan, as_lifespan, merge, run_handlers
from kingpost._serve.merging import options_inside, within_router
from kingpost._serve.options import INCLUDE, REGISTER, ROUTER, VERB, RouterOptions
from kingpost._serve.paths import checked_prefix, route_path
from kingpost._serve.readiness import make_ready
from kingpost._serve.route import APIRoute, APIWebSocketRoute, within
from kingpost._serve.shadowing import warn_of_shadowed
from kingpost._serve.table import Inclusion, RouteTable
from kingpost._serve.verbs import Verbs
from kingpost._telemetry.data import MOUNTED_AT

__all__ = ["APIRouter"]

Fallback = Callable[[str, Scope, Receive, Send], Awaitable[bool]]


class APIRouter(Copied, Verbs, Router):
    """A group of path operations with options in common.

    Args:
        options: See `RouterOptions`; the attributes have the same names.

    Attributes:
        version: Counts the changes to the routes.
        fallback: Asked after all routes, before the front ends; True if it answered.

    Raises:
        ParameterError: The prefix does not start with a slash, or ends with one.
    """

    @ROUTER.written_out
    def __init__(self, **options: Unpack[RouterOptions]) -> None:
        settings = ROUTER.complete("APIRouter.__init__", options)
        self.prefix = checked_prefix(settings["prefix"])
        self.tags: list[str | Enum] = list(settings["tags"] or [])
        self.dependencies: list[Depends] = list(settings["dependencies"] or [])
        self.responses: dict[int | str, dict[str, Any]] = dict(settings["responses"] or {})
        self.callbacks: list[BaseRoute] = list(settings["callbacks"] or [])
        self.deprecated: bool | None = settings["deprecated"]
        self.include_in_schema: bool = settings["include_in_schema"]
        self.default_response_class: type[Response] = settings["default_response_class"]
        self.generate_unique_id_function: Callable[[APIRoute], str] = settings[
            "generate_unique_id_function"
        ]
        self.strict_content_type: bool = settings["strict_content_type"]
        self.max_body_size = checked_body_size(settings["max_body_size"])
        self.form_limits = checked_form_limits(settings["form_limits"])
        self.merge_injected_response: bool | None = settings.get("merge_injected_response")
        self.route_class: type[APIRoute] = settings["route_class"]
        self.dependency_overrides_provider = settings["dependency_overrides_provider"]
        self.redirect_slashes: bool = settings["redirect_slashes"]
        self.default: ASGIApp = settings["default"] or self.not_found
        self.on_startup: list[Callable[[], Any]] = list(settings["on_startup"] or [])
        self.on_shutdown: list[Callable[[], Any]] = list(settings["on_shutdown"] or [])
        self.lifespan_context: Lifespan = (
            run_handlers(self.on_startup, self.on_shutdown)
            if settings["lifespan"] is None
            else as_lifespan(settings["lifespan"])
        )
        self.fallback: Fallback = _nothing
        self.middleware_stack = self.app
        self._table = RouteTable(settings["routes"] or [], self._changed)
        self.version = 0
        self.ready_index: RouteIndex | None = None
        """The index, if it was made already."""
        self._included: list[tuple[APIRouter, RouterDeclaration]] = []
        self._includers: list[APIRouter] = []
        self._frontends: list[FrontendSite] = []
        self._sites: list[FrontendSite] | None = None

    # --- what there is --------------------------------------------------------------------------

    @property
    def routes(self) -> list[BaseRoute]:
        """The routes, those of included routers among them, as one live list."""
        self._table.refresh()
        return self._table

    @routes.setter
    def routes(self, routes: Sequence[BaseRoute]) -> None:
        self._table = self._table.replaced(routes, self._changed)

    def _changed(self) -> None:
        self._table.invalidate()
        self.version += 1
        self.ready_index = None
        self._sites = None
        for router in self._includers:
            router._changed()

    def _declaration(self, prefix: str = "") -> RouterDeclaration:
        return RouterDeclaration(
            prefix=prefix,
            tags=self.tags,
            dependencies=self.dependencies,
            default_response_class=self.default_response_class,
            responses=self.responses,
            callbacks=self.callbacks,
            deprecated=self.deprecated,
            include_in_schema=self.include_in_schema,
            generate_unique_id_function=self.generate_unique_id_function,
            strict_content_type=self.strict_content_type,
            max_body_size=self.max_body_size,
            form_limits=self.form_limits,
            merge_injected_response=self.merge_injected_response,
        )

    # --- adding to it ---------------------------------------------------------------------------

    def _decorator(
        self, verb: str, path: str, options: VerbOptions
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        settings = VERB.complete(f"APIRouter.{verb}", options)
        return self.api_route(path=path, methods=[verb.upper()], **settings)

    @VERB.written_out
    def api_route(
        self, path: str, *, methods: list[str] | None = None, **options: Unpack[VerbOptions]
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a function for several methods.

        Args:
            path: Where it is served.
            methods: The methods; GET by default.
            options: See `VerbOptions`.
        """
        settings = VERB.complete("APIRouter.api_route", options)

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_api_route(path, function, methods=methods, **settings)
            return function

        return register

    @REGISTER.written_out
    def add_api_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        route_class_override: type[APIRoute] | None = None,
        **options: Unpack[RouteOptions],
    ) -> None:
        """Register a path operation.

        Args:
            path: Where it is served, inside the router's prefix.
            endpoint: The function.
            route_class_override: The operation's class, where it is not the router's.
            options: See `RouteOptions`.

        Raises:
            PlanError: The declaration cannot work.
        """
        settings = REGISTER.complete("APIRouter.add_api_route", options)
        route_class = route_class_override or self.route_class
        route = route_class(
            self.prefix + path,
            endpoint=endpoint,
            dependency_overrides_provider=self.dependency_overrides_provider,
            **options_inside(self._declaration(), settings),
        )
        self._table.add(route)

    def add_api_websocket_route(
        self,
        path: str,
        endpoint: Callable[..., Any],
        name: str | None = None,
        *,
        dependencies: Sequence[Depends] | None = None,
    ) -> None:
        """Register a WebSocket operation.

        Args:
            path: Where it is served, inside the router's prefix.
            endpoint: The function.
            name: For `url_path_for`; by default the function's name.
            dependencies: To run before its own, results discarded.
        """
        self._table.add(
            APIWebSocketRoute(
                self.prefix + path,
                endpoint=endpoint,
                name=name,
                dependencies=[*self.dependencies, *(dependencies or [])],
                dependency_overrides_provider=self.dependency_overrides_provider,
            )
        )

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
            self.add_websocket_route(path, function, name=name)
            return function

        return register

    def route(
        self,
        path: str,
        methods: Collection[str] | None = None,
        name: str | None = None,
        include_in_schema: bool = True,
    ) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Register a plain function of a request, without parameters or dependencies."""

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_route(
                path, function, methods=methods, name=name, include_in_schema=include_in_schema
            )
            return function

        return register

    @INCLUDE.written_out
    def include_router(self, router: "APIRouter", **options: Unpack[IncludeOptions]) -> None:
        """Take in another router's operations, also those that are added to it later.

        Args:
            router: The other router.
            options: See `IncludeOptions`.

        Raises:
            ParameterError: The router would include itself, or the prefix has no or one slash
                too many.
            KingpostError: An operation would have an empty path.
        """
        settings = INCLUDE.complete("APIRouter.include_router", options)
        # Not by equality: two routers without routes are equal.
        if any(found is self for found in (router, *router._descendants())):
            what = (
                "the same APIRouter instance into itself"
                if router is self
                else "an APIRouter instance that already includes this router"
            )
            raise ParameterError(
                f"Cannot include {what}. Did you mean to include a different router?",
                hint="Share operations through a third router that both include.",
            )
        prefix = self.prefix + checked_prefix(settings["prefix"])
        outer = within_router(self._declaration(prefix), settings)
        if not prefix:
            for route in router.routes:
                if getattr(route, "path", None) == "" and isinstance(route, Route):
                    raise KingpostError(
                        "Prefix and path cannot be both empty (path operation: "
                        f"{route.name}): no request has an empty path. Give one of them a path."
                    )
        self._included.append((router, outer))
        router._includers.append(self)
        provider = self.dependency_overrides_provider
        self._table.add(
            Inclusion(lambda: router.routes, lambda route: within(route, outer, provider))
        )
        self.lifespan_context = merge(self.lifespan_context, lambda: router.lifespan_context)

    def _descendants(self) -> "list[APIRouter]":
        found = []
        for router, _ in self._included:
            found += [router, *router._descendants()]
        return found

    def add_event_handler(self, event_type: str, func: Callable[[], Any]) -> None:
        """Call a function at start-up or shut-down.

        Args:
            event_type: ``"startup"`` or ``"shutdown"``.
            func: A function or a coroutine function.

        Raises:
            ParameterError: There is no such event.
        """
        handlers = {"startup": self.on_startup, "shutdown": self.on_shutdown}
        if event_type not in handlers:
            raise ParameterError(
                f"There is no event {event_type!r}.", hint='Use "startup" or "shutdown".'
            )
        handlers[event_type].append(func)

    @deprecated("on_event is deprecated: use a lifespan", category=DeprecationWarning)
    def on_event(self, event_type: str) -> Callable[[DecoratedCallable], DecoratedCallable]:
        """Call the decorated function at start-up or shut-down. Deprecated: use a lifespan."""

        def register(function: DecoratedCallable) -> DecoratedCallable:
            self.add_event_handler(event_type, function)
            return function

        return register

    def frontend(
        self,
        path: str,
        *,
        directory: str | PathLike[str],
        fallback: Literal["auto", "index.html", "404.html"] | None = "auto",
        check_dir: bool | Literal["auto"] = "auto",
    ) -> None:
        """Serve a built front end below a path, after all routes; see `Frontend`.

        Args:
            path: Where it begins.
            directory: Where the files are.
            fallback: What answers for an address without a file.
            check_dir: Make sure now that the files are there.

        Raises:
            RuntimeError: The directory is not there.
        """
        site = Frontend(
            self.prefix + path, directory=directory, fallback=fallback, check_dir=check_dir
        )
        self._frontends.append(FrontendSite(site, self.dependencies))
        self._changed()

    def frontends(self) -> list[FrontendSite]:
        """Return the front ends, those of included routers among them."""
        # Kept, because every request that no route serves asks for them.
        if self._sites is None:
            self._sites = list(self._frontends)
            for router, outer in self._included:
                self._sites += [site.inside(outer) for site in router.frontends()]
        return self._sites

    # --- answering ------------------------------------------------------------------------------

    @property
    def index(self) -> RouteIndex:
        """The index over the routes, made anew after a change."""
        if self.ready_index is None:
            self.ready_index = RouteIndex(self.routes)
            warn_of_shadowed(self.routes)
        return self.ready_index

    async def lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and stop; the index and the handlers are made before a server accepts."""

        async def announce(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                _ = self.index
                make_ready(self.routes)
            await send(message)

        await super().lifespan(scope, receive, announce)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Find the route of a request and hand over to it."""
        if "router" not in scope:
            scope["router"] = self
        if scope["type"] == "lifespan":
            await self.lifespan(scope, receive, send)
            return
        path = route_path(scope)
        found = self.index.find(scope, path)
        if found is None:
            await self._answer_unknown(path, scope, receive, tracking(scope, send))
            return
        route = found.route
        scope["route"] = route
        scope.update(found.scope)
        if found.allowed is None and isinstance(route, APIRoute):
            handler = route.direct(scope)
            if handler is not None:
                await handler(scope, receive, send)
                return
        await _hand_over(found, scope, receive, tracking(scope, send))

    async def _answer_unknown(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that no route serves."""
        if not (
            await self._redirect(path, scope, receive, send)
            or await self.fallback(path, scope, receive, send)
            or await self._serve_frontend(path, scope, receive, send)
        ):
            await self.default(scope, receive, send)

    async def _redirect(self, path: str, scope: Scope, receive: Receive, send: Send) -> bool:
        if scope["type"] != "http" or not self.redirect_slashes or path == "/":
            return False
        other = dict(scope)
        other["path"] = scope["path"].rstrip("/") if path.endswith("/") else scope["path"] + "/"
        if self.index.find(other, route_path(other)) is None:
            return False
        # Clients send bytes that no address has; escaped, they stay what they are.
        other["query_string"] = quote(scope["query_string"], safe=string.printable).encode()
        await RedirectResponse(url=str(URL(scope=other)))(scope, receive, send)
        return True

    async def _serve_frontend(self, path: str, scope: Scope, receive: Receive, send: Send) -> bool:
        if scope["type"] != "http":
            return False
        sites = [site for site in self.frontends() if site.matches(path)]
        if not sites:
            return False
        site = max(sites, key=lambda site: len(site.path))
        await site.serve(self.dependency_overrides_provider, scope, receive, send)
        return True

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether a route of this router serves a request."""
        found = self.index.find(scope, route_path(scope))
        if found is None:
            return Match.NONE, {}
        return (Match.FULL if found.allowed is None else Match.PARTIAL), found.scope

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that `matches` accepted."""
        await self.app(scope, receive, send)


async def _nothing(path: str, scope: Scope, receive: Receive, send: Send) -> bool:
    return False


async def _hand_over(found: Found, scope: Scope, receive: Receive, send: Send) -> None:
    route = found.route
    if isinstance(route, Mount):
        scope[MOUNTED_AT] = scope.get(MOUNTED_AT, "") + route.path
    if found.allowed is None or not _answers_405(route):
        await route.handle(scope, receive, send)
        return
    headers = {"Allow": ", ".join(sorted(found.allowed))}
    if "app" in scope:
        raise HTTPException(status_code=405, headers=headers)
    response = PlainTextResponse("Method Not Allowed", status_code=405, headers=headers)
    await response(scope, receive, send)


def _answers_405(route: BaseRoute) -> bool:
    return type(route).handle is Route.handle
