"""The exact path: `Request` in, `Response` out.

It follows a plan step by step and gives the documented answer to every request, good or bad. What
is not compiled takes it, and every request that the compiled handler cannot accept is handed over
to it from the start.
"""

import copy
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

from starlette.background import BackgroundTasks
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kingpost._compile.form_reading import READ_FORM
from kingpost._compile.rendering import complete_response, content_of, response_of
from kingpost._compile.spread import ABSENT
from kingpost._http.errors import (
    NO_RESPONSE,
    HTTPException,
    KingpostError,
    RequestValidationError,
)
from kingpost._http.media import is_json
from kingpost._plan.callables import call_kind
from kingpost._plan.model import BodyPlan, ResponsePlan, RoutePlan
from kingpost._plan.paths import path_names
from kingpost._serve.errors import handle_exceptions
from kingpost._serve.exits import FORM_STACK, FUNCTION_STACK, REQUEST_STACK
from kingpost._serve.observing import observation_of, step
from kingpost._serve.seams import call_with, replaced, serialize_with, solve_with
from kingpost._serve.solving import Solver, invoke
from kingpost._serve.streaming import stream_renderer

__all__ = ["Overrides", "exact_handler", "request_response"]

Overrides = Callable[[], Mapping[Callable[..., Any], Callable[..., Any]]]
"""Returns the dependency overrides that hold now."""


def request_response(func: Callable[[Request], Awaitable[Response] | Response]) -> ASGIApp:
    """Return an ASGI application that answers with what a handler returns.

    It opens the two exit stacks, sends the response between them, and answers exceptions.

    Args:
        func: Takes the request and returns the response; runs in a thread if it is synchronous.

    Raises:
        KingpostError: A dependency swallowed the exception that it should have raised again.
    """

    kind = call_kind(func)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)

        async def respond(scope: Scope, receive: Receive, send: Send) -> None:
            response: Response | None = None
            sent = False
            async with AsyncExitStack() as request_stack:
                scope[REQUEST_STACK] = request_stack
                async with AsyncExitStack() as function_stack:
                    scope[FUNCTION_STACK] = function_stack
                    response = await invoke(kind, func, {}, request)
                if response is None:
                    raise KingpostError(NO_RESPONSE)
                await response(scope, receive, send)
                sent = True
            if not sent:
                raise KingpostError(NO_RESPONSE)

        async with AsyncExitStack() as form_stack:
            scope[FORM_STACK] = form_stack
            await handle_exceptions(respond, request, scope, receive, send)

    return app


def exact_handler(
    plan: RoutePlan, overrides: Overrides
) -> Callable[[Request], Awaitable[Response]]:
    """Return the handler that follows a plan.

    Args:
        plan: The path operation.
        overrides: The dependency overrides that hold now.
    """
    names = path_names(plan.path)

    call = plan.endpoint.call

    async def handle(request: Request) -> Response:
        observation = observation_of(request.scope)
        if observation is None:
            return await answer(request)
        observation.data.request = request
        try:
            return await answer(request)
        except RequestValidationError as exc:
            observation.refuse(exc.errors())
            raise

    async def answer(request: Request) -> Response:
        observation = observation_of(request.scope)
        body: Any = ABSENT
        if plan.body is not None:
            body = await _read_body(request, plan, plan.body)
        if observation is not None and body is not ABSENT:
            observation.data.body = body
        solver = Solver(
            connection=request,
            body_plan=plan.body,
            body=body,
            overrides=overrides(),
            path_names=names,
            function_stack=request.scope[FUNCTION_STACK],
            request_stack=request.scope[REQUEST_STACK],
        )
        with step(request.scope, "dependencies", call):
            values = await _solve(solver, plan)
        if observation is not None:
            observation.data.values, observation.data.errors = values, solver.errors
        if values is None:
            raise RequestValidationError(
                solver.errors,
                body=None if body is ABSENT else body,
                endpoint_ctx=plan.context,
            )
        response = await _respond(plan, solver, values, request.scope)
        if observation is not None and solver.background is not None:
            observation.watch(solver.background)
        return response

    return handle


