"""What the backend's tests run on: a fresh database each, SQLite or PostgreSQL.

``pytest tests/backend --database=sqlite`` (the default) or ``--database=postgres``. A database is
migrated once and copied for each test; neither is ever one that somebody works with.
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import URL, Executable, Row

from app.database import Database, create_engine
from app.dependencies import Resources
from app.main import close_resources, create_app, open_resources
from app.migrate import migrate
from app.settings import Settings
from kingpost import Kingpost
from kingpost.testclient import TestClient
from tests.backend.factories import PAGE, SCRIPT, make_settings
from tests.backend.postgres import USER, postgres_server

NewUrl = Callable[[], URL]
"""Makes an empty database and returns its address."""

Sql = Callable[[Executable], list[Row[Any]]]
"""Runs one statement in a transaction of its own, beside the application, and returns its rows."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that chooses the database."""
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite", help="what to test on"
    )


@pytest.fixture(scope="session")
def database_kind(pytestconfig: pytest.Config) -> str:
    """Name the database that is tested on."""
    return str(pytestconfig.getoption("--database", default="sqlite"))


@pytest.fixture(scope="session")
def postgres_socket(database_kind: str) -> Iterator[Path | None]:
    """Run PostgreSQL, if it is tested on."""
    if database_kind != "postgres":
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        # The server may run as another user than the tests.
        folder.chmod(0o755)
        with postgres_server(folder) as socket:
            yield socket


@pytest.fixture(scope="session")
def new_url(postgres_socket: Path | None, tmp_path_factory: pytest.TempPathFactory) -> NewUrl:
    """Return a function that makes an empty database."""
    if postgres_socket is None:
        folder = tmp_path_factory.mktemp("sqlite")
        return lambda: URL.create("sqlite", database=str(folder / f"{uuid4().hex}.db"))
    socket = postgres_socket
    return lambda: _create_database(socket, template="template0")


def _create_database(socket: Path, *, template: str) -> URL:
    name = f"test_{uuid4().hex}"

    async def create() -> None:
        connection = await asyncpg.connect(host=str(socket), user=USER, database="postgres")
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        await connection.close()

    asyncio.run(create())
    query = {"host": str(socket)}
    return URL.create("postgresql", username=USER, database=name, query=query)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests away from them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def migrated_url(new_url: NewUrl, tmp_path_factory: pytest.TempPathFactory) -> URL:
    """Return the address of a migrated database, the template of every test's own."""
    url = new_url()
    asyncio.run(migrate(make_settings(url, tmp_path_factory.mktemp("template"))))
    return url


@pytest.fixture
def database_url(migrated_url: URL, postgres_socket: Path | None, tmp_path: Path) -> URL:
    """Return the address of a migrated database of the test's own, with the administrator."""
    if postgres_socket is not None:
        return _create_database(postgres_socket, template=migrated_url.database or "")
    copy = tmp_path / "app.db"
    shutil.copyfile(migrated_url.database or "", copy)
    return URL.create("sqlite", database=str(copy))


@pytest.fixture
def frontend_dir(tmp_path: Path) -> Path:
    """Return a folder as the build of the front end writes one."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "assets" / "app-abc123.js").write_text(SCRIPT)
    return folder


@pytest.fixture
def settings(database_url: URL, tmp_path: Path, frontend_dir: Path) -> Settings:
    """Return the settings of the application under test."""
    return make_settings(database_url, tmp_path, FRONTEND_DIR=frontend_dir)


@pytest.fixture
def app(settings: Settings) -> Kingpost:
    """Return the application under test."""
    return create_app(settings)


@pytest.fixture
def client(app: Kingpost) -> Iterator[TestClient]:
    """Return a browser on a page of the application, which is running."""
    with TestClient(app, headers={"Origin": "http://testserver"}) as browser:
        yield browser


@pytest.fixture
def sql(settings: Settings) -> Sql:
    """Return a function that looks at the database, or changes it behind the application's back."""

    async def run(statement: Executable) -> list[Row[Any]]:
        engine = create_engine(settings.database_url)
        async with engine.begin() as connection:
            result = await connection.execute(statement)
            rows = list(result.all()) if result.returns_rows else []
        await engine.dispose()
        return rows

    return lambda statement: asyncio.run(run(statement))


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, as the drivers of the databases do."""
    return "asyncio"


@pytest.fixture
async def resources(settings: Settings) -> AsyncIterator[Resources]:
    """Return what the application opens, for tests of the domain without HTTP."""
    opened = open_resources(settings)
    yield opened
    await close_resources(opened)


@pytest.fixture
def database(resources: Resources) -> Database:
    """Return the database of the test, with the administrator in it."""
    return resources.database
