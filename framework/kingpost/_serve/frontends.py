"""A front end with the dependencies of the routers around it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kingpost._compile.spread import ABSENT
from kingpost._declare.markers import Depends
from kingpost._declare.route import RouterDeclaration
from kingpost._http.errors import RequestValidationError
from kingpost._plan.dependencies import plan_call
from kingpost._serve.exact import request_response
from kingpost._serve.exits import FUNCTION_STACK, REQUEST_STACK
from kingpost._serve.frontend import Frontend
from kingpost._serve.solving import Solver

__all__ = ["FrontendSite"]


class FrontendSite:
    """Serves a front end after its dependencies have run.

    Args:
        frontend: The files.
        dependencies: To run for each request, results discarded.
    """

    def __init__(self, frontend: Frontend, dependencies: Sequence[Depends]) -> None:
        self.frontend = frontend
        self.dependencies = list(dependencies)
        self._plan = plan_call(_no_endpoint, path_names=frozenset(), first=self.dependencies)

    @property
    def path(self) -> str:
        """Where it begins."""
        return self.frontend.path

    def matches(self, path: str) -> bool:
        """Tell whether an address lies in this front end."""
        return self.frontend.matches(path)

    def inside(self, outer: RouterDeclaration) -> "FrontendSite":
        """Return the front end as it is inside a router or an application."""
        return FrontendSite(
            self.frontend.at(outer.prefix), [*outer.dependencies, *self.dependencies]
        )

    async def serve(self, provider: Any, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Args:
            provider: What holds the dependency overrides.
            scope: The request's scope.
            receive: Its messages.
            send: Takes the answer.
        """
        await self.frontend.admit(scope)
        overrides: Mapping[Callable[..., Any], Callable[..., Any]] = getattr(
            provider, "dependency_overrides", {}
        )

        async def respond(request: Request) -> Response:
            solver = Solver(
                connection=request,
                body_plan=None,
                body=ABSENT,
                overrides=overrides,
                path_names=frozenset(),
                function_stack=request.scope[FUNCTION_STACK],
                request_stack=request.scope[REQUEST_STACK],
            )
            if await solver.solve(self._plan) is None:
                raise RequestValidationError(solver.errors)
            response = await self.frontend.response(request.scope)
            response.headers.raw.extend(solver.response.headers.raw)
            if solver.background is not None:
                response.background = solver.background
            return response

        await request_response(respond)(scope, receive, send)


def _no_endpoint() -> None:
    """Stand for the endpoint that a front end does not have."""
