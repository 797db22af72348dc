"""An application tested without a server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import pytest

from kingpost import Cookie, Header, Kingpost, Request
from kingpost.responses import RedirectResponse, Response, StreamingResponse
from kingpost.testclient import TestClient


def application() -> Kingpost:
    """A post office."""
    app = Kingpost()

    @app.get("/letters/{number}")
    async def letter(
        number: int,
        x_clerk: Annotated[str, Header()],
        counter: Annotated[str | None, Cookie()] = None,
    ) -> list[str | int | None]:
        return [number, x_clerk, counter]

    @app.get("/moved")
    async def moved() -> RedirectResponse:
        return RedirectResponse("/host")

    @app.get("/host")
    async def host(request: Request) -> list[str | None]:
        client = request.client
        return [str(request.url), client.host if client else None]

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("no stamps")

    return app


def test_requests_with_headers_and_cookies() -> None:
    """Headers and cookies of the client are sent with each request."""
    client = TestClient(application(), headers={"x-clerk": "Ada"}, cookies={"counter": "7"})

    assert client.get("/letters/3").json() == [3, "Ada", "7"]
    assert client.get("/letters/3", headers={"x-clerk": "Bea"}).json() == [3, "Bea", "7"]
    assert TestClient(application()).get("/letters/3").status_code == 422


def test_cookies_are_kept() -> None:
    """A cookie that was set comes back with the next request."""
    app = Kingpost()

    @app.post("/sign-in")
    async def sign_in(response: Response) -> None:
        response.set_cookie("session", "s1")

    @app.get("/who")
    async def who(session: Annotated[str | None, Cookie()] = None) -> str | None:
        return session

    client = TestClient(app)

    assert client.get("/who").json() is None
    client.post("/sign-in")
    assert client.get("/who").json() == "s1"
    assert dict(client.cookies) == {"session": "s1"}


def test_base_address_and_redirects() -> None:
    """The address can be chosen; redirects are followed unless one says otherwise."""
    app = application()
    client = TestClient(app, base_url="https://post.example", client=("10.0.0.9", 1))

    assert client.get("/moved").json() == ["https://post.example/host", "10.0.0.9"]
    assert client.get("/moved", follow_redirects=False).status_code == 307
    assert TestClient(app, follow_redirects=False).get("/moved").status_code == 307


def test_errors_of_the_application() -> None:
    """An error leaves the client as it is raised, or is answered as a server would."""
    app = application()

    with pytest.raises(RuntimeError, match="no stamps"):
        TestClient(app).get("/broken")
    answer = TestClient(app, raise_server_exceptions=False).get("/broken")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")


def test_start_and_end_only_in_a_with_block() -> None:
    """The lifespan runs where the client is used as a context manager."""
    events: list[str] = []

    @asynccontextmanager
    async def lifespan(_: Kingpost) -> AsyncIterator[None]:
        events.append("opened")
        yield
        events.append("closed")

    app = Kingpost(lifespan=lifespan)
    TestClient(app).get("/")

    assert events == []
    with TestClient(app) as client:
        assert events == ["opened"]
        assert client.get("/").status_code == 404
    assert events == ["opened", "closed"]


def test_answer_read_in_parts() -> None:
    """An answer can be read while it comes."""
    app = Kingpost()

    async def stamps() -> AsyncIterator[bytes]:
        yield b"one\n"
        yield b"two\n"

    @app.get("/stamps")
    async def all_stamps() -> StreamingResponse:
        return StreamingResponse(stamps())

    with TestClient(app).stream("GET", "/stamps") as answer:
        lines = list(answer.iter_lines())

    assert lines == ["one", "two"]


def test_prefix_of_a_proxy() -> None:
    """A client can stand for a server that knows its prefix."""
    client = TestClient(application(), root_path="/api")

    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api"}]
