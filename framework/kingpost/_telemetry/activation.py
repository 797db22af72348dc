"""Decides whether an application is observed at all."""

import sys
from collections.abc import Iterator
from typing import Any

from starlette.types import ASGIApp

from kingpost._http.errors import KingpostError
from kingpost._telemetry.settings import TelemetryConfig, complete

__all__ = ["observer_for"]


def observer_for(config: TelemetryConfig | None, stack: ASGIApp) -> Any:
    """Return the observer of an application; None where there is nothing to observe with.

    OpenTelemetry is imported only if the application asks for it, or if the process uses it
    already: an application without it pays nothing.

    Args:
        config: The application's `telemetry` argument.
        stack: The router with all middleware; OpenTelemetry's own takes precedence.

    Raises:
        KingpostError: Exporters are to be configured, but the packages for it are missing.
    """
    settings = complete(config)
    if settings["auto_configure"]:
        _configure_exporters()
    elif not config and "opentelemetry" not in sys.modules:
        return None
    if any(type(layer).__module__.startswith("opentelemetry.") for layer in _layers(stack)):
        return None
    try:
        from opentelemetry import _logs, metrics, trace
    except ImportError:
        return None
    globals_ = (
        trace.get_tracer_provider(),
        metrics.get_meter_provider(),
        _logs.get_logger_provider(),
    )
    given = [settings[name] for name in ("tracer_provider", "meter_provider", "logger_provider")]
    if not any(given) and all("roxy" in type(provider).__name__ for provider in globals_):
        return None
    from kingpost._telemetry.observer import Observer

    return Observer(settings)


def _layers(stack: Any) -> Iterator[Any]:
    while stack is not None:
        yield stack
        stack = getattr(stack, "app", None)


def _configure_exporters() -> None:
    """Send traces, metrics and logs to the collector that the ``OTEL_*`` variables name."""
    try:
        from kingpost._telemetry.exporters import configure
    except ImportError as exc:
        raise KingpostError(
            "Telemetry is to configure its exporters, but the packages for it are missing. Install "
            "`kingpost[opentelemetry]`, or leave auto_configure off."
        ) from exc
    configure()
