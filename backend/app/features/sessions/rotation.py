"""What happens to the tokens of a family, one conditional UPDATE each.

The number of rows that an UPDATE changed is what decides, not what a SELECT saw before: so the
database settles which of two requests at once came first.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Update
from sqlmodel import and_, col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.features.sessions.models import RefreshToken, Session

# Two tabs that reload together send the same token; the second one is no thief.
REPEAT_WINDOW = timedelta(seconds=10)


async def count_changed(session: AsyncSession, statement: Update) -> int:
    """Run *statement* and return how many rows it changed."""
    result = await session.exec(statement.execution_options(synchronize_session=False))
    return result.rowcount


async def lock_alive(session: AsyncSession, session_id: UUID, now: datetime) -> bool:
    """Note the use of a session and keep others from it, if it is alive."""
    alive = and_(
        col(Session.id) == session_id,
        col(Session.revoked_at).is_(None),
        col(Session.expires_at) > now,
    )
    return await count_changed(session, update(Session).where(alive).values(last_used_at=now)) == 1


async def replace(session: AsyncSession, token_hash: str, now: datetime) -> bool:
    """Use up a token, if nobody did before."""
    unused = and_(
        col(RefreshToken.token_hash) == token_hash, col(RefreshToken.replaced_at).is_(None)
    )
    return (
        await count_changed(session, update(RefreshToken).where(unused).values(replaced_at=now))
        == 1
    )


async def repeat(session: AsyncSession, token_hash: str, now: datetime) -> bool:
    """Honour once a token that was replaced a moment ago."""
    repeatable = and_(
        col(RefreshToken.token_hash) == token_hash,
        col(RefreshToken.replaced_at) > now - REPEAT_WINDOW,
        col(RefreshToken.repeated_at).is_(None),
    )
    return (
        await count_changed(session, update(RefreshToken).where(repeatable).values(repeated_at=now))
        == 1
    )


async def retire_siblings(session: AsyncSession, session_id: UUID, now: datetime) -> None:
    """Use up the family's other tokens.

    A repeat gives two tabs a token each, but their common cookie keeps one; the other one, if
    somebody holds it, must count as reused.
    """
    unused = and_(
        col(RefreshToken.session_id) == session_id, col(RefreshToken.replaced_at).is_(None)
    )
    await count_changed(session, update(RefreshToken).where(unused).values(replaced_at=now))
