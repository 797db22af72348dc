"""The bodies in which every error is answered."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.errors import AppError, install_error_handlers
from app.postgres import DatabaseUnavailableError
from kingpost import Kingpost
from kingpost.testclient import TestClient


def test_app_error() -> None:
    """An error of the domain carries its status, code, field and headers."""
    app = Kingpost()
    install_error_handlers(app)

    @app.get("/")
    def fail() -> None:
        raise AppError(418, "teapot", "It is one.", field="kind", headers={"X-Kind": "tea"})

    answer = TestClient(app).get("/")

    assert answer.status_code == 418
    assert answer.json() == {"detail": "It is one.", "code": "teapot", "field": "kind"}
    assert answer.headers["x-kind"] == "tea"


def test_absent_database() -> None:
    """While the database is away, a client hears that it should come back; nothing else."""
    app = Kingpost()
    install_error_handlers(app)

    @app.get("/")
    def fail() -> None:
        raise DatabaseUnavailableError("10.0.0.1 refused")

    answer = TestClient(app).get("/")

    assert answer.status_code == 503
    assert answer.json()["code"] == "database_unavailable"
    assert answer.headers["retry-after"] == "1"
    assert "10.0.0.1" not in answer.text


def test_other_errors_of_the_database_are_ours() -> None:
    """A statement that fails for another reason is a mistake, and not excused."""
    app = Kingpost()
    install_error_handlers(app)

    @app.get("/")
    def fail() -> None:
        raise IntegrityError(None, None, ValueError())

    with pytest.raises(IntegrityError):
        TestClient(app).get("/")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("POST", "/api/v1/nothing", 404, "not_found"),
        ("DELETE", "/api/v1/items", 405, "method_not_allowed"),
        ("POST", "/health/live", 405, "method_not_allowed"),
    ],
)
def test_framework_errors(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    """The framework's own refusals have the same shape."""
    answer = client.request(method, path, headers={"Accept": "text/html"})

    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert set(answer.json()) == {"detail", "code", "field"}


def test_method_not_allowed_names_the_methods(client: TestClient) -> None:
    """Headers of such a refusal stay."""
    assert client.delete("/health/live").headers["allow"] == "GET"


@pytest.mark.parametrize(
    "body", ['{"password": "hunter2"', '"hunter2"', '[{"password": "hunter2"}]', "hunter2", ""]
)
def test_broken_bodies(client: TestClient, body: str) -> None:
    """A body that is no object is refused without a word of what it held."""
    answer = client.post(
        "/api/v1/users/signup", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    for problem in answer.json()["detail"]:
        assert set(problem) == {"type", "loc", "msg"}
    assert "hunter2" not in answer.text
