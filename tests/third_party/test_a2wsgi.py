"""a2wsgi: a WSGI application, mounted."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from a2wsgi import WSGIMiddleware
from fastapi import FastAPI
from fastapi.testclient import TestClient

Start = Callable[[str, list[tuple[str, str]]], Any]


def old(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answer as WSGI applications do (PEP 3333)."""
    if environ["PATH_INFO"] == "/missing":
        start_response("404 Not Found", [("content-type", "text/plain")])
        return [b"no such page"]
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("content-type", "text/plain"), ("x-old", "yes")])
    place = f"{environ['SCRIPT_NAME']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} "
    return [environ["REQUEST_METHOD"].encode(), b" ", place.encode(), body]


@pytest.fixture
def client() -> TestClient:
    """Serve the old application below a path of the new one."""
    app = FastAPI()
    app.mount("/old", WSGIMiddleware(old))

    @app.get("/new")
    def new() -> str:
        return "new"

    return TestClient(app)


def test_requests_are_handed_on(client: TestClient) -> None:
    """Method, path, query and body; status and headers of the answer come back."""
    answer = client.post("/old/a/b?c=d", content=b"body")

    assert answer.text == "POST /old /a/b?c=d body"
    assert answer.headers["x-old"] == "yes"
    assert client.get("/old/missing").status_code == 404


def test_the_new_application_goes_on(client: TestClient) -> None:
    """Beside the old one, which is not in the document."""
    assert client.get("/new").json() == "new"
    assert client.get("/openapi.json").json()["paths"].keys() == {"/new"}
