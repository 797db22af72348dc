"""Settings from the environment, given to operations."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kingpost import Depends, Kingpost
from kingpost.testclient import TestClient


class Settings(BaseSettings):
    """What can be set."""

    bakery: str = "Corner bakery"
    baker_email: str
    loaves_a_day: int = Field(50, gt=0)


def bakery(settings: Settings) -> Kingpost:
    """Return an application that is made with its settings."""
    app = Kingpost(title=settings.bakery)

    @app.get("/about")
    async def about() -> dict[str, str | int]:
        return {"email": settings.baker_email, "loaves": settings.loaves_a_day}

    return app


def test_settings_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables are read whatever their case, and converted to the declared types."""
    monkeypatch.setenv("BAKER_EMAIL", "ada@bakery.example")
    monkeypatch.setenv("loaves_a_day", "80")
    app = bakery(Settings())

    assert TestClient(app).get("/about").json() == {"email": "ada@bakery.example", "loaves": 80}
    assert app.title == "Corner bakery"


def test_wrong_settings_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing or wrong value is found before anything is served."""
    monkeypatch.setenv("LOAVES_A_DAY", "none")

    with pytest.raises(ValidationError) as caught:
        bakery(Settings())
    assert [error["loc"] for error in caught.value.errors()] == [
        ("baker_email",),
        ("loaves_a_day",),
    ]


def test_settings_from_a_dependency(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made once for all requests, at the first of them."""
    made: list[Settings] = []

    @lru_cache
    def settings() -> Settings:
        made.append(Settings())
        return made[-1]

    app = Kingpost()

    @app.get("/about")
    async def about(settings: Annotated[Settings, Depends(settings)]) -> str:
        return settings.baker_email

    client = TestClient(app)
    monkeypatch.setenv("BAKER_EMAIL", "ada@bakery.example")
    first = client.get("/about").json()
    monkeypatch.setenv("BAKER_EMAIL", "bob@bakery.example")

    assert [first, client.get("/about").json()] == ["ada@bakery.example"] * 2
    assert len(made) == 1


def test_settings_replaced_in_a_test() -> None:
    """A test puts its own settings in the place of the dependency's."""

    def settings() -> Settings:
        raise AssertionError("replaced")

    app = Kingpost()

    @app.get("/about")
    async def about(settings: Annotated[Settings, Depends(settings)]) -> str:
        return settings.baker_email

    app.dependency_overrides[settings] = lambda: Settings(baker_email="test@bakery.example")

    assert TestClient(app).get("/about").json() == "test@bakery.example"


def test_settings_from_a_dotenv_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of variables is read too; the environment goes before it."""

    class FromFile(Settings):
        model_config = SettingsConfigDict(env_file=tmp_path / ".env")

    lines = 'BAKER_EMAIL="ada@bakery.example"\nLOAVES_A_DAY=60\n'
    (tmp_path / ".env").write_text(lines, "utf-8")
    monkeypatch.setenv("LOAVES_A_DAY", "70")

    answer = TestClient(bakery(FromFile())).get("/about").json()
    assert answer == {"email": "ada@bakery.example", "loaves": 70}


def test_settings_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting may switch the document and its pages off."""

    class Served(BaseSettings):
        openapi_url: str = "/openapi.json"

    monkeypatch.setenv("OPENAPI_URL", "")
    client = TestClient(Kingpost(openapi_url=Served().openapi_url))

    assert client.get("/openapi.json").status_code == 404
    assert client.get("/docs").status_code == 404
