"""Settings as the scripts see them."""

from pathlib import Path

import pytest

from toolbox import settings


def test_the_environment_stands_above_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of the environment wins; what only the file names counts too."""
    file = tmp_path / ".env"
    file.write_text("# ports\nAPI_PORT=8100\nWEB_PORT=8200 # the page\nQUOTED='a # b'\nBARE\n")
    monkeypatch.setenv("API_PORT", "8300")
    monkeypatch.delenv("WEB_PORT", raising=False)
    read = settings.read(file)

    assert [read["API_PORT"], read["WEB_PORT"], read["QUOTED"]] == ["8300", "8200", "a # b"]
    assert "BARE" not in read


def test_no_file_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh clone has no .env; the environment alone counts."""
    monkeypatch.setenv("API_PORT", "8300")

    assert settings.read(tmp_path / ".env")["API_PORT"] == "8300"
