"""The application, put together."""

import subprocess
import sys
from pathlib import Path

import pytest

import app.main
from app.main import create_app, operation_id
from app.settings import PROJECT_ROOT, Settings
from kingpost import Kingpost
from kingpost.routing import APIRoute
from kingpost.testclient import TestClient


def test_importing_reads_no_settings() -> None:
    """Importing the application needs no settings, and asking for it does."""
    code = "import app.main; print('imported'); app.main.app"
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env={"PYTHONPATH": ":".join(sys.path), "SECRET_KEY": "short"},
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stdout == "imported\n"
    assert result.returncode == 1
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("The settings are not usable: SECRET_KEY: ")


def test_app_is_made_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """``app.main:app`` is the same application every time."""
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delitem(vars(app.main), "app", raising=False)

    first, second = app.main.app, app.main.app
    monkeypatch.delitem(vars(app.main), "app")

    assert isinstance(first, Kingpost)
    assert first is second


def test_other_names_are_missing() -> None:
    """The module has no other names than those it defines."""
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = app.main.nonsense


def test_operation_ids() -> None:
    """An operation is named by its tag and function."""

    def change_password() -> None:
        """Do nothing."""

    route = APIRoute("/", change_password, tags=["users"])

    assert operation_id(route) == "users-change-password"


def test_nothing_is_opened_before_the_start(settings: Settings) -> None:
    """An application that nobody started holds no connection."""
    application = create_app(settings)

    assert not hasattr(application.state, "resources")


def test_starts_twice(settings: Settings) -> None:
    """An application can be stopped and started again, with resources of its own each time."""
    application = create_app(settings)
    for _ in range(2):
        with TestClient(application) as client:
            assert client.get("/health/ready").status_code == 200


def test_project_name(settings: Settings) -> None:
    """The product's name is that of the settings."""
    application = create_app(settings.model_copy(update={"PROJECT_NAME": "Acme"}))

    assert application.openapi()["info"]["title"] == "Acme"
