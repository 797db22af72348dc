"""Test data, made through the same doors as the real."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL

from app.database import Database
from app.features.items import service as items
from app.features.items.models import Item
from app.features.items.schemas import ItemCreate
from app.features.users import service as users
from app.features.users.models import User
from app.features.users.schemas import UserSignup
from app.security import Passwords
from app.settings import Settings
from kingpost.testclient import TestClient

ADMIN_EMAIL = "admin@example.com"
ADMIN_PASSWORD = "the administrator's password"
PASSWORD = "correct horse battery"

PAGE = "<!doctype html><title>The page</title>"
SCRIPT = "export const answer = 42;\n" * 100

TOKEN_URL = "/api/v1/login/access-token"
SIGNUP_URL = "/api/v1/users/signup"


def make_settings(url: URL, folder: Path, **changed: object) -> Settings:
    """Return settings for a database, with cheap hashes and nothing from the machine."""
    given: dict[str, object] = {
        "ENVIRONMENT": "development",
        "DATABASE_URL": url.render_as_string(hide_password=False),
        "DATA_DIR": folder / "data",
        "SECRET_KEY": "0123456789abcdef-the-tests-secret",
        "PASSWORD_HASH_MEMORY_KIB": 32,
        "PASSWORD_HASH_PASSES": 1,
        "ADMIN_EMAIL": ADMIN_EMAIL,
        "ADMIN_PASSWORD": ADMIN_PASSWORD,
    }
    return Settings.model_validate(given | changed)


@dataclass(frozen=True)
class SignedIn:
    """A user with an access token."""

    id: str
    email: str
    headers: dict[str, str]


def sign_in(
    client: TestClient, email: str, password: str = PASSWORD, *, scope: str = ""
) -> dict[str, str]:
    """Sign in, and return the headers of the requests that follow."""
    form = {"username": email, "password": password, "scope": scope}
    answer = client.post(TOKEN_URL, data=form)
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def sign_up(client: TestClient, email: str | None = None, *, scope: str = "") -> SignedIn:
    """Open an account and sign in to it."""
    address = email or f"{uuid4().hex}@example.com"
    new = {"email": address, "password": PASSWORD, "full_name": "Ada Lovelace"}
    answer = client.post(SIGNUP_URL, json=new)
    assert answer.status_code == 201, answer.text
    return SignedIn(answer.json()["id"], address, sign_in(client, address, scope=scope))


def sign_in_admin(client: TestClient) -> SignedIn:
    """Sign in as the administrator."""
    headers = sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
    user = client.get("/api/v1/users/me", headers=headers).json()
    return SignedIn(user["id"], ADMIN_EMAIL, headers)


def create_item(client: TestClient, user: SignedIn, **fields: Any) -> dict[str, Any]:
    """Keep an item for *user*, and return it."""
    new = {"title": "A title", **fields}
    answer = client.post("/api/v1/items", json=new, headers=user.headers)
    assert answer.status_code == 201, answer.text
    item: dict[str, Any] = answer.json()
    return item


async def make_user(database: Database, passwords: Passwords, email: str | None = None) -> User:
    """Open an account without HTTP."""
    new = UserSignup(
        email=email or f"{uuid4().hex}@example.com", password=PASSWORD, full_name="Ada Lovelace"
    )
    async with database.transaction() as session:
        return await users.signup(session, passwords, new)


async def make_item(database: Database, owner: User, title: str = "A title") -> Item:
    """Keep an item without HTTP."""
    async with database.transaction() as session:
        return await items.create(session, owner.id, ItemCreate(title=title))
