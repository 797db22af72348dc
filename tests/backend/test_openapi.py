"""The OpenAPI document that the client is generated from."""

import json
from typing import Any

import pytest

from app.features.sessions.scopes import SCOPES
from app.openapi import render
from app.settings import PROJECT_ROOT

ANONYMOUS = {
    "health-live",
    "health-ready",
    "login-access-token",
    "login-refresh",
    "login-logout",
    "login-recover-password",
    "login-reset-password",
    "users-signup",
}


@pytest.fixture(scope="module")
def operations() -> dict[str, dict[str, Any]]:
    """Return every operation by its id."""
    document = json.loads(render())
    return {
        operation["operationId"]: operation
        for path in document["paths"].values()
        for operation in path.values()
    }


def test_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """openapi.json is the document of this code, whatever the environment says."""
    monkeypatch.setenv("PROJECT_NAME", "Another")
    monkeypatch.setenv("API_PORT", "nonsense")

    committed = (PROJECT_ROOT / "openapi.json").read_text("utf-8")
    assert json.loads(render()) == json.loads(committed)
    assert render() == render()


def test_ids_are_unique(operations: dict[str, dict[str, Any]]) -> None:
    """Every operation has a name of its own in the client."""
    document = json.loads(render())

    assert len(operations) == sum(len(path) for path in document["paths"].values())


def test_every_operation_declares_its_scope(operations: dict[str, dict[str, Any]]) -> None:
    """What is not open to everybody asks for exactly one known scope."""
    for name, operation in operations.items():
        if name not in ANONYMOUS:
            (scheme,) = operation["security"]
            (scopes,) = scheme.values()
            assert len(scopes) == 1, name
            assert set(scopes) <= set(SCOPES), name


def test_refusals_are_documented(operations: dict[str, dict[str, Any]]) -> None:
    """Whoever generates a client knows the shape of a refusal."""
    for name, operation in operations.items():
        if name not in ANONYMOUS:
            assert {"401", "403"} <= set(operation["responses"]), name


def test_the_cookie_is_not_in_the_client(operations: dict[str, dict[str, Any]]) -> None:
    """The browser handles the refresh cookie, no program does."""
    assert "parameters" not in operations["login-refresh"]
    assert "parameters" not in operations["login-logout"]
