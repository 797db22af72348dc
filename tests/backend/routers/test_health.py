"""Whether the process runs, and whether it can serve."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.main import create_app
from kingpost.testclient import TestClient
from tests.backend.factories import make_settings


def test_live(client: TestClient) -> None:
    """A running process says so."""
    answer = client.get("/health/live")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


def test_ready(client: TestClient) -> None:
    """A process with a database says so."""
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.fixture(params=["postgres", "sqlite"])
def cut_off_client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    """Return a client of an application whose database is not there."""
    missing = {
        # A folder is no database, and a socket that nobody listens on no server.
        "sqlite": URL.create("sqlite", database=str(tmp_path)),
        "postgres": URL.create("postgresql", database="x", query={"host": str(tmp_path)}),
    }
    with TestClient(create_app(make_settings(missing[request.param], tmp_path))) as client:
        yield client


def test_not_ready(cut_off_client: TestClient) -> None:
    """A process without its database runs, but is to get no requests."""
    answer = cut_off_client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["code"] == "database_unavailable"
    assert cut_off_client.get("/health/live").status_code == 200
