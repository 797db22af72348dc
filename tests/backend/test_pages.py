"""The built front end, served beside the API."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from app import settings as settings_module
from app.main import create_app
from kingpost.testclient import TestClient
from tests.backend.factories import PAGE, SCRIPT, make_settings, sign_in_admin

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("path", ["/", "/items", "/admin/users?page=2", "/apiary"])
def test_pages(client: TestClient, path: str) -> None:
    """Every address of the front end's router is answered with its page."""
    answer = client.get(path, headers=HTML)

    assert answer.status_code == 200
    assert answer.text == PAGE
    assert answer.headers["content-type"].startswith("text/html")


def test_assets(client: TestClient) -> None:
    """Built files are served as they are."""
    answer = client.get("/assets/app-abc123.js")

    assert answer.status_code == 200
    assert answer.text == SCRIPT


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/items"])
def test_api_paths_are_no_pages(client: TestClient, path: str) -> None:
    """An unknown path of the API is a 404 in JSON, also for a browser."""
    answer = client.get(path, headers=HTML)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("path", ["/../app.db", "/%2e%2e/app.db", "/assets/..%2f..%2fapp.db"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    """A path does not lead out of the folder: there is only the page."""
    answer = client.get(path, headers=HTML)

    assert answer.status_code in (200, 404)
    assert "SQLite" not in answer.text
    if answer.status_code == 200:
        assert answer.text == PAGE


def test_platform_paths_come_first(client: TestClient) -> None:
    """The front end takes no path that is something else."""
    assert client.get("/health/live", headers=HTML).json() == {"status": "ok"}
    assert client.get("/openapi.json", headers=HTML).json()["openapi"].startswith("3.1")
    assert "swagger" in client.get("/docs", headers=HTML).text.lower()


class TestCompression:
    """PagesGZipMiddleware"""

    def test_scripts(self, client: TestClient) -> None:
        """What the front end is made of travels compressed."""
        answer = client.get("/assets/app-abc123.js", headers={"Accept-Encoding": "gzip"})

        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == SCRIPT

    def test_not_the_api(self, client: TestClient) -> None:
        """Answers of the API do not, however long they are."""
        admin = sign_in_admin(client)
        description = "x" * 2000
        new = {"title": "Long", "description": description}
        headers = admin.headers | {"Accept-Encoding": "gzip"}

        answer = client.post("/api/v1/items", json=new, headers=headers)

        assert len(answer.content) > 2000
        assert "content-encoding" not in answer.headers


def test_without_a_build(
    database_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application without a built front end serves the API alone."""
    monkeypatch.setattr(settings_module, "PROJECT_ROOT", tmp_path)
    with TestClient(create_app(make_settings(database_url, tmp_path))) as client:
        assert client.get("/", headers=HTML).status_code == 404
        assert client.get("/health/live").status_code == 200
