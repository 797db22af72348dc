"""opentelemetry-instrumentation-fastapi: a span of each request, made around the framework."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter, BackgroundTasks, FastAPI
from fastapi.testclient import TestClient
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    """Return where the spans are kept."""
    return InMemorySpanExporter()


@pytest.fixture
def client(exporter: InMemorySpanExporter) -> Iterator[TestClient]:
    """Serve an application that was instrumented after its operations were declared."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app, router = FastAPI(), APIRouter(prefix="/shop")

    def note() -> None:
        """Be a background task."""

    @router.get("/orders/{number}")
    async def read(number: int, tasks: BackgroundTasks) -> int:
        tasks.add_task(note)
        if not number:
            raise LookupError
        return number

    app.include_router(router)
    FastAPIInstrumentor.instrument_app(app, tracer_provider=provider, exclude_spans=["send"])
    yield TestClient(app, raise_server_exceptions=False)
    FastAPIInstrumentor.uninstrument_app(app)


def spans(exporter: InMemorySpanExporter) -> list[tuple[str, object, bool]]:
    """Return name, status and success of each span, in the order of names."""
    found = [
        (
            span.name,
            (span.attributes or {}).get("http.status_code"),
            span.status.is_ok,
        )
        for span in exporter.get_finished_spans()
    ]
    return sorted(found, key=str)


def test_requests_have_a_span_with_the_template_of_their_path(
    client: TestClient, exporter: InMemorySpanExporter
) -> None:
    """Included routers are found with their prefix; background tasks have a span too."""
    assert client.get("/shop/orders/1").json() == 1
    assert client.get("/shop/orders/x").status_code == 422

    assert spans(exporter) == [
        ("BackgroundTask note", None, True),
        ("GET /shop/orders/{number}", 200, True),
        ("GET /shop/orders/{number}", 422, True),
    ]


def test_an_exception_is_noted_in_the_span(
    client: TestClient, exporter: InMemorySpanExporter
) -> None:
    """It passes the instrumentation on its way to the answer."""
    assert client.get("/shop/orders/0").status_code == 500

    (span,) = exporter.get_finished_spans()
    assert not span.status.is_ok
    assert [event.name for event in span.events] == ["exception"]
