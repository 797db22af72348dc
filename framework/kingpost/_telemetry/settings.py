"""What an application wants to have observed."""

import os
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, TypedDict

from kingpost._http.naming import NAMES

__all__ = ["TelemetryConfig", "checked", "complete"]


class TelemetryConfig(TypedDict, total=False):
    """The application's `telemetry` argument; every key has a default.

    A provider that is None is the process's global one.
    """

    tracer_provider: Any
    meter_provider: Any
    logger_provider: Any
    tracing: bool
    """Spans of requests and connections. Default: True."""
    metrics: bool
    """Duration and number of requests. Default: True."""
    logs: bool
    """Events for bad requests and unhandled exceptions, with messages and stack traces. Default:
    True."""
    operation_spans: bool
    """Spans inside a request: dependencies, endpoint, serialisation, background tasks. Default:
    True."""
    auto_configure: bool
    """Add OTLP exporters from the ``OTEL_*`` variables. Default: False, unless
    ``KINGPOST_OTEL_AUTO_CONFIGURE`` is ``true``."""
    exclude: Callable[[MutableMapping[str, Any]], bool] | None
    """True for the scope of a request that is not to be observed."""


def checked(config: Any) -> TelemetryConfig | None:
    """Return an application's `telemetry` argument.

    Raises:
        TypeError: It is neither a mapping nor None.
    """
    if config is not None and not isinstance(config, Mapping):
        raise TypeError(
            f"{type(config).__name__!r} object is not a mapping: telemetry takes a dict such as "
            '{"tracing": False}, or None for the defaults.'
        )
    return config  # type: ignore[return-value]


def complete(config: TelemetryConfig | None) -> TelemetryConfig:
    """Return a configuration with every key."""
    variable = f"{NAMES.environment}_OTEL_AUTO_CONFIGURE"
    defaults = TelemetryConfig(
        tracer_provider=None,
        meter_provider=None,
        logger_provider=None,
        tracing=True,
        metrics=True,
        logs=True,
        operation_spans=True,
        auto_configure=os.environ.get(variable, "").lower() == "true",
        exclude=None,
    )
    return {**defaults, **(config or {})}
