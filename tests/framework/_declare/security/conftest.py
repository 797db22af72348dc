from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from starlette.requests import HTTPConnection

Ask = Callable[..., Any]


@pytest.fixture
def ask(anyio_backend: str) -> Ask:
    """Return what a scheme makes of a request with the given headers and query."""

    async def ask(
        scheme: Callable[[HTTPConnection], Awaitable[Any]],
        *headers: tuple[str, str],
        query: str = "",
    ) -> Any:
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        scope = {"type": "http", "headers": raw, "query_string": query.encode(), "path": "/"}
        return await scheme(HTTPConnection(scope))

    return ask
