"""Every SELECT on users."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.features.users.models import Role, User
from app.features.users.schemas import UserSort
from app.paging import PageRequest

_SORTS = {
    "email": col(User.email_key),
    "created_at": col(User.created_at),
    "full_name": func.lower(User.full_name),
}


async def by_email_key(session: AsyncSession, key: str, *, lock: bool = False) -> User | None:
    """Return the user with this e-mail key.

    Args:
        session: The session to read with.
        key: The key.
        lock: Keep others from changing the row until the transaction ends.
    """
    statement = select(User).where(User.email_key == key)
    if lock:
        statement = statement.with_for_update()
    return (await session.exec(statement)).one_or_none()


async def by_id(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> User | None:
    """Return a user as the database has it now.

    Args:
        session: The session to read with.
        user_id: The user.
        lock: Keep others from changing the row until the transaction ends.
    """
    statement = select(User).where(User.id == user_id).execution_options(populate_existing=True)
    if lock:
        statement = statement.with_for_update()
    return (await session.exec(statement)).one_or_none()


async def lock_administrators(session: AsyncSession) -> Sequence[User]:
    """Return the active administrators, locked in one order so that two callers never cross."""
    statement = (
        select(User)
        .where(User.role == Role.ADMIN, col(User.is_active))
        .order_by(col(User.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).all()


async def any_administrator(session: AsyncSession) -> bool:
    """Return whether an administrator was ever made."""
    statement = select(User.id).where(User.role == Role.ADMIN).limit(1)
    return (await session.exec(statement)).one_or_none() is not None


async def page(
    session: AsyncSession, request: PageRequest, sort: UserSort
) -> tuple[Sequence[User], int]:
    """Return one page of all users and the number of those that fit the search."""
    conditions = []
    if request.search:
        conditions.append(
            or_(
                col(User.email).icontains(request.search, autoescape=True),
                col(User.full_name).icontains(request.search, autoescape=True),
            )
        )
    key = _SORTS[sort.removeprefix("-")]
    order = key.desc() if sort.startswith("-") else key.asc()
    users = await session.exec(
        select(User)
        .where(*conditions)
        .order_by(order, col(User.id))
        .offset(request.offset)
        .limit(request.size)
    )
    total = await session.exec(select(func.count()).select_from(User).where(*conditions))
    return users.all(), total.one()
