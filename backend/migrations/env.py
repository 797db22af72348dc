"""How Alembic reaches the database: a connection it is handed, or one made from the settings."""

import asyncio
import logging
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text
from sqlmodel.sql.sqltypes import AutoString

from app.database import UTCDateTime, create_engine
from app.models import metadata
from app.settings import load_settings


def render_item(kind: str, item: object, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types as those that the database has: a migration outlives the code."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    return False


def run_on(connection: Connection) -> None:
    """Run the migrations in the transaction of *connection*."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        render_item=render_item,
        # SQLite changes a table by copying it to a new one.
        render_as_batch=sqlite,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if sqlite:
        # References are not enforced while tables are copied, and so are looked at afterwards.
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(
                f"The migrations leave {len(broken)} rows that refer to rows that are not there; "
                "nothing was changed. Correct the migration."
            )


async def run_on_settings() -> None:
    """Run the migrations on the database of the settings."""
    engine = create_engine(load_settings().database_url, foreign_keys=False)
    async with engine.begin() as connection:
        await connection.run_sync(run_on)
    await engine.dispose()


def main() -> None:
    """Run the migrations on the connection that the caller brought, or on one of the settings."""
    connection = context.config.attributes.get("connection")
    if context.is_offline_mode():
        url = load_settings().database_url
        context.configure(url=url, target_metadata=metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
    elif connection is not None:
        run_on(connection)
    else:
        logging.basicConfig(level=logging.INFO, format="%(message)s")
        asyncio.run(run_on_settings())


main()
