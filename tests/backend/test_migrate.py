"""Bringing the database up to date, and the administrator of the first start."""

import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL, inspect, update
from sqlmodel import col, select

from app.database import create_engine
from app.features.users.models import Role, User
from app.main import create_app
from app.migrate import MigrationError, migrate
from app.settings import PROJECT_ROOT, Settings
from kingpost.testclient import TestClient
from tests.backend.conftest import NewUrl, Sql
from tests.backend.factories import ADMIN_EMAIL, ADMIN_PASSWORD, make_settings, sign_in


@pytest.fixture
def empty(new_url: NewUrl, tmp_path: Path) -> Settings:
    """Return the settings of a first start."""
    return make_settings(new_url(), tmp_path, ADMIN_PASSWORD=None)


def test_generated_password(empty: Settings) -> None:
    """The first start makes an administrator with a password that signs in, kept in private."""
    administrator = asyncio.run(migrate(empty))

    assert administrator is not None
    assert administrator.email == ADMIN_EMAIL
    assert administrator.password is not None
    assert len(administrator.password) >= 20
    file = empty.DATA_DIR / "administrator.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    expected = f"E-mail: {ADMIN_EMAIL}\nPassword: {administrator.password}\n"
    assert file.read_text() == expected
    with TestClient(create_app(empty)) as client:
        headers = sign_in(client, administrator.email, administrator.password)
        assert client.get("/api/v1/admin/users", headers=headers).status_code == 200


def test_password_of_the_settings(new_url: NewUrl, tmp_path: Path) -> None:
    """A password of the settings is used, and neither printed nor written anywhere."""
    settings = make_settings(new_url(), tmp_path)

    administrator = asyncio.run(migrate(settings))

    assert administrator is not None
    assert administrator.password is None
    assert not (settings.DATA_DIR / "administrator.txt").exists()
    with TestClient(create_app(settings)) as client:
        assert sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


def test_second_start(settings: Settings, sql: Sql) -> None:
    """Later starts change nothing, also when the administrator took another address."""
    sql(update(User).values(email="new@example.com", email_key="new@example.com"))

    assert asyncio.run(migrate(settings)) is None
    assert [row[0] for row in sql(select(User.email))] == ["new@example.com"]


def test_address_of_somebody_else(settings: Settings, sql: Sql) -> None:
    """A user who has the administrator's address is not made one."""
    sql(update(User).values(role=Role.USER))

    with pytest.raises(MigrationError, match="ADMIN_EMAIL"):
        asyncio.run(migrate(settings))

    assert sql(select(User.id).where(col(User.role) == Role.ADMIN)) == []


def run_step(settings: Settings) -> subprocess.Popen[str]:
    """Start the step as a script does."""
    url = settings.database_url.render_as_string(hide_password=False)
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": ":".join(sys.path),
        "ENVIRONMENT": "development",
        "DATABASE_URL": url,
        "DATA_DIR": str(settings.DATA_DIR),
        "PASSWORD_HASH_MEMORY_KIB": "32",
        "PASSWORD_HASH_PASSES": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "app.migrate"],
        env=env,
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once(empty: Settings) -> None:
    """Of two processes one does the work and prints the administrator; both succeed."""
    processes = [run_step(empty) for _ in range(2)]

    outputs = [process.communicate() for process in processes]

    assert [process.returncode for process in processes] == [0, 0], outputs
    assert [errors for _, errors in outputs] == ["", ""]
    printed = [output for output, _ in outputs if output]
    assert printed == [(empty.DATA_DIR / "administrator.txt").read_text()]


@pytest.mark.parametrize(
    "url",
    [
        URL.create("postgresql", "user", "hunter2", "127.0.0.1", 1, "name"),
        URL.create("postgresql", "user", "hunter2", database="x", query={"host": "/nowhere"}),
        URL.create("sqlite", database="/proc/nowhere/app.db"),
    ],
)
def test_unreachable(tmp_path: Path, url: URL) -> None:
    """A database that is not there is named, with what to do, and without its password."""
    process = run_step(make_settings(url, tmp_path))

    output, errors = process.communicate()

    assert process.returncode == 1
    assert output == ""
    (sentence,) = errors.splitlines()
    assert sentence.startswith("The database at ")
    assert "DATABASE_URL" in sentence
    assert "hunter2" not in sentence


def test_missing_database(new_url: NewUrl, database_kind: str, tmp_path: Path) -> None:
    """The sentence says what kind of trouble it is, as far as that gives nothing away."""
    missing = {
        "postgres": (new_url().set(database="missing"), "InvalidCatalogNameError"),
        "sqlite": (URL.create("sqlite", database=str(tmp_path)), "IsADirectoryError"),
    }
    url, kind = missing[database_kind]

    with pytest.raises(MigrationError, match=kind):
        asyncio.run(migrate(make_settings(url, tmp_path)))


def test_failure_changes_nothing(empty: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fails at its end leaves an empty database, and the next one succeeds."""

    async def fail(*_: object) -> None:
        raise AssertionError("the administrator cannot be made")

    monkeypatch.setattr("app.migrate._create_administrator", fail)
    with pytest.raises(AssertionError):
        asyncio.run(migrate(empty))
    monkeypatch.undo()

    assert asyncio.run(tables(empty.database_url)) == []
    assert asyncio.run(migrate(empty)) is not None


async def tables(url: URL) -> list[str]:
    """Return the tables of a database."""
    engine = create_engine(url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    return names
