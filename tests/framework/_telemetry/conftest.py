"""Telemetry kept in memory."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from kingpost.telemetry import TelemetryConfig


@dataclass
class Recorded:
    """What was told to OpenTelemetry."""

    spans_in: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    logs_in: InMemoryLogRecordExporter = field(default_factory=InMemoryLogRecordExporter)
    metrics_in: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)

    @property
    def config(self) -> TelemetryConfig:
        """The argument for an application."""
        tracers = TracerProvider()
        tracers.add_span_processor(SimpleSpanProcessor(self.spans_in))
        loggers = LoggerProvider()
        loggers.add_log_record_processor(SimpleLogRecordProcessor(self.logs_in))
        return {
            "tracer_provider": tracers,
            "meter_provider": MeterProvider(metric_readers=[self.metrics_in]),
            "logger_provider": loggers,
        }

    @property
    def spans(self) -> list[ReadableSpan]:
        """The spans in the order in which they ended."""
        return list(self.spans_in.get_finished_spans())

    @property
    def names(self) -> list[str]:
        """Their names."""
        return [span.name for span in self.spans]

    @property
    def events(self) -> list[Any]:
        """The log records."""
        return [item.log_record for item in self.logs_in.get_finished_logs()]

    def points(self, metric: str) -> list[Any]:
        """The measurements of one metric."""
        data = self.metrics_in.get_metrics_data()
        assert data is not None
        return [
            point
            for resource in data.resource_metrics
            for scope in resource.scope_metrics
            for found in scope.metrics
            if found.name == metric
            for point in found.data.data_points
        ]


@pytest.fixture
def recorded() -> Recorded:
    """A record of its own for each test."""
    return Recorded()
