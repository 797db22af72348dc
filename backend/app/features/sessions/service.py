"""The rules of signing in, staying signed in and signing out.

A session is a family of refresh tokens (RFC 9700, section 4.14.2): each token is good for one use
and answered with the next one. Every change of a family begins with an UPDATE of its session's
row, so that the database lets one request at a time decide, on every process and machine.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Update
from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import release, utcnow
from app.errors import AppError
from app.features.sessions import queries, rotation
from app.features.sessions.models import RefreshToken, Session
from app.features.sessions.scopes import granted_scopes, known_scopes
from app.features.users import service as users
from app.features.users.models import User
from app.features.users.schemas import PasswordChange, UserAccess
from app.security import AccessToken, Passwords, hash_token, new_token


@dataclass(frozen=True)
class Credentials:
    """What a person signs in with.

    Args:
        email: The address, as typed.
        password: The password, as typed.
        scopes: The scopes asked for; None means all that the role allows.
        user_agent: The browser, as it names itself.
    """

    email: str
    password: str
    scopes: tuple[str, ...] | None = None
    user_agent: str = ""


@dataclass(frozen=True)
class Grant:
    """A session that may go on: what the access token says, and the next refresh token."""

    access: AccessToken
    refresh_token: str
    expires_at: datetime


@dataclass(frozen=True)
class Identity:
    """The user who sends a request, and the session that they signed in with."""

    user: User
    session_id: UUID
    scopes: tuple[str, ...]


async def sign_in(
    session: AsyncSession, passwords: Passwords, typed: Credentials, lifetime: timedelta
) -> Grant:
    """Open a session.

    One password is verified whether or not the account exists and is active, so that neither the
    answer nor its time tells.

    Raises:
        AppError: 400 ``invalid_credentials``.
    """
    user = await users.find_by_email(session, typed.email)
    verified = user.password_hash if user is not None else None
    await release(session)
    fits, renewed = await passwords.verify(typed.password, verified)
    if user is None or not fits or not await users.still_has_password(session, user, verified):
        raise AppError(
            400,
            "invalid_credentials",
            "The e-mail address or the password is wrong; check both and try again.",
        )
    if renewed is not None:
        user.password_hash = renewed
    return await _open(session, user, typed, lifetime)


async def _open(
    session: AsyncSession, user: User, typed: Credentials, lifetime: timedelta
) -> Grant:
    now = utcnow()
    opened = Session(
        user_id=user.id,
        requested_scope=None if typed.scopes is None else " ".join(known_scopes(typed.scopes)),
        user_agent=typed.user_agent[:255],
        created_at=now,
        last_used_at=now,
        expires_at=now + lifetime,
    )
    session.add(opened)
    await session.flush()
    return await _grant(session, user, opened, now)


async def _grant(session: AsyncSession, user: User, opened: Session, now: datetime) -> Grant:
    token = new_token()
    session.add(RefreshToken(token_hash=hash_token(token), session_id=opened.id, created_at=now))
    await session.flush()
    requested = None if opened.requested_scope is None else opened.requested_scope.split()
    scopes = granted_scopes(requested, user.role)
    return Grant(AccessToken(user.id, opened.id, scopes), token, opened.expires_at)


async def forget_ended(session: AsyncSession, most: int) -> int:
    """Delete sessions that ended some time ago, whoever's they are; their tokens go with them.

    Args:
        session: The session to write with.
        most: How many to delete at most.

    Returns:
        How many were deleted.
    """
    ended = await queries.ended(session, utcnow(), most)
    await session.exec(delete(Session).where(col(Session.id).in_(ended)))
    return len(ended)


async def identify(session: AsyncSession, token: AccessToken) -> Identity | None:
    """Return who sends this access token, or None where its session is not alive any more.

    The scopes are those of the token that the user's role allows at this moment: an
    administrator who was demoted is none from the next request on.
    """
    user = await queries.live_user(session, token.user_id, token.session_id, utcnow())
    if user is None:
        return None
    return Identity(user, token.session_id, granted_scopes(token.scopes, user.role))


async def find_owner(session: AsyncSession, token: str) -> str | None:
    """Return whose refresh token this is, good or not; None where nobody ever had it.

    The transaction ends with it: what the caller then asks takes time of its own.
    """
    owner = await queries.owner_of(session, hash_token(token))
    await release(session)
    return str(owner) if owner is not None else None


async def refresh(session: AsyncSession, token: str) -> Grant:
    """Exchange a refresh token for the next one.

    Raises:
        AppError: 401 ``invalid_refresh_token``: unknown, of an ended session, or used before,
            which ends the session, since either the sender or the other user is a thief.
    """
    now = utcnow()
    token_hash = hash_token(token)
    family = await queries.family_of(session, token_hash)
    if family is None or not await rotation.lock_alive(session, family, now):
        raise _refused()
    if await rotation.replace(session, token_hash, now):
        await rotation.retire_siblings(session, family, now)
    elif not await rotation.repeat(session, token_hash, now):
        await end_session(session, family)
        raise _refused(keep_changes=True)
    opened = await queries.by_id(session, family)
    user = await queries.live_user(session, opened.user_id, opened.id, now)
    if user is None:
        raise _refused()
    return await _grant(session, user, opened, now)


def _refused(*, keep_changes: bool = False) -> AppError:
    return AppError(
        401,
        "invalid_refresh_token",
        "You are not signed in any more; sign in again.",
        headers={"WWW-Authenticate": "Bearer"},
        keep_changes=keep_changes,
    )


async def sign_out(
    session: AsyncSession, *, refresh_token: str | None, access: AccessToken | None
) -> None:
    """End the sessions that the tokens name; tokens that name none are passed over."""
    if refresh_token is not None:
        family = await queries.family_of(session, hash_token(refresh_token))
        if family is not None:
            await end_session(session, family)
    if access is not None:
        await end_session(session, access.session_id)


async def end_session(session: AsyncSession, session_id: UUID) -> None:
    """End one session at once: its access tokens are refused from now on, too."""
    await _end(session, update(Session).where(col(Session.id) == session_id))


async def end_sessions(session: AsyncSession, user_id: UUID, *, keep: UUID | None = None) -> None:
    """End every session of a user, but for the one to keep."""
    statement = update(Session).where(col(Session.user_id) == user_id)
    if keep is not None:
        statement = statement.where(col(Session.id) != keep)
    await _end(session, statement)


async def _end(session: AsyncSession, statement: Update) -> None:
    await rotation.count_changed(
        session, statement.where(col(Session.revoked_at).is_(None)).values(revoked_at=utcnow())
    )


async def change_password(
    session: AsyncSession, passwords: Passwords, identity: Identity, change: PasswordChange
) -> None:
    """Give a user a new password and end the sessions that the old one opened elsewhere.

    Raises:
        AppError: 400 ``wrong_password``.
    """
    await users.change_password(session, passwords, identity.user, change)
    await end_sessions(session, identity.user.id, keep=identity.session_id)


async def change_access(
    session: AsyncSession, actor: Identity, user_id: UUID, change: UserAccess
) -> User:
    """Change what a user may do, and end their sessions if that is less than before.

    Raises:
        AppError: 400 ``cannot_change_self``, 403 ``insufficient_scope``, 404 ``not_found``.
    """
    user, narrowed = await users.change_access(session, actor.user, user_id, change)
    if narrowed:
        await end_sessions(session, user.id)
    return user
