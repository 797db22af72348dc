"""fastapi-limiter: so many requests in a while, and then 429."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, WebSocket
from fastapi.testclient import TestClient
from fastapi_limiter.decorators import skip_limiter
from fastapi_limiter.depends import RateLimiter, WebSocketRateLimiter
from pyrate_limiter import Duration, Limiter, Rate
from starlette.exceptions import HTTPException


def limiter(count: int) -> Limiter:
    """Return a limit that no test outlasts."""
    return Limiter(Rate(count, Duration.DAY))


@pytest.fixture
def client() -> TestClient:
    """Serve limited operations: by decorator, by router, for WebSockets."""
    app = FastAPI()
    router = APIRouter(prefix="/api", dependencies=[Depends(RateLimiter(limiter(2)))])

    @app.get("/one", dependencies=[Depends(RateLimiter(limiter(1)))])
    async def one() -> str:
        return "one"

    @app.get("/two", dependencies=[Depends(RateLimiter(limiter(1)))])
    async def two() -> str:
        return "two"

    @router.get("/limited")
    async def limited() -> str:
        return "limited"

    @router.get("/free")
    @skip_limiter  # type: ignore[untyped-decorator]
    async def free() -> str:
        return "free"

    sockets = WebSocketRateLimiter(limiter(1))

    @app.websocket("/ws")
    async def serve(websocket: WebSocket) -> None:
        await websocket.accept()
        for _ in range(2):
            text = await websocket.receive_text()
            try:
                await sockets(websocket, context_key=text)
            except HTTPException as exc:
                text = str(exc.status_code)
            await websocket.send_text(text)

    app.include_router(router)
    return TestClient(app)


def test_the_request_too_many_is_refused(client: TestClient) -> None:
    """Each operation has its own count."""
    assert [client.get("/one").status_code for _ in range(2)] == [200, 429]
    assert client.get("/two").status_code == 200


def test_an_included_router_is_limited(client: TestClient) -> None:
    """The package finds the route of a request among the application's routes."""
    assert [client.get("/api/limited").status_code for _ in range(3)] == [200, 200, 429]
    assert [client.get("/api/free").status_code for _ in range(3)] == [200, 200, 200]


def test_a_websocket_is_limited(client: TestClient) -> None:
    """Messages are counted by key."""
    with client.websocket_connect("/ws") as session:
        answers = []
        for _ in range(2):
            session.send_text("key")
            answers.append(session.receive_text())

    assert answers == ["key", "429"]


def test_it_is_an_annotated_dependency_too() -> None:
    """The instance is called as any dependency."""
    app = FastAPI()

    @app.get("/")
    async def read(_: Annotated[None, Depends(RateLimiter(limiter(1)))]) -> str:
        return "read"

    client = TestClient(app)

    assert [client.get("/").status_code for _ in range(2)] == [200, 429]
