"""Every SELECT on reset tokens."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.features.recovery.models import ResetToken


async def usable(session: AsyncSession, token_hash: str, now: datetime) -> ResetToken | None:
    """Return what a token stands for, unless it is unknown or too old."""
    statement = select(ResetToken).where(
        ResetToken.token_hash == token_hash, ResetToken.expires_at > now
    )
    return (await session.exec(statement)).one_or_none()


async def expired(session: AsyncSession, now: datetime, most: int) -> Sequence[UUID]:
    """Return whose links are too old, locked; those that others have locked are not."""
    statement = (
        select(ResetToken.user_id)
        .where(col(ResetToken.expires_at) <= now)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return (await session.exec(statement)).all()
