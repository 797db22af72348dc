"""The rules of forgotten passwords.

A token is good for one use within an hour, and for the account as it was when it was sent: a new
password or another address make it worthless, and so does a newer request.
"""

import hashlib
from datetime import timedelta

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import release, utcnow
from app.errors import AppError
from app.features.recovery import queries
from app.features.recovery.models import ResetToken
from app.features.sessions import service as sessions
from app.features.users import service as users
from app.features.users.models import User
from app.security import Passwords, hash_token, new_token

LIFETIME = timedelta(hours=1)


def account_state(user: User) -> str:
    """Return what a link is good for: the account with this address and this password."""
    return hashlib.sha256(f"{user.email_key}\n{user.password_hash}".encode()).hexdigest()


async def request(session: AsyncSession, typed: str) -> tuple[User, str] | None:
    """Make a token for the user with an address, in place of any before.

    Returns:
        The user and the token; None where nobody active has this address.
    """
    user = await users.find_by_email(session, typed, lock=True)
    if user is None or not user.is_active:
        return None
    token, now = new_token(), utcnow()
    await session.exec(delete(ResetToken).where(col(ResetToken.user_id) == user.id))
    session.add(
        ResetToken(
            user_id=user.id,
            token_hash=hash_token(token),
            account_state=account_state(user),
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    await session.flush()
    return user, token


async def find_owner(session: AsyncSession, token: str) -> str | None:
    """Return whose link has this token; None where it is used, too old or nobody's.

    The transaction ends with it: what the caller then asks takes time of its own.
    """
    found = await queries.usable(session, hash_token(token), utcnow())
    await release(session)
    return str(found.user_id) if found is not None else None


async def reset(session: AsyncSession, passwords: Passwords, token: str, new_password: str) -> User:
    """Give the user that a token was sent to a new password, and end all of their sessions.

    Raises:
        AppError: 400 ``invalid_reset_token``: unknown, used, too old, or of an account that has
            changed since.
    """
    token_hash = hash_token(token)
    if await queries.usable(session, token_hash, utcnow()) is None:
        raise _refused()
    await release(session)
    hashed = await passwords.hash(new_password)
    found = await queries.usable(session, token_hash, utcnow())
    user = await users.lock(session, found.user_id) if found is not None else None
    # Of two requests at once the user's lock lets one through, and deleting tells it was first.
    used = await session.exec(delete(ResetToken).where(col(ResetToken.token_hash) == token_hash))
    if found is None or user is None or used.rowcount != 1 or not user.is_active:
        raise _refused()
    if account_state(user) != found.account_state:
        raise _refused()
    user.password_hash = hashed
    await session.flush()
    await sessions.end_sessions(session, user.id)
    return user


def _refused() -> AppError:
    return AppError(
        400,
        "invalid_reset_token",
        "This link was used already or is too old; ask for a new one.",
    )


async def forget_expired(session: AsyncSession, most: int) -> int:
    """Delete tokens that are too old, whoever's they are.

    Args:
        session: The session to write with.
        most: How many to delete at most.

    Returns:
        How many were deleted.
    """
    expired = await queries.expired(session, utcnow(), most)
    await session.exec(delete(ResetToken).where(col(ResetToken.user_id).in_(expired)))
    return len(expired)
