"""fastapi-cache2: an operation's result is kept and served again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from fastapi_cache import FastAPICache
from fastapi_cache.backends.inmemory import InMemoryBackend
from fastapi_cache.decorator import cache
from pydantic import BaseModel


class Item(BaseModel):
    """A result with a model."""

    n: int
    calls: int


@pytest.fixture
def calls() -> list[int]:
    """Return what the operations were called with."""
    return []


@pytest.fixture
def app(calls: list[int]) -> FastAPI:
    """Return an application with cached operations, asynchronous and not."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        FastAPICache.init(InMemoryBackend(), prefix="tests")
        yield
        await FastAPICache.clear()
        FastAPICache.reset()

    app = FastAPI(lifespan=lifespan)

    def doubled(n: int) -> int:
        return 2 * n

    @app.get("/items/{n}")
    @cache(expire=60)  # type: ignore[untyped-decorator]
    async def read_item(n: int, twice: int = Depends(doubled)) -> Item:
        calls.append(n)
        return Item(n=twice, calls=len(calls))

    @app.get("/sync")
    @cache(expire=60)  # type: ignore[untyped-decorator]
    def read_sync(q: str = "") -> dict[str, int]:
        calls.append(0)
        return {"calls": len(calls)}

    return app


def test_a_second_request_is_served_from_the_cache(app: FastAPI, calls: list[int]) -> None:
    """The headers say so; another parameter is another entry."""
    with TestClient(app) as client:
        first, second, other = (client.get(f"/items/{n}") for n in (1, 1, 2))

    assert first.json() == second.json() == {"n": 2, "calls": 1}
    assert other.json() == {"n": 4, "calls": 2}
    assert [r.headers["x-fastapi-cache"] for r in (first, second, other)] == ["MISS", "HIT", "MISS"]
    assert second.headers["cache-control"].startswith("max-age=")
    assert calls == [1, 2]


def test_a_client_that_has_it_gets_not_modified(app: FastAPI, calls: list[int]) -> None:
    """The response that the package injects decides the status."""
    with TestClient(app) as client:
        tag = client.get("/items/1").headers["etag"]
        response = client.get("/items/1", headers={"if-none-match": tag})

    assert (response.status_code, response.content) == (304, b"")


def test_a_client_can_go_around_it(app: FastAPI, calls: list[int]) -> None:
    """Cache-Control: no-store calls the operation."""
    with TestClient(app) as client:
        for _ in range(2):
            client.get("/items/1", headers={"cache-control": "no-store"})

    assert calls == [1, 1]


def test_synchronous_operations_are_cached(app: FastAPI, calls: list[int]) -> None:
    """The package runs them in the thread pool."""
    with TestClient(app) as client:
        assert [client.get("/sync").json() for _ in range(2)] == [{"calls": 1}] * 2


def test_injected_parameters_are_not_documented(app: FastAPI) -> None:
    """The request and the response that the package asks for are no parameters."""
    operation = app.openapi()["paths"]["/items/{n}"]["get"]

    assert [parameter["name"] for parameter in operation["parameters"]] == ["n"]
    # The package's signature names no result: it may as well be a response of its own.
    assert operation["responses"]["200"]["content"] == {"application/json": {"schema": {}}}
