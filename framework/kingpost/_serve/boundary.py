"""Where exceptions become answers: around the router, and around everything."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost._compile.runtime import STARTED
from kingpost._http.patches import is_patched
from kingpost._serve.errors import answer_exception, drop
from kingpost._serve.function_middleware import leaner
from kingpost._serve.paths import route_path
from kingpost._serve.route import APIRoute
from kingpost._serve.router import APIRouter

__all__ = ["ErrorBoundary", "build_stack"]


class ExceptionBoundary(ExceptionMiddleware):
    """Answers exceptions that have a handler; raises the others again.

    Unlike Starlette's it adds nothing to a request that goes well: whoever sends a response inside
    of it either answers its own exceptions or sends through `tracking`. A request for a generated
    handler, which is of the first kind, goes to it directly.

    Args:
        app: The router's application.
        router: Knows the generated handlers; None where its application is not what it was.
        handlers: By exception class or status.
        debug: Answer the unexpected with a traceback.
    """

    def __init__(
        self, app: ASGIApp, *, router: APIRouter | None, handlers: Mapping[Any, Any], debug: bool
    ) -> None:
        super().__init__(app, handlers, debug)
        self.router = router
        # By exception class and by status, as they are noted in the scope.
        self.handlers = self._exception_handlers, self._status_handlers

    def find(self, scope: Scope) -> ASGIApp:
        """Return what answers a request: its generated handler, or the router.

        What is known of the route by then is noted in the scope.

        Args:
            scope: The request's or the handshake's scope.
        """
        kind = scope["type"]
        if kind == "lifespan":
            return self.app
        scope["starlette.exception_handlers"] = self.handlers
        router = self.router
        index = router.ready_index if router is not None else None
        if index is None or kind != "http":
            return self.app
        is_below = "root_path" in scope and scope["root_path"]
        path = route_path(scope) if is_below else scope["path"]
        params: dict[str, Any] = {}
        method = scope["method"]
        served = index.certain.get(path)
        route = served and served.get(method)
        # The methods may have been changed since.
        if not route or method not in route.methods or "path_params" in scope:
            route, params = index.direct(scope, path)
        is_operation = type(route) is APIRoute or isinstance(route, APIRoute)
        handler: ASGIApp | None = route.direct(scope) if is_operation else None
        if handler is None:
            return self.app
        if "router" not in scope:
            scope["router"] = router
        scope["route"] = route
        scope["endpoint"] = route.endpoint
        scope["path_params"] = params
        return handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do what `find` does, spelt out: requests that middleware passes on make a call less."""
        kind = scope["type"]
        if kind == "lifespan":
            await self.app(scope, receive, send)
            return
        scope["starlette.exception_handlers"] = self.handlers
        app = self.app
        try:
            router = self.router
            index = router.ready_index if router is not None else None
            if index is not None and kind == "http":
                is_below = "root_path" in scope and scope["root_path"]
                path = route_path(scope) if is_below else scope["path"]
                params: dict[str, Any] = {}
                method = scope["method"]
                served = index.certain.get(path)
                route = served and served.get(method)
                if not route or method not in route.methods or "path_params" in scope:
                    route, params = index.direct(scope, path)
                if type(route) is APIRoute or isinstance(route, APIRoute):
                    handler = route.direct(scope)
                    if handler is not None:
                        if "router" not in scope:
                            scope["router"] = router
                        scope["route"] = route
                        scope["endpoint"] = route.endpoint
                        scope["path_params"] = params
                        app = handler
            await app(scope, receive, send)
        except Exception as exc:  # noqa: BLE001 - raised again unless it has a handler
            await answer_exception(exc, scope, receive, send, STARTED in scope)


