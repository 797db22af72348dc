"""The routes of the OpenAPI document and of the pages that show it."""

from typing import Any

import pytest

from kingpost import Kingpost
from kingpost.testclient import TestClient


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({}, ["/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc"]),
        ({"openapi_url": None}, []),
        ({"docs_url": None}, ["/openapi.json", "/redoc"]),
        ({"redoc_url": None, "swagger_ui_oauth2_redirect_url": None}, ["/openapi.json", "/docs"]),
        ({"openapi_url": "/a.json", "docs_url": "/b", "redoc_url": "/c"},
         ["/a.json", "/b", "/docs/oauth2-redirect", "/c"]),
    ],
)  # fmt: skip
def test_pages_are_where_they_are_wanted(options: dict[str, Any], paths: list[str]) -> None:
    """Each can be moved or left out; without the document there are no pages."""
    app = Kingpost(**options)

    assert [getattr(route, "path", "") for route in app.routes] == paths
    client = TestClient(app)
    assert {client.get(path).status_code for path in paths} <= {200}


def test_the_root_path_is_the_first_server() -> None:
    """Behind a proxy the document says where the operations are, unless it says so already."""
    app = Kingpost(servers=[{"url": "/other"}])

    def servers(root_path: str) -> Any:
        return TestClient(app, root_path=root_path).get("/openapi.json").json()["servers"]

    assert servers("") == [{"url": "/other"}]
    assert servers("/api") == [{"url": "/api"}, {"url": "/other"}]
    assert servers("/other") == [{"url": "/other"}]


def test_scripts_and_styles_are_our_own() -> None:
    """The pages name files below the root path, and each of them is there."""
    client = TestClient(Kingpost())

    page = TestClient(Kingpost(), root_path="/api").get("/docs").text
    assert 'src="/api/docs/assets/swagger-ui-dist@5/swagger-ui-bundle.js"' in page
    for name in (
        "swagger-ui-dist@5/swagger-ui-bundle.js",
        "swagger-ui-dist@5/swagger-ui.css",
        "redoc@2/redoc.standalone.js",
        "favicon.svg",
    ):
        assert client.get(f"/docs/assets/{name}").status_code == 200
    assert client.get("/docs/assets/swagger-ui-dist@5/nothing.js").status_code == 404


def test_the_document_follows_the_routes() -> None:
    """An operation that is added later is documented, too."""
    app = Kingpost()
    assert app.openapi()["paths"] == {}

    app.get("/late")(lambda: 1)

    assert list(app.openapi()["paths"]) == ["/late"]
    assert app.openapi() is app.openapi()
