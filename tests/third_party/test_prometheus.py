"""prometheus-fastapi-instrumentator: counts requests by the template of their path."""

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.testclient import TestClient
from prometheus_client import CollectorRegistry
from prometheus_fastapi_instrumentator import Instrumentator
from prometheus_fastapi_instrumentator.metrics import default


@pytest.fixture
def registry() -> CollectorRegistry:
    """Return a registry of its own for each test."""
    return CollectorRegistry()


@pytest.fixture
def client(registry: CollectorRegistry) -> TestClient:
    """Serve an instrumented application."""
    app, sub, router = FastAPI(), FastAPI(), APIRouter(prefix="/shop")

    @app.get("/items/{item_id}")
    async def read_item(item_id: int) -> int:
        if item_id == 0:
            raise HTTPException(404)
        return item_id

    @router.post("/orders/{name}")
    async def create(name: str) -> str:
        return name

    @sub.get("/inner/{n}")
    async def inner(n: int) -> int:
        return n

    app.include_router(router, prefix="/v1")
    app.mount("/sub", sub)
    Instrumentator(registry=registry, excluded_handlers=["/metrics"]).add(
        default(registry=registry)
    ).instrument(app).expose(app)
    return TestClient(app)


def count(registry: CollectorRegistry, **labels: Any) -> float | None:
    """Return how many requests were counted with these labels."""
    value: float | None = registry.get_sample_value("http_requests_total", labels)
    return value


def test_requests_are_counted_by_template(client: TestClient, registry: CollectorRegistry) -> None:
    """Included routers and mounts are found with their prefix."""
    for path in ("/items/1", "/items/2", "/items/x", "/items/0", "/sub/inner/3"):
        client.get(path)
    client.post("/v1/shop/orders/a")
    client.get("/nowhere")

    get = {"method": "GET", "handler": "/items/{item_id}"}
    assert count(registry, status="2xx", **get) == 2
    assert count(registry, status="4xx", **get) == 2
    handler = "/v1/shop/orders/{name}"
    assert count(registry, method="POST", handler=handler, status="2xx") == 1
    assert count(registry, method="GET", handler="/sub/inner/{n}", status="2xx") == 1
    assert count(registry, method="GET", handler="none", status="4xx") == 1


def test_metrics_are_exposed(client: TestClient) -> None:
    """The package's own route answers in Prometheus's format, and is documented."""
    client.get("/items/1")

    response = client.get("/metrics")

    assert response.headers["content-type"].startswith("text/plain")
    assert 'handler="/items/{item_id}"' in response.text
    assert "/metrics" in client.get("/openapi.json").json()["paths"]
