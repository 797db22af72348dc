"""Plan + request → the values of a call, step by step.

This is the exact path's way through the dependencies: it reports every error and honours
`dependency_overrides`. The compiled handlers take the straight way for good requests.
"""

import dataclasses
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import Response

from kingpost._declare.security.oauth2 import SecurityScopes
from kingpost._http.background import BackgroundTasks
from kingpost._http.threads import run_in_thread
from kingpost._plan.dependencies import plan_call
from kingpost._plan.model import (
    BodyPlan,
    CacheKey,
    CallKind,
    CallPlan,
    DependencyPlan,
    Injected,
)
from kingpost._serve.exits import enter
from kingpost._serve.reading import read_body_params, read_params

__all__ = ["Solver", "invoke", "new_injected_response"]


def new_injected_response() -> Response:
    """Return the response that operations receive to set headers, cookies and the status on."""
    response = Response()
    del response.headers["content-length"]
    response.status_code = None  # type: ignore[assignment]
    return response


async def invoke(
    kind: CallKind, call: Callable[..., Any], values: dict[str, Any], *args: Any
) -> Any:
    """Call a function that is not a generator, in a thread if it is synchronous."""
    if kind is CallKind.ASYNC:
        return await call(*args, **values)
    return await run_in_thread(call, *args, **values)


@dataclasses.dataclass(slots=True)
class Solver:
    """Solves one call with everything it depends on, for one request.

    Attributes:
        connection: The request or WebSocket.
        body_plan: The shape of the body; None for no body.
        body: The parsed body, or `ABSENT`.
        overrides: `dependency_overrides`.
        path_names: The names in the route's path, to plan overrides.
        function_stack: Closed before the response is sent.
        request_stack: Closed after the response and the background tasks.
        response: The injected response.
        background: The injected background tasks; None until something asks for them.
        cache: The results so far.
        errors: The validation errors so far.
        found: The arguments of the call that was solved last, as far as they fit.
    """

    connection: HTTPConnection
    body_plan: BodyPlan | None
    body: Any
    overrides: Mapping[Callable[..., Any], Callable[..., Any]]
    path_names: frozenset[str]
    function_stack: AsyncExitStack
    request_stack: AsyncExitStack
    response: Response = dataclasses.field(default_factory=new_injected_response)
    background: BackgroundTasks | None = None
    cache: dict[CacheKey, Any] = dataclasses.field(default_factory=dict)
    errors: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    found: dict[str, Any] = dataclasses.field(default_factory=dict)

    async def solve(self, plan: CallPlan) -> dict[str, Any] | None:
        """Return the keyword arguments for a call; None if a value did not fit.

        Dependencies come first, then parameters in the order path, query, header, cookie, body. A
        dependency with an error is not called; those after it are.
        """
        values: dict[str, Any] = {}
        failed = False
        for dependency in plan.dependencies:
            solved, value = await self._dependency(dependency)
            if not solved:
                failed = True
            elif dependency.name is not None:
                values[dependency.name] = value
        own, errors = read_params(plan.params, self.connection)
        values.update(own)
        if plan.body_params:
            # An override may ask for a body where the operation reads none: it gets none.
            embed = self.body_plan is not None and self.body_plan.embed
            own, body_errors = await read_body_params(plan.body_params, embed, self.body)
            values.update(own)
            errors += body_errors
        if errors:
            self.errors += errors
            failed = True
        self.found = values
        if failed:
            return None
        for name, kind in plan.injected:
            values[name] = self._inject(kind, plan)
        return values

    async def _dependency(self, dependency: DependencyPlan) -> tuple[bool, Any]:
        plan = dependency.plan
        override = self.overrides.get(plan.call)
        if override is not None:
            plan = plan_call(override, path_names=self.path_names, outer_scopes=plan.scopes)
        values = await self.solve(plan)
        if values is None:
            return False, None
        key = dependency.cache_key
        if dependency.use_cache and key in self.cache:
            return True, self.cache[key]
        value = await self._call(dependency, plan, values)
        if key not in self.cache:
            self.cache[key] = value
        return True, value

    async def _call(
        self, dependency: DependencyPlan, plan: CallPlan, values: dict[str, Any]
    ) -> Any:
        """Call a dependency, as soon as it may run once more."""
        in_function = dependency.scope == "function"
        stack = self.function_stack if in_function else self.request_stack
        concurrency = dependency.marker.concurrency
        if concurrency is None:
            if plan.kind.is_generator:
                return await enter(stack, plan.kind, plan.call, values)
            return await invoke(plan.kind, plan.call, values)
        await concurrency.acquire()
        if plan.kind.is_generator:
            stack.callback(concurrency.release)
            return await enter(stack, plan.kind, plan.call, values)
        try:
            return await invoke(plan.kind, plan.call, values)
        finally:
            concurrency.release()

    def _inject(self, kind: Injected, plan: CallPlan) -> Any:
        if kind is Injected.RESPONSE:
            return self.response
        if kind is Injected.BACKGROUND_TASKS:
            if self.background is None:
                self.background = BackgroundTasks()
            return self.background
        if kind is Injected.SECURITY_SCOPES:
            return SecurityScopes(scopes=list(plan.scopes))
        return self.connection
