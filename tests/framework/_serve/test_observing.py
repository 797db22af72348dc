"""The exact path's words to whoever observes the request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kingpost._serve.observing import observation_of, step
from kingpost._telemetry.data import OBSERVATION


class Notes:
    """Observes by taking notes."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    @contextmanager
    def step(self, name: str, function: Callable[..., Any]) -> Iterator[None]:
        """Note a step and its function."""
        self.steps.append(f"{name} of {function.__name__}")
        yield


def endpoint() -> None:
    """An endpoint."""


def test_without_an_observer_a_step_is_nothing() -> None:
    """The context does nothing at all."""
    with step({}, "endpoint", endpoint) as value:
        assert value is None
    assert observation_of({}) is None


def test_an_observer_hears_of_each_step() -> None:
    """It stands in the request's scope."""
    notes = Notes()
    with step({OBSERVATION: notes}, "endpoint", endpoint):
        assert notes.steps == ["endpoint of endpoint"]
