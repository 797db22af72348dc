"""Exporters over OTLP."""

import subprocess
import sys

PROGRAM = """
from opentelemetry import _logs, metrics, trace
from kingpost._telemetry.exporters import configure
configure()
first = trace.get_tracer_provider()
configure()
assert trace.get_tracer_provider() is first
providers = (first, metrics.get_meter_provider(), _logs.get_logger_provider())
kinds = [type(provider).__name__ for provider in providers]
assert kinds == ["TracerProvider", "MeterProvider", "LoggerProvider"], kinds
for provider in providers:
    provider.shutdown()
"""


def test_global_providers_are_installed_once() -> None:
    """Each of the three has an exporter; a second call changes nothing.

    In a process of its own: global providers cannot be taken back.
    """
    environment = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
        "OTEL_SDK_DISABLED": "false",
    }
    subprocess.run(  # noqa: S603
        [sys.executable, "-c", PROGRAM],
        check=True,
        env={**environment, "PYTHONPATH": ":".join(sys.path)},
        timeout=60,
    )
