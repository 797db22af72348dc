"""PostgreSQL while it restarts: connections that wait for it, and errors that tell its absence."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError

# A restart takes seconds; a request should be answered before a person or a proxy gives up.
PATIENCE_SECONDS = 8.0
_ATTEMPT_SECONDS = 3.0
_PAUSE_SECONDS = 0.1

# PostgreSQL's classes of errors (appendix A of its manual): 08 the connection, 57P it shuts down,
# crashed or starts.
_ABSENT = ("08", "57P")


class DatabaseUnavailableError(ConnectionError):
    """The database has not answered for as long as we wait for it; nothing was changed."""


ABSENCES: tuple[type[Exception], ...] = (DBAPIError, NoConnectionError, DatabaseUnavailableError)
"""The kinds of errors that may tell of it; ``means_absence`` knows which of them do."""


async def connect(*arguments: Any, **options: Any) -> Any:
    """Return a new connection of asyncpg; wait for a database that restarts.

    Nothing has been sent on a connection that does not exist yet, so that trying again can never
    do something twice.

    Raises:
        DatabaseUnavailableError: It has not answered in time.
    """
    options.setdefault("timeout", _ATTEMPT_SECONDS)
    return await patiently(lambda: asyncpg.connect(*arguments, **options))


async def patiently(
    attempt: Callable[[], Awaitable[Any]], *, seconds: float = PATIENCE_SECONDS
) -> Any:
    """Return what *attempt* returns, trying again while the database cannot be reached.

    Args:
        attempt: Connects once.
        seconds: For how long another attempt is begun.

    Raises:
        DatabaseUnavailableError: No attempt succeeded in time.
    """
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    while True:
        try:
            return await attempt()
        except (OSError, asyncpg.PostgresError) as error:
            if isinstance(error, asyncpg.PostgresError) and not _is_absence(error):
                raise
            if clock() > until:
                raise DatabaseUnavailableError("The database does not answer.") from error
        await asyncio.sleep(_PAUSE_SECONDS)


def means_absence(error: BaseException) -> bool:
    """Say whether a statement failed because the database went away or has no connection left."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or _is_absence(error.orig)
    return isinstance(error, DatabaseUnavailableError | NoConnectionError)


def _is_absence(error: object) -> bool:
    return str(getattr(error, "sqlstate", None) or "").startswith(_ABSENT)
