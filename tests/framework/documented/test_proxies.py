"""An application behind a proxy that takes a prefix off the path, or speaks HTTPS for it."""

from typing import Any

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from kingpost import APIRouter, Kingpost, Request
from kingpost.testclient import TestClient


def harbour(**options: Any) -> Kingpost:
    """Return an application that tells the prefix it is served under."""
    app = Kingpost(**options)

    @app.get("/berths")
    def berths(request: Request) -> dict[str, Any]:
        return {"root_path": request.scope.get("root_path"), "path": request.url.path}

    return app


def behind_proxy(app: Any) -> Any:
    """Return the application as a server runs it that trusts its proxy."""
    return ProxyHeadersMiddleware(app, trusted_hosts="*")


def test_root_path_from_the_server() -> None:
    """The server's prefix stands in the scope, and first among the documented servers."""
    client = TestClient(harbour(), root_path="/api/v1")

    assert client.get("/berths").json()["root_path"] == "/api/v1"
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api/v1"}]
    assert "/api/v1/openapi.json" in client.get("/docs").text
    assert "/api/v1/openapi.json" in client.get("/redoc").text


def test_request_with_and_without_the_prefix() -> None:
    """Both spellings of a path lead to the operation: the proxy may strip the prefix or not."""
    client = TestClient(harbour(), root_path="/api/v1")

    assert client.get("/api/v1/berths").json()["root_path"] == "/api/v1"
    assert client.get("/berths").status_code == 200
    assert client.get("/api/v2/berths").status_code == 404


def test_root_path_of_the_application() -> None:
    """The application's own prefix does the same, whatever the server says, with a warning."""
    with pytest.warns(UserWarning, match="root_path"):
        app = harbour(root_path="/api/v2")
    client = TestClient(app, root_path="/ignored")

    assert client.get("/berths").json()["root_path"] == "/api/v2"
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api/v2"}]


def test_no_servers_without_a_prefix() -> None:
    """An application without prefix and without servers documents no servers."""
    client = TestClient(harbour())

    assert client.get("/berths").json()["root_path"] == ""
    assert "servers" not in client.get("/openapi.json").json()


def test_prefix_before_the_given_servers() -> None:
    """The prefix comes before the servers that the application names."""
    servers = [
        {"url": "https://staging.example", "description": "Staging"},
        {"url": "https://example", "description": "Production"},
    ]
    client = TestClient(harbour(servers=servers), root_path="/api/v1")

    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api/v1"}, *servers]
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/api/v1"}, *servers]


def test_prefix_kept_out_of_the_servers() -> None:
    """With `root_path_in_servers=False` the document has the named servers only."""
    servers = [{"url": "https://example"}]
    named = TestClient(harbour(servers=servers, root_path_in_servers=False), root_path="/api/v1")
    none = TestClient(harbour(root_path_in_servers=False), root_path="/api/v1")

    assert named.get("/openapi.json").json()["servers"] == servers
    assert "servers" not in none.get("/openapi.json").json()


def test_mounted_application_behind_a_proxy() -> None:
    """A mounted application sees the proxy's prefix and its own place below it."""
    app, inner = harbour(), harbour()
    app.mount("/inner", inner)
    client = TestClient(app, root_path="/api/v1")

    assert client.get("/api/v1/inner/berths").json()["root_path"] == "/api/v1/inner"
    assert client.get("/api/v1/inner/openapi.json").json()["servers"] == [{"url": "/api/v1/inner"}]
    assert "/inner/berths" not in client.get("/openapi.json").json()["paths"]


def test_slash_redirect_keeps_the_prefix() -> None:
    """The redirect to the path with its slash stays below the prefix."""
    app = Kingpost()
    router = APIRouter()

    @router.get("/")
    def berths() -> list[str]:
        return ["A1"]

    app.include_router(router, prefix="/berths")
    client = TestClient(app, root_path="/api/v1", follow_redirects=False)
    answer = client.get("/api/v1/berths")

    assert answer.status_code == 307
    assert answer.headers["location"] == "http://testserver/api/v1/berths/"


def test_forwarded_headers_from_a_trusted_proxy() -> None:
    """What the proxy says of scheme and client reaches redirects and the request."""
    app = Kingpost()

    @app.get("/berths/")
    def berths(request: Request) -> dict[str, Any]:
        return {"scheme": request.url.scheme, "client": request.client and request.client.host}

    headers = {
        "host": "harbour.example",
        "x-forwarded-proto": "https",
        "x-forwarded-for": "203.0.113.9",
    }
    trusting = TestClient(behind_proxy(app), follow_redirects=False)
    wary = TestClient(app, follow_redirects=False)

    redirect = trusting.get("/berths", headers=headers)
    assert redirect.status_code == 307
    assert redirect.headers["location"] == "https://harbour.example/berths/"
    assert trusting.get("/berths/", headers=headers).json() == {
        "scheme": "https",
        "client": "203.0.113.9",
    }
    ignored = wary.get("/berths", headers=headers)
    assert ignored.headers["location"] == "http://harbour.example/berths/"
