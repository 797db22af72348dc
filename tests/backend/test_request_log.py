"""What happens around every request: its id, its line in the log, and the answer on failure."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.logs import LineFormatter
from app.main import create_app
from kingpost import Kingpost
from kingpost.testclient import TestClient
from tests.backend.factories import PASSWORD, make_settings, sign_in_admin, sign_up


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged, as a developer sees it."""
    return [LineFormatter().format(record) for record in caplog.records]


def fields(caplog: pytest.LogCaptureFixture, message: str) -> list[dict[str, object]]:
    """Return the fields of every line with this message."""
    return [vars(record)["fields"] for record in caplog.records if record.message == message]


def make_failing_app(environment: str, database_url: URL, folder: Path) -> Kingpost:
    """Return an application with an operation that fails over what it was sent."""
    settings = make_settings(
        database_url,
        folder,
        ENVIRONMENT=environment,
        PASSWORD_HASH_MEMORY_KIB=19_456,
        PASSWORD_HASH_PASSES=2,
    )
    app = create_app(settings)

    @app.get("/api/fail", tags=["fail"])
    async def fail(secret: str) -> None:
        raise ValueError(f"cannot use {secret}")

    return app


@pytest.mark.parametrize(
    ("environment", "message_shown"), [("development", True), ("production", False)]
)
def test_failure(
    environment: str,
    message_shown: bool,
    database_url: URL,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A failure is a 500 that tells nothing, and a line that names error, place and request.

    The error's message, which may hold what a person typed, is shown to developers alone.
    """
    with TestClient(make_failing_app(environment, database_url, tmp_path)) as client:
        answer = client.get("/api/fail", params={"secret": "hunter2"})

    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert answer.json()["detail"] == "Internal Server Error"
    assert "hunter2" not in answer.text
    assert answer.headers["x-request-id"]
    assert sum(record.levelno >= logging.ERROR for record in caplog.records) == 1
    (logged,) = fields(caplog, "unhandled error")
    assert logged["error"] == "ValueError"
    assert str(logged["trace"]).endswith(" fail']")
    assert "test_request_log.py:" in str(logged["trace"])
    assert ("hunter2" in "".join(lines(caplog))) is message_shown


def test_request_line(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """A request is one line with its method, path, status and time."""
    client.get("/api/v1/items", params={"search": "private"})

    (logged,) = fields(caplog, "request")
    assert isinstance(logged.pop("ms"), int)
    assert logged == {"method": "GET", "path": "/api/v1/items", "status": 401}


def test_health_checks_are_quiet(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """What asks every few seconds does not fill the log."""
    caplog.clear()
    client.get("/health/live")
    client.get("/health/ready")

    assert fields(caplog, "request") == []


class TestRequestId:
    """X-Request-ID"""

    def test_made(self, client: TestClient) -> None:
        """Every answer has a number of its own."""
        numbers = {client.get("/health/live").headers["x-request-id"] for _ in range(3)}

        assert len(numbers) == 3
        assert {len(number) for number in numbers} == {32}

    def test_given(self, client: TestClient) -> None:
        """A proxy's number is kept."""
        answer = client.get("/health/live", headers={"X-Request-ID": "proxy-0001"})

        assert answer.headers["x-request-id"] == "proxy-0001"

    @pytest.mark.parametrize("given", ["short", "x" * 65, "with space in it", "a=b;c=d;e=f"])
    def test_refused(self, client: TestClient, given: str) -> None:
        """Anything else in the header does not reach the log."""
        answer = client.get("/health/live", headers={"X-Request-ID": given})

        assert answer.headers["x-request-id"] != given


def test_no_secrets_in_the_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """A whole visit leaves no password, token, address or name in the log, of ours or others."""
    caplog.set_level(logging.DEBUG)
    user = sign_up(client, "ada.private@example.com")
    admin = sign_in_admin(client)
    cookie = client.cookies["kingpost_refresh"]
    client.post("/api/v1/login/refresh")
    client.post("/api/v1/login/access-token", data={"username": user.email, "password": "wrong-pw"})
    client.patch("/api/v1/users/me", json={"email": "admin@example.com"}, headers=user.headers)
    client.get("/api/v1/admin/users", params={"search": "lovelace"}, headers=admin.headers)
    client.post("/api/v1/users/signup", json={"email": "bad", "password": "short-pw"})
    client.post("/api/v1/login/logout", headers=user.headers)

    # The test's own client logs what it asks for; it is no part of the application.
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    logged = "\n".join(LineFormatter().format(record) for record in ours).lower()

    assert len(fields(caplog, "request")) >= 8
    secrets = [
        PASSWORD,
        "wrong-pw",
        "short-pw",
        cookie,
        user.headers["Authorization"].split()[1],
        "ada.private",
        "lovelace",
    ]
    assert [secret for secret in secrets if secret.lower() in logged] == []
