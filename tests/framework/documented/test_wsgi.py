"""An application of the older kind, WSGI, below a path."""

import warnings
from collections.abc import Callable, Iterable
from typing import Any

from kingpost import Kingpost
from kingpost.testclient import TestClient

with warnings.catch_warnings():
    # Its home recommends another package for new applications.
    warnings.simplefilter("ignore")
    from kingpost.middleware.wsgi import WSGIMiddleware


def old(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Tell what a WSGI application sees of a request."""
    start("200 OK", [("content-type", "text/plain"), ("x-kind", "wsgi")])
    body = environ["wsgi.input"].read()
    parts = (environ["SCRIPT_NAME"], environ["PATH_INFO"], environ["QUERY_STRING"], body.decode())
    return ["|".join(parts).encode()]


def test_mounted_below_a_path() -> None:
    """Everything below the path is the older application's, the rest is ours."""
    app = Kingpost()

    @app.get("/v2")
    def new() -> str:
        return "new"

    app.mount("/v1", WSGIMiddleware(old))
    client = TestClient(app)
    answer = client.post("/v1/list?sort=up", content=b"text")

    assert answer.text == "/v1|/list|sort=up|text"
    assert answer.headers["x-kind"] == "wsgi"
    assert client.get("/v2").json() == "new"
    assert client.get("/v3").status_code == 404
    assert list(app.openapi()["paths"]) == ["/v2"]
