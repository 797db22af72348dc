"""How the database is opened, and what a transaction is."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, func, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import col, select, update

from app.database import Database, release, utcnow
from app.dependencies import Resources
from app.errors import AppError
from app.features.items.models import Item
from app.features.users.models import User
from tests.backend.factories import make_item, make_user

pytestmark = pytest.mark.anyio


class TestTimes:
    """UTCDateTime"""

    async def test_aware_of_utc(self, resources: Resources) -> None:
        """A moment comes back as it went in, in UTC, from whatever zone."""
        owner = await make_user(resources.database, resources.passwords)
        item = await make_item(resources.database, owner)
        local = datetime(2026, 3, 1, 1, 30, 0, 123456, timezone(timedelta(hours=5, minutes=30)))
        async with resources.database.transaction() as session:
            (await session.get_one(Item, item.id)).updated_at = local

        async with resources.database.transaction(read_only=True) as session:
            stored = (await session.get_one(Item, item.id)).updated_at

        assert stored == local
        assert stored.tzinfo is UTC

    async def test_naive_is_refused(self, resources: Resources) -> None:
        """A time without a zone is a mistake, and not stored as if it were UTC."""
        naive = utcnow().replace(tzinfo=None)

        async with resources.database.session() as session:
            with pytest.raises(StatementError, match="without a time zone"):
                await session.exec(update(User).values(created_at=naive))


class TestTransaction:
    """Database.transaction()"""

    async def test_commits(self, resources: Resources) -> None:
        """What is written is there afterwards."""
        user = await make_user(resources.database, resources.passwords)

        async with resources.database.transaction(read_only=True) as session:
            assert await session.get(User, user.id) is not None

    @pytest.mark.parametrize("error", [ValueError(), AppError(409, "no", "No.")])
    async def test_rolls_back(self, resources: Resources, error: Exception) -> None:
        """An error takes back everything that was written before it."""
        user = await make_user(resources.database, resources.passwords)

        with pytest.raises(type(error)):
            await self._rename(resources.database, user, error)

        assert await self._name(resources.database, user) == "Ada Lovelace"

    async def test_keeps_changes(self, resources: Resources) -> None:
        """A refusal that is itself a change is kept."""
        user = await make_user(resources.database, resources.passwords)
        error = AppError(401, "no", "No.", keep_changes=True)

        with pytest.raises(AppError):
            await self._rename(resources.database, user, error)

        assert await self._name(resources.database, user) == "Changed"

    async def _rename(self, database: Database, user: User, error: Exception) -> None:
        async with database.transaction() as session:
            (await session.get_one(User, user.id)).full_name = "Changed"
            await session.flush()
            raise error

    async def _name(self, database: Database, user: User) -> str:
        async with database.transaction(read_only=True) as session:
            return (await session.get_one(User, user.id)).full_name

    async def test_writers_take_turns(self, resources: Resources) -> None:
        """Transactions that read and then write, all at once, all succeed."""
        owner = await make_user(resources.database, resources.passwords)

        async def write(number: int) -> None:
            async with resources.database.transaction() as session:
                await session.exec(select(func.count()).select_from(Item))
                await asyncio.sleep(0)
                session.add(Item(owner_id=owner.id, title=str(number)))

        await asyncio.gather(*map(write, range(12)))

        async with resources.database.transaction(read_only=True) as session:
            count = (await session.exec(select(func.count()).select_from(Item))).one()
        assert count == 12

    async def test_readers_do_not_wait(self, resources: Resources) -> None:
        """A reader is answered while a writer is at work, with what was there before."""
        user = await make_user(resources.database, resources.passwords)
        async with resources.database.transaction() as writer:
            (await writer.get_one(User, user.id)).full_name = "Changed"
            await writer.flush()

            assert await self._name(resources.database, user) == "Ada Lovelace"


class TestRelease:
    """release()"""

    async def test_ends_the_transaction(self, resources: Resources) -> None:
        """After it no connection is held, and what was read can still be read."""
        user = await make_user(resources.database, resources.passwords)
        async with resources.database.session() as session:
            read = await session.get_one(User, user.id)

            await release(session)

            assert not session.in_transaction()
            assert read.full_name == "Ada Lovelace"

    async def test_refused_after_a_change(self, resources: Resources) -> None:
        """Changes are not committed by the way."""
        user = await make_user(resources.database, resources.passwords)
        async with resources.database.session() as session:
            (await session.get_one(User, user.id)).full_name = "Changed"

            with pytest.raises(RuntimeError, match="unsaved changes"):
                await release(session)


async def test_references_are_enforced(resources: Resources) -> None:
    """No database lets an item belong to nobody."""
    async with resources.database.session() as session:
        session.add(Item(owner_id=uuid4(), title="Nobody's"))

        with pytest.raises(IntegrityError):
            await session.flush()


async def test_roles_are_enforced(resources: Resources) -> None:
    """No database takes a role that the application does not know."""
    async with resources.database.session() as session:
        connection = await session.connection()

        with pytest.raises(DBAPIError):
            await connection.execute(text("UPDATE users SET role = 'owner'"))


async def test_errors_hold_no_values(resources: Resources) -> None:
    """What people typed is kept out of the errors of the database."""
    async with resources.database.session() as session:
        session.add(Item(owner_id=uuid4(), title="My secret title"))

        with pytest.raises(IntegrityError) as caught:
            await session.flush()

    assert "My secret title" not in str(caught.value)


async def test_search_key_has_every_case(resources: Resources) -> None:
    """lower() knows more than ASCII on every database."""
    async with resources.database.transaction(read_only=True) as session:
        lowered = await session.exec(select(func.lower("ÄÖÜ ÉÇ ΣΩ ЖЯ")))

    assert lowered.one() == "äöü éç σω жя"


async def test_sqlite_is_configured(tmp_path: Path) -> None:
    """SQLite keeps a log ahead of the file, enforces references and waits for its turn."""
    database = Database(URL.create("sqlite+aiosqlite", database=str(tmp_path / "new" / "a.db")))
    found = {}
    async with database.engine.connect() as connection:
        for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous"):
            found[name] = (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
    await database.close()

    expected = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15_000, "synchronous": 1}
    assert found == expected
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


async def test_keys_are_uuids(resources: Resources) -> None:
    """A key can be chosen before the row is stored."""
    user = await make_user(resources.database, resources.passwords)

    async with resources.database.transaction(read_only=True) as session:
        found = await session.exec(select(User.id).where(col(User.id) == user.id))
        assert found.one() == user.id
