"""The rules of sessions, on the database and without HTTP."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, func
from sqlmodel import col, select, update

from app.database import Database, utcnow
from app.dependencies import Resources
from app.errors import AppError
from app.features.sessions import service
from app.features.sessions.models import RefreshToken, Session
from app.features.sessions.service import Credentials, Grant
from app.features.users.models import User
from app.security import AccessToken, Passwords, hash_token
from tests.backend.factories import PASSWORD, make_user

pytestmark = pytest.mark.anyio

LIFETIME = timedelta(days=30)


async def sign_in(
    resources: Resources, user: User, password: str = PASSWORD, user_agent: str = ""
) -> Grant:
    """Sign in as one request does."""
    typed = Credentials(user.email, password, user_agent=user_agent)
    async with resources.database.transaction() as session:
        return await service.sign_in(session, resources.passwords, typed, LIFETIME)


async def refresh(database: Database, token: str) -> Grant | None:
    """Refresh as one request does; None stands for a refusal."""
    try:
        async with database.transaction() as session:
            return await service.refresh(session, token)
    except AppError as error:
        if error.code != "invalid_refresh_token":
            raise
        return None


async def is_alive(database: Database, grant: Grant) -> bool:
    """Return whether the access token of a grant is still accepted."""
    async with database.transaction(read_only=True) as session:
        return await service.identify(session, grant.access) is not None


async def age(database: Database, seconds: int) -> None:
    """Move the replacement of every token to the past."""
    statement = update(RefreshToken).where(col(RefreshToken.replaced_at).is_not(None))
    async with database.transaction() as session:
        await session.exec(statement.values(replaced_at=utcnow() - timedelta(seconds=seconds)))


async def ended_at(database: Database, session_id: UUID) -> object:
    """Return when a session was ended."""
    async with database.transaction(read_only=True) as session:
        found = await session.exec(select(Session.revoked_at).where(Session.id == session_id))
        return found.one()


class TestFindOwner:
    """find_owner()"""

    async def test_whose_token(self, resources: Resources) -> None:
        """It is known whose a token is, also after its use; nobody's is nobody's."""
        users = [await make_user(resources.database, resources.passwords) for _ in range(2)]
        grants = [await sign_in(resources, user) for user in users]
        await refresh(resources.database, grants[1].refresh_token)

        async with resources.database.transaction() as session:
            found = [
                await service.find_owner(session, token)
                for token in (grants[0].refresh_token, grants[1].refresh_token, "unknown", "")
            ]

        assert found == [str(users[0].id), str(users[1].id), None, None]


class TestSignIn:
    """sign_in()"""

    @pytest.mark.parametrize("case", ["valid", "wrong", "unknown", "inactive", "no address"])
    async def test_same_work_in_every_case(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch, case: str
    ) -> None:
        """One hash of the same cost is verified, whatever is known about the account."""
        user = await make_user(resources.database, resources.passwords, "ada@example.com")
        if case == "inactive":
            async with resources.database.transaction() as session:
                await session.exec(
                    update(User).where(col(User.id) == user.id).values(is_active=False)
                )
        stored: list[str] = []
        verify = Passwords._verify

        def spy(passwords: Passwords, password: str, against: str) -> tuple[bool, str | None]:
            stored.append(against)
            return verify(passwords, password, against)

        monkeypatch.setattr(Passwords, "_verify", spy)
        email = {"unknown": "nobody@example.com", "no address": "x"}.get(case, user.email)
        typed = Credentials(email, "wrong one" if case == "wrong" else PASSWORD)

        async with resources.database.session() as session:
            try:
                await service.sign_in(session, resources.passwords, typed, LIFETIME)
                refused = False
            except AppError as error:
                refused = error.code == "invalid_credentials"

        assert refused is (case != "valid")
        parameters = [against.rsplit("$", 2)[0] for against in stored]
        assert parameters == ["$argon2id$v=19$m=32,t=1,p=4"]

    async def test_rehash(self, resources: Resources) -> None:
        """A hash with outdated parameters is renewed by the next sign-in."""
        user = await make_user(resources.database, Passwords(memory_kib=64, passes=2))

        await sign_in(resources, user)

        async with resources.database.transaction(read_only=True) as session:
            found = await session.exec(select(User.password_hash).where(User.id == user.id))
            assert found.one().startswith("$argon2id$v=19$m=32,t=1,p=4$")
        assert await is_alive(resources.database, await sign_in(resources, user))

    @pytest.mark.parametrize("change", [{"password_hash": "another"}, {"is_active": False}])
    async def test_changed_while_verifying(
        self, resources: Resources, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
    ) -> None:
        """A password that is changed while it is verified opens no session any more."""
        user = await make_user(resources.database, resources.passwords)
        verify = Passwords.verify

        async def slow(
            passwords: Passwords, password: str, stored: str | None
        ) -> tuple[bool, str | None]:
            async with resources.database.transaction() as other:
                await other.exec(update(User).where(col(User.id) == user.id).values(**change))
            return await verify(passwords, password, stored)

        monkeypatch.setattr(Passwords, "verify", slow)

        with pytest.raises(AppError, match="invalid_credentials"):
            await sign_in(resources, user)

    async def test_user_agent(self, resources: Resources) -> None:
        """The browser's name is kept, as much of it as fits."""
        user = await make_user(resources.database, resources.passwords)

        grant = await sign_in(resources, user, user_agent="x" * 1000)

        async with resources.database.transaction(read_only=True) as session:
            opened = await session.get_one(Session, grant.access.session_id)
        assert opened.user_agent == "x" * 255

    async def test_only_a_hash_is_kept(self, resources: Resources) -> None:
        """The database never sees a refresh token."""
        user = await make_user(resources.database, resources.passwords)

        grant = await sign_in(resources, user)

        async with resources.database.transaction(read_only=True) as session:
            hashes = (await session.exec(select(RefreshToken.token_hash))).all()
        assert hashes == [hash_token(grant.refresh_token)]
        assert grant.refresh_token not in hashes[0]


