"""A program whose requests sentry-sdk watches: it changes classes for the whole process."""

import json
import sys
from typing import Any

import sentry_sdk
from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.testclient import TestClient
from sentry_sdk.integrations.fastapi import FastApiIntegration
from sentry_sdk.integrations.starlette import StarletteIntegration


def application() -> FastAPI:
    """An application of which some operations fail."""
    app, router = FastAPI(), APIRouter(prefix="/shop")

    @app.get("/well")
    async def well() -> str:
        return "well"

    @router.get("/orders/{name}")
    def boom(name: str) -> str:
        raise LookupError(name)

    @router.post("/orders")
    async def busy(body: dict[str, int]) -> None:
        raise HTTPException(503 if body["n"] else 404)

    app.include_router(router)
    return app


def main() -> None:
    """Write the answers' statuses, and what would be sent, as JSON."""
    sent: list[Any] = []

    def keep(event: Any, _hint: Any) -> None:
        sent.append(event)

    # Before the application is declared, as its guide says.
    sentry_sdk.init(
        dsn="http://key@localhost/1",
        before_send=keep,
        before_send_transaction=keep,
        traces_sample_rate=1.0,
        auto_enabling_integrations=False,
        integrations=[
            StarletteIntegration(failed_request_status_codes={503}),
            FastApiIntegration(failed_request_status_codes={503}),
        ],
    )
    client = TestClient(application(), raise_server_exceptions=False)
    answers = [
        client.get("/well"),
        client.get("/shop/orders/a"),
        client.post("/shop/orders", json={"n": 0}),
        client.post("/shop/orders", json={"n": 1}),
        client.post("/shop/orders", json=[]),
    ]
    statuses = [each.status_code for each in answers]
    sys.stdout.write(json.dumps({"statuses": statuses, "sent": sent}, default=str))