class ErrorBoundary(ServerErrorMiddleware):
    """Answers 500 to what nobody else answers, and raises it again for the server's log.

    Unlike Starlette's it does not watch what is sent: a response that fails on its way is noted in
    the scope. One that middleware sent itself, or had already let pass when it failed, is not: of
    such a response the server refuses a second start, as ASGI has it.

    The application need not call it: it can call what is inside, and tell `settle` what that
    raised.

    Args:
        app: What is inside: an `ExceptionBoundary`, with middleware around it or without.
        handler: Answers the unexpected.
        debug: Answer the unexpected with a traceback.
    """

    def __init__(self, app: ASGIApp, handler: Any = None, debug: bool = False) -> None:
        super().__init__(app, handler, debug)
        self.inner = app if isinstance(app, ExceptionBoundary) else None
        """What is inside, where no middleware has to see a request before."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception as exc:
            await self.answer(exc, scope, receive, send)
            raise

    async def settle(self, exc: Exception, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what was raised inside; raise it if it is unexpected.

        Args:
            exc: The exception. One of a generated handler may be what a handler of exceptions
                raised, and have a handler of its own.
            scope: The request's scope.
            receive: Its messages.
            send: Takes the answer.
        """
        if self.inner is not None and scope["type"] != "lifespan":
            try:
                await answer_exception(exc, scope, receive, send, STARTED in scope)
            except Exception as unanswered:  # noqa: BLE001 - raised again below
                exc = unanswered
            else:
                return
        await self.answer(exc, scope, receive, send)
        raise exc

    async def answer(self, exc: Exception, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 500 to an exception that nobody else answered, which is to be raised again.

        Where the response has been started, the handler hears of it all the same.

        Args:
            exc: The exception.
            scope: The request's scope.
            receive: Its messages.
            send: Takes the answer.
        """
        if scope["type"] != "http":
            return
        started = STARTED in scope

        async def fail(scope: Scope, receive: Receive, send: Send) -> None:
            if started:
                # Says so to Starlette's class: the handler hears of the exception, and that is all.
                await send({"type": "http.response.start", "status": 0, "headers": []})
            raise exc

        respond = ServerErrorMiddleware(fail, self.handler, self.debug)
        # Whatever goes wrong with the answer, the server's log must name the first cause.
        with suppress(Exception):
            await respond(scope, receive, drop if started else send)


def build_stack(
    router: APIRouter,
    *,
    handlers: Mapping[Any, Any],
    middleware: Sequence[Middleware],
    max_body_size: int | None,
    debug: bool,
) -> ASGIApp:
    """Return a router with middleware and error handlers around it.

    Args:
        router: The application's router.
        handlers: By exception class or status; 500 and `Exception` are for unexpected errors.
        middleware: The first is the outermost.
        max_body_size: Bytes that a request's body may have.
        debug: Answer unexpected errors with a traceback.
    """
    inner = {key: value for key, value in handlers.items() if key not in (500, Exception)}
    unexpected = [value for key, value in handlers.items() if key in (500, Exception)]
    error_handler = unexpected[-1] if unexpected else None
    # Not used as such; tools that watch what middleware is made of meet these two here.
    Middleware(ServerErrorMiddleware, handler=error_handler, debug=debug)
    Middleware(ExceptionMiddleware, handlers=inner, debug=debug)
    watched = is_patched(ExceptionMiddleware)
    around = list(middleware)
    if max_body_size is not None:
        around.insert(0, Middleware(RequestBodyLimitMiddleware, max_body_size=max_body_size))
    stack: ASGIApp
    if watched:
        stack = ExceptionMiddleware(router.app, inner, debug)
    else:
        known = router if type(router).app is APIRouter.app else None
        stack = ExceptionBoundary(router.app, router=known, handlers=inner, debug=debug)
    for cls, args, kwargs in reversed(around):
        stack = leaner(cls)(stack, *args, **kwargs)
    outermost = (
        ServerErrorMiddleware if watched or is_patched(ServerErrorMiddleware) else ErrorBoundary
    )
    return outermost(stack, handler=error_handler, debug=debug)
