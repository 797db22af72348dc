"""Code that takes the parameters outside the body from the request."""

from typing import Annotated, Any

import pytest

from kingpost import Cookie, Header, Kingpost, Query
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def source_of(app: Kingpost) -> str:
    """The generated handler of the last operation."""
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    return route.handler_source


def test_only_what_is_named_is_read() -> None:
    """No query parsing without query parameters, no loop over headers without headers."""
    app = Kingpost(openapi_url=None)

    @app.get("/{n}")
    async def read(n: int) -> int:
        return n

    source = source_of(app)
    assert "scope['path_params']['n']" in source
    assert "query_string" not in source
    assert "headers']" not in source.split("try:")[0]


def test_one_loop_reads_all_headers() -> None:
    """Each header is looked at once, whatever the number of parameters."""
    app = Kingpost(openapi_url=None)

    @app.get("/")
    async def read(x_a: Annotated[str, Header()], x_b: Annotated[list[str], Header()]) -> Any:
        return [x_a, x_b]

    assert source_of(app).count("for name, value in scope['headers']") == 1
    headers = [("x-a", "1"), ("x-a", "2"), ("x-b", "3"), ("x-b", "4")]
    assert TestClient(app).get("/", headers=headers).json() == ["1", ["3", "4"]]


def test_plain_text_is_not_validated() -> None:
    """It is what it is: only whether it is there has to be seen."""
    app = Kingpost(openapi_url=None)

    @app.get("/{path}")
    async def read(
        path: str, q: str, x_key: Annotated[str | None, Header()] = None, sort: str = "name"
    ) -> Any:
        return [path, q, x_key, sort]

    assert "validate" not in source_of(app)
    client = TestClient(app)
    assert client.get("/a?q=").json() == ["a", "", None, "name"]
    assert client.get("/a?q=1&q=2&sort=b", headers={"x-key": "k"}).json() == ["a", "2", "k", "b"]
    refused = client.get("/a?sort=b")
    assert refused.status_code == 422
    assert [error["loc"] for error in refused.json()["detail"]] == [["query", "q"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, ["none"]]),
        ("a=1&a=2", [2, ["none"]]),
        ("b=x&b=y+z", [0, ["x", "y z"]]),
        ("a=3&b=%C3%A9", [3, ["é"]]),
    ],
)
def test_scalars_take_the_last_value_and_lists_all(query: str, expected: list[Any]) -> None:
    """Beside a list a scalar still is the last of its values."""
    app = Kingpost(openapi_url=None)

    @app.get("/")
    async def read(a: int = 0, b: Annotated[list[str], Query()] = ["none"]) -> Any:  # noqa: B006
        return [a, b]

    assert TestClient(app).get(f"/?{query}").json() == expected


def test_cookies_are_read_by_name() -> None:
    """A cookie that is not sent leaves the default."""
    app = Kingpost(openapi_url=None)

    @app.get("/")
    async def read(
        a: Annotated[str, Cookie()] = "none", b_c: Annotated[str, Cookie()] = "x"
    ) -> Any:
        return [a, b_c]

    assert TestClient(app, cookies={"b_c": "y"}).get("/").json() == ["none", "y"]


def test_defaults_are_not_shared_between_requests() -> None:
    """A mutable default is a new one for each request."""
    app = Kingpost(openapi_url=None)

    @app.get("/")
    async def read(tags: Annotated[list[str], Query()] = []) -> Any:  # noqa: B006
        tags.append("more")
        return tags

    client = TestClient(app)
    assert [client.get("/").json() for _ in range(2)] == [["more"], ["more"]]
