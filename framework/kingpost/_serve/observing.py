"""The exact path's words to whoever observes the request; nothing where nobody does."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol, cast

from starlette.background import BackgroundTasks
from starlette.types import Scope

from kingpost._telemetry.data import OBSERVATION, TelemetryData

__all__ = ["Observed", "observation_of", "step"]


class Observed(Protocol):
    """One request under observation."""

    data: TelemetryData

    def step(self, name: str, function: Callable[..., Any]) -> AbstractContextManager[None]:
        """Observe one step of an operation."""

    def refuse(self, errors: Any) -> None:
        """Note that a request does not fit its operation."""

    def watch(self, tasks: BackgroundTasks) -> None:
        """Observe background tasks when they run."""


def observation_of(scope: Scope) -> Observed | None:
    """Return the observation of a request; None where nobody observes it."""
    return cast(Observed | None, scope.get(OBSERVATION))


def step(scope: Scope, name: str, function: Callable[..., Any]) -> AbstractContextManager[None]:
    """Return the context of one step of an operation.

    Args:
        scope: The request's scope.
        name: "dependencies", "endpoint" or "serialization".
        function: The endpoint.
    """
    observation = observation_of(scope)
    return nullcontext() if observation is None else observation.step(name, function)