# --- in -------------------------------------------------------------------------------------


async def _solve(solver: Solver, plan: RoutePlan) -> dict[str, Any] | None:
    solve = replaced.get("solve_dependencies")
    if solve is None:
        return await solver.solve(plan.endpoint)
    return await solve_with(solve, solver, plan)


async def _read_body(request: Request, plan: RoutePlan, body: BodyPlan) -> Any:
    try:
        if body.is_form:
            return await _read_form(request, plan)
        content = await request.body()
        if not content:
            return ABSENT
        if is_json(request.headers.get("content-type"), strict=plan.strict_content_type):
            return json.loads(content)
        return content
    except json.JSONDecodeError as exc:
        error = {
            "type": "json_invalid",
            "loc": ("body", exc.pos),
            "msg": "JSON decode error",
            "input": {},
            "ctx": {"error": exc.msg},
        }
        raise RequestValidationError([error], body=exc.doc, endpoint_ctx=plan.context) from exc
    except StarletteHTTPException:
        raise
    except Exception as exc:
        raise HTTPException(status_code=400, detail="There was an error parsing the body") from exc


async def _read_form(request: Request, plan: RoutePlan) -> FormData:
    if READ_FORM in request.scope:
        request._form = request.scope.pop(READ_FORM)
        request._stream_consumed = True
    form = await request.form(**plan.form_limits)
    stack: AsyncExitStack = request.scope[FORM_STACK]
    stack.push_async_callback(form.close)
    return form


# --- out ------------------------------------------------------------------------------------


async def _respond(
    plan: RoutePlan, solver: Solver, values: dict[str, Any], scope: Scope
) -> Response:
    response_plan = plan.response
    if response_plan is None:
        raise KingpostError(f"{plan.path} has no response: it is a WebSocket operation.")
    call = plan.endpoint
    if call.kind.is_generator:
        return _stream(plan, response_plan, solver, call.call(**values))
    with step(scope, "endpoint", call.call):
        run = replaced.get("run_endpoint_function")
        if run is None:
            result = await invoke(call.kind, call.call, values)
        else:
            result = await call_with(run, plan, values)
    if isinstance(result, Response):
        if response_plan.merges_injected:
            return _merged(result, solver)
        if result.background is None:
            result.background = solver.background
        return result
    if response_plan.kind.is_stream:
        return _stream(plan, response_plan, solver, result)
    with step(scope, "serialization", call.call):
        response = await _serialized(plan, response_plan, solver, result)
    return complete_response(response, response_plan, solver.response, solver.background)


def _stream(plan: RoutePlan, response_plan: ResponsePlan, solver: Solver, result: Any) -> Response:
    render = stream_renderer(plan, response_plan)
    return render(result, solver.response, solver.background)


def _merged(returned: Response, solver: Solver) -> Response:
    """Return a response that was returned, with what was set on the injected one.

    What it says itself holds, but cookies are all sent. It is a copy: an application may return the
    same object for every request, and a cookie of one must not reach another.
    """
    response = copy.copy(returned)
    response.raw_headers = list(returned.raw_headers)
    response.__dict__.pop("_headers", None)
    own = {name for name, _ in returned.raw_headers}
    response.raw_headers += [
        (name, value)
        for name, value in solver.response.headers.raw
        if name == b"set-cookie" or name not in own
    ]
    if solver.background is not None:
        tasks = [solver.background, *filter(None, [returned.background])]
        response.background = BackgroundTasks(tasks)
    return response


async def _serialized(
    plan: RoutePlan, response_plan: ResponsePlan, solver: Solver, result: Any
) -> Response:
    status = solver.response.status_code or response_plan.status_code
    serialize = replaced.get("serialize_response")
    if serialize is None:
        content = content_of(plan, response_plan, result)
    else:
        content = await serialize_with(serialize, plan, result)
    return response_of(response_plan, content, status)
