"""What is cleaned up beside the requests."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta

import pytest
from sqlalchemy import URL
from sqlmodel import func, select

from app import housekeeping
from app.database import Database, utcnow
from app.dependencies import Resources
from app.features.sessions.models import Session
from tests.backend.factories import make_user

pytestmark = pytest.mark.anyio


async def add_ended_sessions(resources: Resources, count: int) -> None:
    """Keep sessions that nobody can use any more."""
    user = await make_user(resources.database, resources.passwords)
    now = utcnow()
    async with resources.database.transaction() as session:
        session.add_all(
            Session(user_id=user.id, expires_at=now - timedelta(days=1)) for _ in range(count)
        )


async def count_sessions(database: Database) -> int:
    """Return how many sessions the database holds."""
    async with database.transaction(read_only=True) as session:
        return (await session.exec(select(func.count()).select_from(Session))).one()


async def until(condition: Callable[[], Coroutine[None, None, bool]]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.01)


async def test_everything_in_bounded_steps(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many rows there are, all go, some in each transaction."""
    monkeypatch.setattr(housekeeping, "ROWS_AT_ONCE", 2)
    await add_ended_sessions(resources, 5)

    assert await housekeeping.clean_up(resources.database) == 5
    assert await count_sessions(resources.database) == 0


async def test_two_processes(resources: Resources) -> None:
    """Two that clean up at once get in nobody's way, and count no row twice."""
    await add_ended_sessions(resources, 20)

    counts = await asyncio.gather(*(housekeeping.clean_up(resources.database) for _ in range(2)))

    assert sum(counts) == 20
    assert await count_sessions(resources.database) == 0


async def test_again_and_again(resources: Resources) -> None:
    """What ends later is cleaned up later."""

    async def is_clean() -> bool:
        return await count_sessions(resources.database) == 0

    async with housekeeping.housekeeping(resources.database, first_after=0, every=0.01):
        for _ in range(2):
            await add_ended_sessions(resources, 1)
            await until(is_clean)


async def test_lost_database(
    resources: Resources, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is gone for a while ends nothing but this round."""
    await add_ended_sessions(resources, 1)
    working = resources.database.engine
    broken = Database(URL.create("postgresql+asyncpg", host="127.0.0.1", port=1))
    monkeypatch.setattr(resources.database, "engine", broken.engine)

    async def has_complained() -> bool:
        return "not cleaned up" in caplog.messages

    async def is_clean() -> bool:
        return await count_sessions(resources.database) == 0

    with caplog.at_level(logging.WARNING, "app.housekeeping"):
        async with housekeeping.housekeeping(resources.database, first_after=0, every=0.01):
            await until(has_complained)
            monkeypatch.setattr(resources.database, "engine", working)
            await until(is_clean)
    await broken.close()
