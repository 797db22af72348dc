"""The rules of forgotten passwords, on the database and without HTTP."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from app.database import Database, utcnow
from app.dependencies import Resources
from app.errors import AppError
from app.features.recovery import service
from app.features.recovery.models import ResetToken
from app.security import hash_token
from tests.backend.factories import make_user

pytestmark = pytest.mark.anyio


async def request(database: Database, email: str) -> str | None:
    """Ask for a token as one request does."""
    async with database.transaction() as session:
        found = await service.request(session, email)
    return found[1] if found is not None else None


async def reset(resources: Resources, token: str) -> bool:
    """Choose a new password as one request does; False stands for a refusal."""
    try:
        async with resources.database.transaction() as session:
            await service.reset(session, resources.passwords, token, "a new and long password")
    except AppError as error:
        if error.code != "invalid_reset_token":
            raise
        return False
    return True


async def tokens(database: Database) -> list[ResetToken]:
    """Return what the database keeps."""
    async with database.transaction(read_only=True) as session:
        return list((await session.exec(select(ResetToken))).all())


class TestRequest:
    """request()"""

    async def test_hash_alone_is_kept(self, resources: Resources) -> None:
        """Whoever reads the database cannot follow a link."""
        user = await make_user(resources.database, resources.passwords)

        token = await request(resources.database, user.email)

        (kept,) = await tokens(resources.database)
        assert token is not None
        assert kept.token_hash == hash_token(token)
        assert token not in repr(kept)
        assert kept.expires_at - kept.created_at == timedelta(hours=1)

    async def test_one_for_each_user(self, resources: Resources) -> None:
        """However often somebody asks, and at once, one token is good: the last one made."""
        user = await make_user(resources.database, resources.passwords)

        made = await asyncio.gather(*(request(resources.database, user.email) for _ in range(5)))

        (kept,) = await tokens(resources.database)
        good = [token for token in made if token and hash_token(token) == kept.token_hash]
        assert len(set(made)) == 5
        assert len(good) == 1
        assert [await reset(resources, str(token)) for token in made].count(True) == 1

    @pytest.mark.parametrize("email", ["nobody@example.com", "no address", ""])
    async def test_nobody(self, resources: Resources, email: str) -> None:
        """Nothing is kept for an address without an account."""
        assert await request(resources.database, email) is None
        assert await tokens(resources.database) == []


class TestFindOwner:
    """find_owner()"""

    async def test_whose_link(self, resources: Resources) -> None:
        """It is known whose a link is as long as it may be followed."""
        user = await make_user(resources.database, resources.passwords)
        token = await request(resources.database, user.email)
        assert token is not None

        async with resources.database.transaction() as session:
            found = [await service.find_owner(session, one) for one in (token, "unknown")]
        await reset(resources, token)
        async with resources.database.transaction() as session:
            found.append(await service.find_owner(session, token))

        assert found == [str(user.id), None, None]


class TestReset:
    """reset()"""

    async def test_two_at_once(self, resources: Resources) -> None:
        """Of two who use a link at the same moment one succeeds."""
        user = await make_user(resources.database, resources.passwords)
        token = await request(resources.database, user.email)
        assert token is not None

        results = await asyncio.gather(*(reset(resources, token) for _ in range(2)))

        assert sorted(results) == [False, True]

    async def test_unknown_token_costs_no_hash(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Guessing tokens does not make the server work."""

        async def fail(password: str) -> str:
            raise AssertionError("A password was hashed for nobody.")

        monkeypatch.setattr(resources.passwords, "hash", fail)

        assert not await reset(resources, "unknown")


class TestForgetExpired:
    """forget_expired()"""

    async def test_old_ones_alone(self, resources: Resources) -> None:
        """Tokens that are too old go, a bounded number at once; the others stay."""
        users = [await make_user(resources.database, resources.passwords) for _ in range(4)]
        for user in users:
            await request(resources.database, user.email)
        async with resources.database.transaction() as session:
            old = [user.id for user in users[:3]]
            statement = update(ResetToken).where(col(ResetToken.user_id).in_(old))
            await session.exec(statement.values(expires_at=utcnow()))

        counts = []
        for _ in range(3):
            async with resources.database.transaction() as session:
                counts.append(await service.forget_expired(session, 2))

        assert counts == [2, 1, 0]
        assert [token.user_id for token in await tokens(resources.database)] == [users[3].id]
