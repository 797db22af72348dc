"""OpenTelemetry: what to observe, and what is known of the current request."""

from kingpost._telemetry.data import TelemetryData, get_telemetry_data
from kingpost._telemetry.settings import TelemetryConfig

__all__ = ["TelemetryConfig", "TelemetryData", "get_telemetry_data"]
