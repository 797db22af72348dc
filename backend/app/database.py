"""The database: how it is opened, what a transaction is, and what every table shares."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, ClassVar

from sqlalchemy import URL, Connection, DateTime, Dialect, MetaData, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from app import postgres
from app.errors import AppError

# Names that do not depend on the database, so that a migration can drop what another one made.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# How long a SQLite connection waits for another one to finish writing.
SQLITE_WAIT_SECONDS = 15


class Base(SQLModel):
    """What every table inherits."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING_CONVENTION)


def utcnow() -> datetime:
    """Return the present time, aware of being UTC."""
    return datetime.now(UTC)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment, aware of being UTC on every database; SQLite itself stores no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return *value* in UTC; a naive one is refused, because nobody knows what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a time zone cannot be stored; use utcnow().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return *value* with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def create_engine(url: URL, *, foreign_keys: bool = True, patient: bool = False) -> AsyncEngine:
    """Return an engine on the database at *url*; nothing is connected yet.

    Args:
        url: An address with an asynchronous driver (aiosqlite or asyncpg).
        foreign_keys: Whether SQLite enforces references; off for migrations alone, where
            replacing a table would otherwise delete the rows that refer to it.
        patient: Whether a connection waits for a PostgreSQL that restarts.
    """
    # Parameters are kept out of errors: they hold what people typed.
    if url.get_backend_name() != "sqlite":
        waiting = {"async_creator_fn": postgres.connect} if patient else {}
        return create_async_engine(
            url, hide_parameters=True, pool_pre_ping=True, connect_args=waiting
        )
    # SQLite makes the file, but not the folder it stands in.
    Path(url.database or "").parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_async_engine(
        url, hide_parameters=True, connect_args={"timeout": SQLITE_WAIT_SECONDS}
    )

    def configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        _configure_sqlite(connection, foreign_keys=foreign_keys)

    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, *, foreign_keys: bool) -> None:
    """Prepare a new SQLite connection."""
    # The driver would begin transactions at moments of its own; _begin_sqlite does it instead.
    connection.isolation_level = None
    # SQLite's own lower() knows ASCII alone, and searches must find "Äpfel" by "äpfel".
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    _switch_to_wal(cursor)
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    cursor.close()


def _switch_to_wal(cursor: Any) -> None:
    """Let readers go on while somebody writes.

    SQLite does not wait for its lock here as it does elsewhere: where another process opens the
    same new file, the switch fails at once, and is tried again for as long as a writer would wait.
    """
    until = monotonic() + SQLITE_WAIT_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.02)
        else:
            return


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction, as a writer from the start unless it is known to read only.

    SQLite has one writer at a time. A transaction that reads first and writes later fails at
    once with "database is locked" when another one wrote in between, whatever the timeout; one
    that begins as a writer waits for its turn instead. Readers never wait (WAL).
    """
    read_only = connection.get_execution_options().get("read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


class Database:
    """The engine of a running application and the sessions on it.

    Args:
        url: An address with an asynchronous driver.
    """

    def __init__(self, url: URL) -> None:
        self.engine = create_engine(url, patient=True)
        self._reading = self.engine.execution_options(read_only=True)

    @asynccontextmanager
    async def session(self, *, read_only: bool = False) -> AsyncIterator[AsyncSession]:
        """Open a session that is closed, and rolled back if nobody committed, at the end.

        Args:
            read_only: The transaction promises to write nothing, and so waits for no writer.
        """
        engine = self._reading if read_only else self.engine
        # Objects stay readable after the commit: the answer is made from them.
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def transaction(self, *, read_only: bool = False) -> AsyncIterator[AsyncSession]:
        """Open a session whose changes are committed at the end, all of them or none.

        Any error rolls them back, but for an ``AppError`` that asks to keep what was written.

        Args:
            read_only: The transaction promises to write nothing, and so waits for no writer.
        """
        async with self.session(read_only=read_only) as session:
            try:
                yield session
            except AppError as error:
                if error.keep_changes:
                    await session.commit()
                raise
            await session.commit()

    async def ping(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            sqlalchemy.exc.SQLAlchemyError, OSError: There is none.
        """
        async with self._reading.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


async def release(session: AsyncSession) -> None:
    """End the transaction of *session* before slow work that needs no database.

    Hashing a password takes a twentieth of a second: neither a pooled connection nor the
    write lock of SQLite should be held meanwhile. The next statement begins a new transaction.

    Raises:
        RuntimeError: The session holds changes, which would be committed too early.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError(
            "The session holds unsaved changes, and releasing it would commit them before the "
            "request succeeds; release it before the first change."
        )
    await session.commit()
