"""The migrations lead to the models, and back."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, inspect, text

from app.database import create_engine
from app.migrate import alembic_config, upgrade
from app.models import metadata
from tests.backend.conftest import NewUrl


def run(url: URL, work: Callable[[Connection], Any]) -> Any:
    """Run *work* in a transaction on the database at *url*."""

    async def connect() -> Any:
        drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
        driver = drivers[url.get_backend_name()]
        engine = create_engine(url.set(drivername=driver), foreign_keys=False)
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(work)
        finally:
            await engine.dispose()

    return asyncio.run(connect())


@pytest.fixture
def empty_url(new_url: NewUrl) -> URL:
    """Return the address of an empty database."""
    return new_url()


def downgrade(connection: Connection) -> None:
    """Take every migration back."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


def differences(connection: Connection) -> list[Any]:
    """Return what autogenerate would change."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def describe(connection: Connection) -> dict[str, Any]:
    """Return the names in the database that a migration gives and autogenerate does not compare."""
    inspector = inspect(connection)
    return {
        table: {
            "primary key": inspector.get_pk_constraint(table)["name"],
            "foreign keys": {
                (key["name"], key["options"].get("ondelete"))
                for key in inspector.get_foreign_keys(table)
            },
            "unique": {unique["name"] for unique in inspector.get_unique_constraints(table)},
            "checks": {check["name"] for check in inspector.get_check_constraints(table)},
            "indexes": {index["name"] for index in inspector.get_indexes(table)},
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_migrations_lead_to_the_models(empty_url: URL) -> None:
    """After every migration autogenerate finds nothing to do."""
    run(empty_url, upgrade)

    assert run(empty_url, differences) == []


def test_same_names_as_the_models(empty_url: URL, new_url: NewUrl) -> None:
    """Constraints and indexes are named as the models name them, checks and deletions included."""
    run(empty_url, upgrade)
    from_models = new_url()
    run(from_models, metadata.create_all)

    assert run(empty_url, describe) == run(from_models, describe)


def test_a_difference_is_found(empty_url: URL) -> None:
    """The comparison notices a table, a column and a type that are not those of the models."""
    run(empty_url, upgrade)
    run(empty_url, lambda connection: connection.execute(text("DROP TABLE items")))
    statement = text("ALTER TABLE users ADD COLUMN extra VARCHAR(10)")
    run(empty_url, lambda connection: connection.execute(statement))

    found = {difference[0] for difference in run(empty_url, differences)}

    assert {"add_table", "remove_column"} <= found


def test_round_trip(empty_url: URL) -> None:
    """What a migration does it can take back, and do again."""
    for _ in range(2):
        run(empty_url, upgrade)
        assert len(run(empty_url, describe)) == 5
        run(empty_url, downgrade)
        assert run(empty_url, describe) == {}


def test_one_line_of_history() -> None:
    """Two branches of migrations have to be merged before they are applied."""
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


def test_broken_references_stop_a_migration(empty_url: URL) -> None:
    """Rows that refer to nothing are found on SQLite, where copying tables could leave some."""
    if empty_url.get_backend_name() != "sqlite":
        empty_url = URL.create("sqlite", database=f"{empty_url.query['host']}/broken.db")
    run(empty_url, upgrade)
    orphan = text("INSERT INTO items VALUES ('a', 'nobody', 'title', NULL, 'now', 'now')")
    run(empty_url, lambda connection: connection.execute(orphan))

    with pytest.raises(RuntimeError, match="1 rows that refer to rows that are not there"):
        run(empty_url, upgrade)