class TestForgetEnded:
    """forget_ended()"""

    async def make_ended(self, resources: Resources) -> set[UUID]:
        """Sign in three times, end two of the sessions long ago, and return the third."""
        user = await make_user(resources.database, resources.passwords)
        expired, revoked, alive = [await sign_in(resources, user) for _ in range(3)]
        now = utcnow()
        async with resources.database.transaction() as session:
            for grant, values in (
                (expired, {"expires_at": now - timedelta(seconds=1)}),
                (revoked, {"revoked_at": now - timedelta(days=2)}),
            ):
                named = col(Session.id) == grant.access.session_id
                await session.exec(update(Session).where(named).values(**values))
        return {alive.access.session_id}

    async def test_ended_ones_alone(self, resources: Resources) -> None:
        """Whoever's they are, the sessions that ended go with their tokens; the others stay."""
        alive = await self.make_ended(resources) | await self.make_ended(resources)

        async with resources.database.transaction() as session:
            deleted = await service.forget_ended(session, 100)

        assert deleted == 4
        async with resources.database.transaction(read_only=True) as session:
            kept = set((await session.exec(select(Session.id))).all())
            tokens = (await session.exec(select(func.count()).select_from(RefreshToken))).one()
        assert kept == alive
        assert tokens == 2

    async def test_recently_revoked_ones_stay(self, resources: Resources) -> None:
        """A session that was ended a moment ago is kept, so that reuse of its token is noticed."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        async with resources.database.transaction() as session:
            await service.end_session(session, grant.access.session_id)
            assert await service.forget_ended(session, 100) == 0

    async def test_no_more_than_asked_for(self, resources: Resources) -> None:
        """One transaction deletes a bounded number."""
        await self.make_ended(resources)

        async with resources.database.transaction() as session:
            assert await service.forget_ended(session, 1) == 1


class TestRefresh:
    """refresh()"""

    async def test_two_at_once(self, resources: Resources) -> None:
        """Two tabs that refresh at the same moment both go on; a third ends the family."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)

        both = await asyncio.gather(
            *(refresh(resources.database, grant.refresh_token) for _ in range(2))
        )

        tokens = {answer.refresh_token for answer in both if answer is not None}
        assert len(tokens) == 2
        assert await is_alive(resources.database, grant)
        assert await refresh(resources.database, grant.refresh_token) is None
        assert not await is_alive(resources.database, grant)
        assert [await refresh(resources.database, token) for token in tokens] == [None, None]

    async def test_many_at_once(self, resources: Resources) -> None:
        """However many come at once, two are honoured, and the rest end the family."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)

        answers = await asyncio.gather(
            *(refresh(resources.database, grant.refresh_token) for _ in range(8))
        )

        assert sum(answer is not None for answer in answers) <= 2
        assert answers.count(None) >= 6
        assert not await is_alive(resources.database, grant)

    async def test_chain(self, resources: Resources) -> None:
        """Each token is answered with the next one, in the same session."""
        user = await make_user(resources.database, resources.passwords)
        grants = [await sign_in(resources, user)]
        for _ in range(4):
            answer = await refresh(resources.database, grants[-1].refresh_token)
            assert answer is not None
            grants.append(answer)

        assert len({grant.refresh_token for grant in grants}) == 5
        assert len({grant.access.session_id for grant in grants}) == 1
        assert len({grant.expires_at for grant in grants}) == 1

    async def test_late_repeat(self, resources: Resources) -> None:
        """A token replaced ten seconds ago or more is not honoured again."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        following = await refresh(resources.database, grant.refresh_token)
        await age(resources.database, 10)

        assert await refresh(resources.database, grant.refresh_token) is None

        assert following is not None
        assert await refresh(resources.database, following.refresh_token) is None
        assert await ended_at(resources.database, grant.access.session_id) is not None

    async def test_siblings(self, resources: Resources) -> None:
        """Of two tabs' tokens the one that is used retires the other."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        first = await refresh(resources.database, grant.refresh_token)
        second = await refresh(resources.database, grant.refresh_token)
        assert first is not None
        assert second is not None
        current = await refresh(resources.database, second.refresh_token)
        assert current is not None
        await age(resources.database, 11)

        assert await refresh(resources.database, first.refresh_token) is None

        assert not await is_alive(resources.database, current)

    async def test_opposite_siblings_at_once(self, resources: Resources) -> None:
        """Two tabs that go on with a token each, at once, do not block each other."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        pair = [await refresh(resources.database, grant.refresh_token) for _ in range(2)]
        tokens = [answer.refresh_token for answer in pair if answer is not None]

        answers = await asyncio.gather(*(refresh(resources.database, token) for token in tokens))

        assert None not in answers

    async def test_deactivated_user(self, resources: Resources) -> None:
        """A user who may not sign in may not stay signed in."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        async with resources.database.transaction() as session:
            await session.exec(update(User).where(col(User.id) == user.id).values(is_active=False))

        assert await refresh(resources.database, grant.refresh_token) is None

    async def test_use_is_noted(self, resources: Resources) -> None:
        """A session remembers when it was last refreshed."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)

        await refresh(resources.database, grant.refresh_token)

        async with resources.database.transaction(read_only=True) as session:
            used = await session.get_one(Session, grant.access.session_id)
        assert used.last_used_at > used.created_at


