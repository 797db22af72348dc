"""The production stack's settings and secrets."""

import os
import stat
from pathlib import Path

import pytest

from toolbox import production
from toolbox.errors import Stop
from toolbox.processes import Processes


def test_settings_of_the_file_and_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain lines are read, with or without quotes; the environment wins."""
    file = tmp_path / ".env"
    file.write_text("# A comment=1\nDOMAIN=app.example.com\nADMIN_EMAIL='me@example.org'\nX=1\n")
    monkeypatch.setenv("X", "2")

    settings = production.read_settings(file)

    assert settings["DOMAIN"] == "app.example.com"
    assert settings["ADMIN_EMAIL"] == "me@example.org"
    assert settings["X"] == "2"
    assert "# A comment" not in settings


def test_missing_file_is_no_settings(tmp_path: Path) -> None:
    """Everything may stand in the environment."""
    assert production.read_settings(tmp_path / ".env") == dict(os.environ)


def test_secrets_are_made_once(tmp_path: Path) -> None:
    """Each is random and its owner's alone; what is there stays, and a given one starts empty."""
    folder = tmp_path / "secrets"
    made = production.make_secrets(folder)
    first = {file.name: file.read_text() for file in folder.iterdir()}
    again = production.make_secrets(folder)

    assert sorted(made) == ["ADMIN_PASSWORD", "DATABASE_PASSWORD", "SECRET_KEY"]
    assert again == []
    assert {file.name: file.read_text() for file in folder.iterdir()} == first
    assert first["SMTP_PASSWORD"] == ""
    assert min(len(value) for name, value in first.items() if name in made) >= 20
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_containers_never_run_as_root_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Secrets of root are given to the image's account; anybody else's stay with their owner."""
    (tmp_path / "SECRET_KEY").write_text("x")
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda file, user, group: given.append((user, group)))
    monkeypatch.setattr(os, "getgid", lambda: 1001)

    monkeypatch.setattr(os, "getuid", lambda: 0)
    assert production.owner_of(tmp_path) == "10001:10001"
    assert given == [(10001, 10001)]

    monkeypatch.setattr(os, "getuid", lambda: 1000)
    assert production.owner_of(tmp_path) == "1000:1001"
    assert given == [(10001, 10001)]


def test_rootless_engine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any secret is made: its containers could not read them."""
    docker = tmp_path / "docker"
    docker.write_text("#!/bin/sh\necho '[name=seccomp,profile=builtin name=rootless]'\n")
    docker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    with Processes() as processes, pytest.raises(Stop, match="rootless"):
        production.Stack.open(processes, {"SECRETS": str(tmp_path / "secrets")})

    assert not (tmp_path / "secrets").exists()
