"""Code that turns the result into a response and sends it."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from kingpost import BackgroundTasks, Depends, Kingpost, Response
from kingpost.responses import HTMLResponse, PlainTextResponse
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


class Public(BaseModel):
    """What may be seen."""

    name: str


class Private(Public):
    """What may not."""

    secret: str = "s"


def source_of(app: Kingpost) -> str:
    """The generated handler of the last operation."""
    route = app.routes[-1]
    assert isinstance(route, APIRoute)
    return route.handler_source


def test_an_instance_of_the_model_goes_straight_to_json() -> None:
    """Anything else is validated first; a subclass is filtered."""
    app = Kingpost(openapi_url=None)
    results: list[Any] = [Public(name="a"), Private(name="b"), {"name": "c", "secret": "s"}]

    @app.get("/{n}")
    async def read(n: int) -> Public:
        return results[n]  # type: ignore[no-any-return]

    assert "if type(result) is MODEL:" in source_of(app)
    client = TestClient(app)
    assert [client.get(f"/{n}").content for n in range(3)] == [
        b'{"name":"a"}',
        b'{"name":"b"}',
        b'{"name":"c"}',
    ]


def test_the_serialiser_s_options_hold() -> None:
    """Fields are left out as the operation says."""
    app = Kingpost(openapi_url=None)

    @app.get("/", response_model=Private, response_model_exclude={"secret"})
    async def read() -> Any:
        return Private(name="a")

    assert TestClient(app).get("/").json() == {"name": "a"}


@pytest.mark.parametrize("status", [200, 201, 204, 205, 304])
def test_headers_are_known_beforehand(status: int) -> None:
    """Length and type; no body and no length where the status has none."""
    app = Kingpost(openapi_url=None)
    app.get("/", status_code=status, response_model=None)(lambda: {"a": 1})
    answer = TestClient(app).get("/")

    assert answer.headers["content-type"] == "application/json"
    if status < 204:
        assert (answer.content, answer.headers["content-length"]) == (b'{"a":1}', "7")
    else:
        assert answer.content == b""
        assert "content-length" not in answer.headers


def test_a_returned_response_is_sent_as_it_is() -> None:
    """Only background tasks are added, where it has none."""
    app = Kingpost(openapi_url=None)
    done: list[int] = []

    @app.get("/")
    async def read(tasks: BackgroundTasks, response: Response) -> Any:
        response.headers["x-lost"] = "1"
        tasks.add_task(done.append, 1)
        return PlainTextResponse("x", status_code=418)

    answer = TestClient(app).get("/")
    assert (answer.status_code, answer.text, done) == (418, "x", [1])
    assert "x-lost" not in answer.headers


def test_another_response_class_makes_the_body() -> None:
    """Of the result, with the status and what was set on the injected response."""
    app = Kingpost(openapi_url=None)
    done: list[int] = []

    @app.get("/", response_class=HTMLResponse, status_code=201)
    async def read(response: Response, tasks: BackgroundTasks) -> str:
        response.headers["x-set"] = "1"
        tasks.add_task(done.append, 1)
        return "<p>"

    assert "result = render(result, injected=response, background=background)" in source_of(app)
    answer = TestClient(app).get("/")
    assert (answer.status_code, answer.text, done) == (201, "<p>", [1])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-set"] == "1"


@pytest.mark.parametrize("asynchronous", [True, False])
def test_an_operation_that_yields_is_compiled(asynchronous: bool) -> None:
    """With the status and what was set on the injected response, before tasks are done."""
    app = Kingpost(openapi_url=None)
    done: list[str] = []

    def dependency(response: Response, tasks: BackgroundTasks) -> None:
        response.headers["x-set"] = "1"
        response.status_code = 202
        tasks.add_task(done.append, "task")

    def items(start: int) -> Iterator[int]:
        yield start
        done.append("items")
        yield start + 1

    async def asynchronous_items(start: int) -> AsyncIterator[int]:
        for item in items(start):
            yield item

    endpoint = asynchronous_items if asynchronous else items
    app.get("/", dependencies=[Depends(dependency)])(endpoint)

    assert "result = stream(result, injected=response, background=background)" in source_of(app)
    answer = TestClient(app).get("/?start=1")
    assert (answer.status_code, answer.text, done) == (202, "1\n2\n", ["items", "task"])
    assert answer.headers["x-set"] == "1"
    assert TestClient(app).get("/?start=x").json()["detail"][0]["loc"] == ["query", "start"]


def test_a_merged_response_takes_the_exact_path_where_something_is_injected() -> None:
    """Where nothing is, there is nothing to merge, and the handler stays as it is."""

    def injected(response: Response) -> int:
        return 1

    def plain() -> int:
        return 1

    source = source_of(one_route(injected, merge_injected_response=True))
    assert "Not compiled: a response that is returned is merged with the injected one" in source
    assert source_of(one_route(plain, merge_injected_response=True)) == source_of(one_route(plain))


def one_route(endpoint: Any, **options: Any) -> Kingpost:
    """Make an application of one operation."""
    app = Kingpost(openapi_url=None)
    app.get("/", **options)(endpoint)
    return app
