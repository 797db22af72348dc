"""What an operation is given: its transaction, and who sends the request."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import jwt
import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session as OrmSession
from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import Database, utcnow
from app.features.items.models import Item
from app.features.sessions.models import Session
from app.security import AccessToken, AccessTokens
from app.settings import Settings
from kingpost.testclient import TestClient
from tests.backend.conftest import Sql
from tests.backend.factories import SignedIn, create_item, sign_up

ITEMS_URL = "/api/v1/items"
ME_URL = "/api/v1/users/me"


@pytest.fixture
def failing_commit() -> Iterator[None]:
    """Make every commit fail, as that of a database whose disk is full."""

    def fail(session: OrmSession) -> None:
        raise RuntimeError("the disk is full")

    event.listen(OrmSession, "before_commit", fail)
    yield
    event.remove(OrmSession, "before_commit", fail)


def count_items(sql: Sql) -> int:
    """Return how many items the database holds."""
    return int(sql(select(func.count()).select_from(Item))[0][0])


class TestTransaction:
    """get_session()"""

    def test_failed_commit_is_a_failure(
        self, client: TestClient, sql: Sql, request: pytest.FixtureRequest
    ) -> None:
        """When the commit fails, the client hears so: it comes before the answer."""
        user = sign_up(client)
        request.getfixturevalue("failing_commit")

        answer = client.post(ITEMS_URL, json={"title": "Lost"}, headers=user.headers)

        assert answer.status_code == 500
        assert answer.json() == {
            "detail": "Internal Server Error",
            "code": "internal_error",
            "field": None,
        }
        assert count_items(sql) == 0

    def test_one_session_a_request(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Authentication and the operation share one transaction."""
        user = sign_up(client)
        opened = note_sessions(monkeypatch)

        create_item(client, user)

        assert opened == [False]

    def test_safe_methods_only_read(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A GET takes no turn among the writers."""
        user = sign_up(client)
        opened = note_sessions(monkeypatch)

        client.get(ITEMS_URL, headers=user.headers)

        assert opened == [True]


def note_sessions(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Return a list that grows by an entry a session: whether it only reads."""
    opened: list[bool] = []
    session = Database.session

    @asynccontextmanager
    async def noting(database: Database, *, read_only: bool = False) -> AsyncIterator[AsyncSession]:
        opened.append(read_only)
        async with session(database, read_only=read_only) as inner:
            yield inner

    monkeypatch.setattr(Database, "session", noting)
    return opened


class TestIdentify:
    """identify()"""

    @pytest.fixture
    def user(self, client: TestClient) -> SignedIn:
        """Return a signed-in user."""
        return sign_up(client)

    @pytest.fixture
    def claims(self, user: SignedIn, settings: Settings) -> dict[str, object]:
        """Return what the user's token says."""
        token = user.headers["Authorization"].split()[1]
        claims: dict[str, object] = jwt.decode(
            token, settings.secret_key, ["HS256"], audience="kingpost-api"
        )
        return claims

    def test_own_claims(
        self, client: TestClient, claims: dict[str, object], settings: Settings
    ) -> None:
        """A token made again from the same claims is accepted: the cases below differ from it."""
        assert self._status(client, claims, settings.secret_key) == 200

    @pytest.mark.parametrize(
        "changed",
        [
            {"aud": "another"},
            {"iss": "another"},
            {"type": "refresh"},
            {"exp": 1_000_000_000},
            {"sub": "not a uuid"},
            {"sub": str(uuid4())},
            {"sid": str(uuid4())},
            {"sid": None},
            {"sid": 7},
            {"scope": 7},
            {"exp": None},
        ],
    )
    def test_wrong_claims(
        self,
        client: TestClient,
        claims: dict[str, object],
        settings: Settings,
        changed: dict[str, object],
    ) -> None:
        """A claim that is wrong or missing makes the token worthless, whoever signed it."""
        merged = {key: value for key, value in (claims | changed).items() if value is not None}

        assert self._status(client, merged, settings.secret_key) == 401

    def test_wrong_signature(self, client: TestClient, claims: dict[str, object]) -> None:
        """A token of another secret is worthless."""
        assert self._status(client, claims, "another secret of thirty-two letters") == 401

    def test_unsigned(self, client: TestClient, claims: dict[str, object]) -> None:
        """A token that says it needs no signature is worthless (RFC 8725, 3.1)."""
        token = jwt.encode(claims, "", algorithm="none")

        answer = client.get(ME_URL, headers={"Authorization": f"Bearer {token}"})

        assert answer.status_code == 401

    def _status(self, client: TestClient, claims: dict[str, object], secret: str) -> int:
        token = jwt.encode(claims, secret, algorithm="HS256")
        answer = client.get(ME_URL, headers={"Authorization": f"Bearer {token}"})
        if answer.status_code == 401:
            assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        return int(answer.status_code)

    def test_ended_session(
        self, client: TestClient, user: SignedIn, settings: Settings, sql: Sql
    ) -> None:
        """A good token of a session that ended is refused at once."""
        sql(update(Session).values(revoked_at=utcnow()))

        assert client.get(ME_URL, headers=user.headers).status_code == 401

    def test_expired_token(
        self, client: TestClient, user: SignedIn, claims: dict[str, object], settings: Settings
    ) -> None:
        """A token expires by itself, too."""
        tokens = AccessTokens(settings.secret_key, timedelta(minutes=10))
        past = utcnow() - timedelta(minutes=11)
        token = AccessToken(UUID(user.id), UUID(str(claims["sid"])), ("users:read",))
        headers = {"Authorization": f"Bearer {tokens.encode(token, past)}"}

        assert client.get(ME_URL, headers=headers).status_code == 401

    @pytest.mark.parametrize("value", ["Bearer", "Bearer ", "Basic YTpi", "token", "Bearer a b"])
    def test_strange_headers(self, client: TestClient, value: str) -> None:
        """Whatever stands in the header, the answer is a 401."""
        answer = client.get(ME_URL, headers={"Authorization": value})

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
