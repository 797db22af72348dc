"""Every SELECT on sessions and refresh tokens."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.features.sessions.models import RefreshToken, Session
from app.features.users.models import User


async def live_user(
    session: AsyncSession, user_id: UUID, session_id: UUID, now: datetime
) -> User | None:
    """Return the user of a session that is alive, in one query."""
    statement = (
        select(User)
        .join(Session, col(Session.user_id) == User.id)
        .where(
            Session.id == session_id,
            User.id == user_id,
            col(Session.revoked_at).is_(None),
            Session.expires_at > now,
            col(User.is_active),
        )
    )
    return (await session.exec(statement)).one_or_none()


async def family_of(session: AsyncSession, token_hash: str) -> UUID | None:
    """Return the session to which a refresh token belongs, replaced or not."""
    statement = select(RefreshToken.session_id).where(RefreshToken.token_hash == token_hash)
    return (await session.exec(statement)).one_or_none()


async def owner_of(session: AsyncSession, token_hash: str) -> UUID | None:
    """Return whose session a refresh token belongs to, replaced or not."""
    statement = (
        select(Session.user_id)
        .join(RefreshToken, col(RefreshToken.session_id) == Session.id)
        .where(RefreshToken.token_hash == token_hash)
    )
    return (await session.exec(statement)).one_or_none()


async def by_id(session: AsyncSession, session_id: UUID) -> Session:
    """Return a session that is known to exist, as the database has it now."""
    statement = (
        select(Session).where(Session.id == session_id).execution_options(populate_existing=True)
    )
    return (await session.exec(statement)).one()


async def ended(session: AsyncSession, now: datetime, most: int) -> Sequence[UUID]:
    """Return sessions that ended some time ago, locked; those that others have locked are not."""
    over = or_(col(Session.expires_at) < now, col(Session.revoked_at) < now - timedelta(days=1))
    statement = select(Session.id).where(over).limit(most).with_for_update(skip_locked=True)
    return (await session.exec(statement)).all()
