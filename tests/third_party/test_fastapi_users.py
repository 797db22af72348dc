"""fastapi-users with its SQLAlchemy adapter: sign-up, sign-in, permissions, password reset."""

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient
from fastapi_users import BaseUserManager, FastAPIUsers, UUIDIDMixin, schemas
from fastapi_users.authentication import (
    AuthenticationBackend,
    BearerTransport,
    CookieTransport,
    JWTStrategy,
)
from fastapi_users_db_sqlalchemy import SQLAlchemyBaseUserTableUUID, SQLAlchemyUserDatabase
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import StaticPool

SECRET = "a secret of the tests that is long enough for HS256"
PASSWORD = "correct horse battery staple"
EMAIL = "ada@example.com"


class Base(DeclarativeBase):
    """The tables."""


class User(SQLAlchemyBaseUserTableUUID, Base):  # type: ignore[misc]
    """An account."""


class UserRead(schemas.BaseUser[uuid.UUID]):  # type: ignore[misc]
    """An account as clients see it."""


class UserCreate(schemas.BaseUserCreate):  # type: ignore[misc]
    """What signing up takes."""


class UserUpdate(schemas.BaseUserUpdate):  # type: ignore[misc]
    """What can be changed."""


class UserManager(UUIDIDMixin, BaseUserManager[User, uuid.UUID]):  # type: ignore[misc]
    """Keeps the tokens that would be sent by mail."""

    reset_password_token_secret = SECRET
    verification_token_secret = SECRET
    sent: dict[str, str] = {}  # noqa: RUF012 - shared on purpose

    async def on_after_forgot_password(
        self, user: User, token: str, request: Request | None = None
    ) -> None:
        """Keep the token."""
        self.sent["reset"] = token

    async def on_after_request_verify(
        self, user: User, token: str, request: Request | None = None
    ) -> None:
        """Keep the token."""
        self.sent["verify"] = token


def backends() -> list[Any]:
    """Return two ways to sign in: a header and a cookie."""

    def strategy() -> Any:
        return JWTStrategy(secret=SECRET, lifetime_seconds=3600)

    bearer = BearerTransport(tokenUrl="auth/jwt/login")
    cookie = CookieTransport(cookie_max_age=3600, cookie_secure=False)
    return [
        AuthenticationBackend(name="jwt", transport=bearer, get_strategy=strategy),
        AuthenticationBackend(name="cookie", transport=cookie, get_strategy=strategy),
    ]


def build() -> FastAPI:
    """Return an application with all routers of the package."""
    engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield
        await engine.dispose()

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    async def database(opened: Annotated[AsyncSession, Depends(session)]) -> AsyncIterator[Any]:
        yield SQLAlchemyUserDatabase(opened, User)

    async def manager(users: Annotated[Any, Depends(database)]) -> AsyncIterator[UserManager]:
        yield UserManager(users)

    app = FastAPI(lifespan=lifespan)
    jwt, cookie = backends()
    users = FastAPIUsers[User, uuid.UUID](manager, [jwt, cookie])
    app.include_router(users.get_auth_router(jwt), prefix="/auth/jwt", tags=["auth"])
    app.include_router(users.get_auth_router(cookie), prefix="/auth/cookie", tags=["auth"])
    app.include_router(users.get_register_router(UserRead, UserCreate), prefix="/auth")
    app.include_router(users.get_reset_password_router(), prefix="/auth")
    app.include_router(users.get_verify_router(UserRead), prefix="/auth")
    app.include_router(users.get_users_router(UserRead, UserUpdate), prefix="/users")
    verified = users.current_user(active=True, verified=True)

    @app.get("/verified")
    async def read_verified(user: Annotated[User, Depends(verified)]) -> str:
        return str(user.email)

    return app


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Serve the application with one account."""
    with TestClient(build()) as client:
        response = client.post("/auth/register", json={"email": EMAIL, "password": PASSWORD})
        assert response.status_code == 201
        yield client


def sign_in(client: TestClient, password: str = PASSWORD) -> dict[str, str]:
    """Return the header of a signed-in user."""
    response = client.post("/auth/jwt/login", data={"username": EMAIL, "password": password})
    assert response.status_code == 200, response.text
    return {"Authorization": f"Bearer {response.json()['access_token']}"}


def test_signing_up_makes_an_account(client: TestClient) -> None:
    """The password is not shown, and the address is taken afterwards."""
    other = client.post("/auth/register", json={"email": "bob@example.com", "password": PASSWORD})
    again = client.post("/auth/register", json={"email": EMAIL, "password": PASSWORD})
    wrong = client.post("/auth/register", json={"email": "no address", "password": PASSWORD})

    assert other.json()["is_active"] is True
    assert "password" not in other.text
    assert (again.status_code, again.json()["detail"]) == (400, "REGISTER_USER_ALREADY_EXISTS")
    assert wrong.json()["detail"][0]["loc"] == ["body", "email"]


def test_signing_in_gives_a_token(client: TestClient) -> None:
    """With it one reads and changes one's own account."""
    headers = sign_in(client)

    assert client.get("/users/me").status_code == 401
    assert client.get("/users/me", headers=headers).json()["email"] == EMAIL
    changed = client.patch("/users/me", headers=headers, json={"password": PASSWORD * 2})
    assert changed.status_code == 200
    assert sign_in(client, PASSWORD * 2)
    wrong = client.post("/auth/jwt/login", data={"username": EMAIL, "password": "wrong"})
    assert wrong.json() == {"detail": "LOGIN_BAD_CREDENTIALS"}


def test_signing_in_by_cookie(client: TestClient) -> None:
    """The package's own response is sent as it is."""
    form = {"username": EMAIL, "password": PASSWORD}

    assert client.post("/auth/cookie/login", data=form).status_code == 204
    assert client.get("/users/me").status_code == 200
    assert client.post("/auth/cookie/logout").status_code == 204
    assert client.get("/users/me").status_code == 401


def test_a_password_is_reset(client: TestClient) -> None:
    """By the token that would have been sent."""
    client.post("/auth/forgot-password", json={"email": EMAIL})
    body = {"token": UserManager.sent["reset"], "password": "another long password"}

    assert client.post("/auth/reset-password", json=body).status_code == 200
    assert sign_in(client, "another long password")


def test_permissions_are_kept(client: TestClient) -> None:
    """An unverified account is refused until it is verified; nobody reads other accounts."""
    headers = sign_in(client)
    me = client.get("/users/me", headers=headers).json()

    assert client.get("/verified", headers=headers).status_code == 403
    assert client.get(f"/users/{me['id']}", headers=headers).status_code == 403
    client.post("/auth/request-verify-token", json={"email": EMAIL})
    client.post("/auth/verify", json={"token": UserManager.sent["verify"]})
    assert client.get("/verified", headers=headers).json() == EMAIL


def test_everything_is_documented(client: TestClient) -> None:
    """Routes, models and both security schemes."""
    document = client.get("/openapi.json").json()

    assert {"/auth/jwt/login", "/auth/register", "/users/me", "/users/{id}"} <= set(
        document["paths"]
    )
    assert {"UserRead", "UserCreate", "UserUpdate"} <= set(document["components"]["schemas"])
    schemes = document["components"]["securitySchemes"]
    assert {scheme["type"] for scheme in schemes.values()} == {"oauth2", "apiKey"}
    assert document["paths"]["/users/me"]["get"]["security"]
