"""What is cleaned up now and then, beside the requests: rows that nobody can use any more."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from app.database import Database
from app.features.recovery import service as recovery
from app.features.sessions import service as sessions

logger = logging.getLogger("app.housekeeping")

# Not at once: a process that starts has requests to answer.
FIRST_AFTER_SECONDS = 30.0
EVERY_SECONDS = 3600.0
# In one transaction, so that none holds up those who want to write meanwhile.
ROWS_AT_ONCE = 500


async def clean_up(database: Database) -> int:
    """Delete what nobody can use any more, and return how many rows that were.

    Several processes may do this at once: none waits for a row that another one deletes.
    """
    deleted = 0
    for forget in (sessions.forget_ended, recovery.forget_expired):
        batch = ROWS_AT_ONCE
        while batch == ROWS_AT_ONCE:
            async with database.transaction() as session:
                batch = await forget(session, ROWS_AT_ONCE)
            deleted += batch
    return deleted


async def _repeat(database: Database, first_after: float, every: float) -> None:
    await asyncio.sleep(first_after)
    while True:
        try:
            logger.debug("cleaned up", extra={"fields": {"rows": await clean_up(database)}})
        except (SQLAlchemyError, OSError) as error:
            # The next time does what this one left.
            fields = {"error": type(error).__qualname__}
            logger.warning("not cleaned up", extra={"fields": fields})
        await asyncio.sleep(every)


@asynccontextmanager
async def housekeeping(
    database: Database,
    *,
    first_after: float = FIRST_AFTER_SECONDS,
    every: float = EVERY_SECONDS,
) -> AsyncIterator[None]:
    """Clean up now and then while the block runs.

    Args:
        database: What is cleaned.
        first_after: Seconds until the first time.
        every: Seconds from one time to the next.
    """
    task = asyncio.create_task(_repeat(database, first_after, every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
