"""Whether a Docker engine answers."""

from pathlib import Path

import pytest

from toolbox import engine


def _docker(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "docker"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("script", "answers"),
    [
        ("exit 0", True),
        ("exit 1", False),
        ('[ "$1" = info ]', False),
    ],
)
def test_engine_and_compose_have_to_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, answers: bool
) -> None:
    """A client without an engine, or without Compose, is not enough."""
    _docker(tmp_path, monkeypatch, script)

    assert engine.answers() is answers


def test_no_docker_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most machines have none, and that is no error."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert engine.answers() is False
