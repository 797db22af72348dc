"""Decides whether an application is observed at all."""

import sys
from collections.abc import Sequence
from typing import Any

from starlette.middleware import Middleware

from kingpost._http.errors import KingpostError
from kingpost._telemetry.settings import TelemetryConfig, complete

__all__ = ["observer_for"]


def observer_for(config: TelemetryConfig | None, middleware: Sequence[Middleware]) -> Any:
    """Return the observer of an application; None where there is nothing to observe with.

    OpenTelemetry is imported only if the application asks for it, or if the process uses it
    already: an application without it pays nothing.

    Args:
        config: The application's `telemetry` argument.
        middleware: The application's middleware; OpenTelemetry's own takes precedence.

    Raises:
        KingpostError: Exporters are to be configured, but the packages for it are missing.
    """
    settings = complete(config)
    if settings["auto_configure"]:
        _configure_exporters()
    elif not config and "opentelemetry" not in sys.modules:
        return None
    if any(getattr(item.cls, "__module__", "").startswith("opentelemetry.") for item in middleware):
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