class TestIdentify:
    """identify()"""

    async def test_valid(self, resources: Resources) -> None:
        """A token of a living session stands for its user."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)

        async with resources.database.transaction(read_only=True) as session:
            identity = await service.identify(session, grant.access)

        assert identity is not None
        assert identity.user.id == user.id
        assert identity.session_id == grant.access.session_id

    async def test_scopes_shrink_with_the_role(self, resources: Resources) -> None:
        """A scope that the role does not allow any more is not granted by an old token."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        claims = AccessToken(user.id, grant.access.session_id, ("admin", "items:read"))

        async with resources.database.transaction(read_only=True) as session:
            identity = await service.identify(session, claims)

        assert identity is not None
        assert identity.scopes == ("items:read",)

    async def test_somebody_elses_session(self, resources: Resources) -> None:
        """A session stands for its own user alone."""
        user = await make_user(resources.database, resources.passwords)
        other = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        claims = AccessToken(other.id, grant.access.session_id, ())

        async with resources.database.transaction(read_only=True) as session:
            assert await service.identify(session, claims) is None

    async def test_one_query(self, resources: Resources) -> None:
        """Who sends a request costs one query."""
        user = await make_user(resources.database, resources.passwords)
        grant = await sign_in(resources, user)
        queries: list[str] = []

        def note(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
            queries.append(statement)

        async with resources.database.transaction(read_only=True) as session:
            await session.connection()
            event.listen(resources.database.engine.sync_engine, "before_cursor_execute", note)
            await service.identify(session, grant.access)

        assert [query.split()[0] for query in queries] == ["SELECT"]
