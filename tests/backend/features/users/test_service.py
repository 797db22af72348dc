"""The rules of accounts, on the database and without HTTP."""

import asyncio

import pytest
from sqlmodel import col, select, update

from app.database import Database
from app.dependencies import Resources
from app.errors import AppError
from app.features.users import service
from app.features.users.models import Role, User
from app.features.users.schemas import PasswordChange, UserAccess, UserUpdateMe
from app.security import Passwords
from tests.backend.factories import ADMIN_EMAIL, PASSWORD, make_user

pytestmark = pytest.mark.anyio


async def find(database: Database, email: str) -> User:
    """Return the user with an address."""
    async with database.transaction(read_only=True) as session:
        user = await service.find_by_email(session, email)
    assert user is not None
    return user


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ada@Example.COM", "ada@example.com"),
        ("  ada@example.com ", "ada@example.com"),
        ("JÜRGEN@MÜNCHEN.example", "jürgen@münchen.example"),
        ("no address", None),
        ("a\x00@example.com", None),
        ("", None),
    ],
)
def test_known_email_key(typed: str, key: str | None) -> None:
    """An address is the same in every case; what is no address has no key."""
    assert service.known_email_key(typed) == key


async def test_signup_at_once(resources: Resources) -> None:
    """Of two people who open an account for one address at once, one gets it."""
    results = await asyncio.gather(
        make_user(resources.database, resources.passwords, "ada@example.com"),
        make_user(resources.database, resources.passwords, "ADA@example.com"),
        return_exceptions=True,
    )

    errors = [result for result in results if isinstance(result, AppError)]
    assert [error.code for error in errors] == ["email_taken"]
    assert sum(isinstance(result, User) for result in results) == 1


async def test_update_me_at_once(resources: Resources) -> None:
    """Of two users who take one address at once, one gets it."""
    users = [await make_user(resources.database, resources.passwords) for _ in range(2)]

    async def take(user: User) -> None:
        async with resources.database.transaction() as session:
            attached = await session.get_one(User, user.id)
            await service.update_me(session, attached, UserUpdateMe(email="new@example.com"))

    results = await asyncio.gather(*map(take, users), return_exceptions=True)

    assert sorted(isinstance(result, AppError) for result in results) == [False, True]


async def test_change_password_at_once(resources: Resources) -> None:
    """Of two changes that know the same old password, the second one is too late."""
    user = await make_user(resources.database, resources.passwords)

    async def change(new: str) -> None:
        async with resources.database.transaction() as session:
            attached = await session.get_one(User, user.id)
            await service.change_password(
                session,
                resources.passwords,
                attached,
                PasswordChange(current_password=PASSWORD, new_password=new),
            )

    results = await asyncio.gather(
        change("the first new one"), change("the second new one"), return_exceptions=True
    )

    errors = [result for result in results if isinstance(result, AppError)]
    assert [error.code for error in errors] == ["wrong_password"]


async def test_no_transaction_while_hashing(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a connection nor SQLite's one place for a writer is held while hashes are made."""
    user = await make_user(resources.database, resources.passwords)
    seen: list[bool] = []
    verify = Passwords.verify

    async with resources.database.transaction() as session:
        attached = await session.get_one(User, user.id)

        async def spy(
            passwords: Passwords, password: str, stored: str | None
        ) -> tuple[bool, str | None]:
            seen.append(session.in_transaction())
            return await verify(passwords, password, stored)

        monkeypatch.setattr(Passwords, "verify", spy)
        change = PasswordChange(current_password=PASSWORD, new_password="a much newer one")
        await service.change_password(session, resources.passwords, attached, change)

    assert seen == [False]


async def test_administrators_demote_each_other(resources: Resources) -> None:
    """Two administrators who demote each other at once do not leave the product without one."""
    first = await find(resources.database, ADMIN_EMAIL)
    second = await make_user(resources.database, resources.passwords)
    async with resources.database.transaction() as session:
        await session.exec(update(User).where(col(User.id) == second.id).values(role=Role.ADMIN))

    async def demote(actor: User, other: User) -> None:
        async with resources.database.transaction() as session:
            await service.change_access(session, actor, other.id, UserAccess(role=Role.USER))

    results = await asyncio.gather(
        demote(first, second), demote(second, first), return_exceptions=True
    )

    errors = [result for result in results if isinstance(result, AppError)]
    assert [error.code for error in errors] == ["insufficient_scope"]
    async with resources.database.transaction(read_only=True) as session:
        left = (await session.exec(select(User).where(col(User.role) == Role.ADMIN))).all()
    assert len(left) == 1


@pytest.mark.parametrize(
    ("change", "narrowed"),
    [
        (UserAccess(), False),
        (UserAccess(is_active=False), True),
        (UserAccess(is_active=True), False),
        (UserAccess(role=Role.ADMIN), False),
        (UserAccess(role=Role.USER), False),
    ],
)
async def test_change_access(resources: Resources, change: UserAccess, narrowed: bool) -> None:
    """The caller hears whether the user may do less than before."""
    admin = await find(resources.database, ADMIN_EMAIL)
    user = await make_user(resources.database, resources.passwords)

    async with resources.database.transaction() as session:
        changed, less = await service.change_access(session, admin, user.id, change)

    assert changed.id == user.id
    assert less is narrowed


async def test_one_administrator(resources: Resources) -> None:
    """The first administrator is made once, even if they took another address since."""
    async with resources.database.transaction() as session:
        made = await service.create_administrator(
            session, resources.passwords, "second@example.com", PASSWORD
        )

    assert made is False
