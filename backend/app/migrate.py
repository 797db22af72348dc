"""Bring the database up to date and, once, create the administrator.

``python -m app.migrate``, before the application starts. Several may run at the same time: one
does the work and the others find it done.
"""

import asyncio
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import create_engine
from app.errors import AppError
from app.features.users import service as users
from app.private_files import write_private
from app.security import Passwords
from app.settings import PROJECT_ROOT, Settings, SettingsError, load_settings

# Any number, as long as it is the same in every process that migrates.
_LOCK = 5_464_783_811


class MigrationError(Exception):
    """The database was not brought up to date; the message says what to do."""


@dataclass(frozen=True)
class Administrator:
    """The account just created.

    Args:
        email: Its address.
        password: Its generated password, or None for that of the settings.
    """

    email: str
    password: str | None


async def migrate(settings: Settings) -> Administrator | None:
    """Apply the missing migrations, and create the administrator if none was ever made.

    All of it is one transaction: a failure leaves the database as it was.

    Raises:
        MigrationError: The database cannot be reached, or ``ADMIN_EMAIL`` is somebody else's.
    """
    url = settings.database_url
    try:
        engine = create_engine(url, foreign_keys=False)
        _open_file(url)
        try:
            async with engine.begin() as connection:
                await _lock(connection)
                await connection.run_sync(upgrade)
                return await _create_administrator(connection, settings)
        finally:
            await engine.dispose()
    except (OSError, DBAPIError) as error:
        raise MigrationError(
            f"The database at {url.render_as_string()} cannot be used "
            f"({_kind_of(error)}): start it and let this account use it, or set "
            "DATABASE_URL to another one."
        ) from error
    except AppError as error:
        raise MigrationError(
            "ADMIN_EMAIL is the address of a user who is no administrator: set it to another one."
        ) from error


def _open_file(url: URL) -> None:
    """Make the file of an embedded database, or fail as plainly as a file can.

    The driver's thread outlives a connection that fails, and would add a traceback of its own.
    """
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").open("ab").close()


def _kind_of(error: BaseException) -> str:
    """Name what is behind an error; its text may hold the password, its kind says enough."""
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    return type(cause).__name__


async def _lock(connection: AsyncConnection) -> None:
    """Let one process at a time migrate; on SQLite the transaction itself does that."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def alembic_config() -> Config:
    """Return the configuration of Alembic."""
    return Config(PROJECT_ROOT / "alembic.ini")


def upgrade(connection: Connection) -> None:
    """Apply the missing migrations in the transaction of *connection*."""
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _create_administrator(
    connection: AsyncConnection, settings: Settings
) -> Administrator | None:
    given = settings.ADMIN_PASSWORD
    password = given.get_secret_value() if given is not None else secrets.token_urlsafe(15)
    passwords = Passwords(
        memory_kib=settings.PASSWORD_HASH_MEMORY_KIB, passes=settings.PASSWORD_HASH_PASSES
    )
    async with AsyncSession(connection) as session:
        if not await users.create_administrator(session, passwords, settings.ADMIN_EMAIL, password):
            return None
    administrator = Administrator(settings.ADMIN_EMAIL, None if given is not None else password)
    if administrator.password is not None:
        # Before the commit: a password that is nowhere would lock everybody out.
        write_private(settings.DATA_DIR / "administrator.txt", describe(administrator))
    return administrator


def describe(administrator: Administrator) -> str:
    """Return the lines that tell a person how to sign in."""
    password = administrator.password or "the one in ADMIN_PASSWORD"
    return f"E-mail: {administrator.email}\nPassword: {password}\n"


def main() -> None:
    """Migrate the database of the settings and print the administrator just created.

    Raises:
        SystemExit: It failed; the message says what to do.
    """
    try:
        administrator = asyncio.run(migrate(load_settings()))
    except (SettingsError, MigrationError) as error:
        raise SystemExit(str(error)) from None
    if administrator is not None:
        # The one secret that is printed: whoever starts the application first needs it.
        sys.stdout.write(describe(administrator))


if __name__ == "__main__":
    main()
