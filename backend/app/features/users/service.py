"""The rules of accounts."""

from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import release
from app.errors import AppError
from app.features.users import queries
from app.features.users.models import Role, User
from app.features.users.schemas import (
    PasswordChange,
    UserAccess,
    UserPublic,
    UserSignup,
    UserSort,
    UserUpdateMe,
)
from app.paging import Page, PageRequest
from app.security import Passwords


def email_key(email: str) -> str:
    """Return that by which an address is the same as another: its letters without their case.

    The domain never distinguishes case (RFC 5321, 2.3.5), and no one wants two accounts that
    differ in the case of the part before it. It is computed here and not by the database,
    because the databases disagree about the letters beyond ASCII.
    """
    return email.lower()


def known_email_key(typed: str) -> str | None:
    """Return the key of an address as a person types it, or None where it is no address."""
    try:
        return email_key(validate_email(typed.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        return None


def typed_email_key(typed: str) -> str:
    """Return what counts as one account for whoever types it, whether or not there is one."""
    return known_email_key(typed) or typed


async def find_by_email(session: AsyncSession, typed: str, *, lock: bool = False) -> User | None:
    """Return the user with this address, whatever the case it is typed in.

    Args:
        session: The session to read with.
        typed: The address.
        lock: Keep others from changing the user until the transaction ends.
    """
    key = known_email_key(typed)
    return await queries.by_email_key(session, key, lock=lock) if key is not None else None


async def lock(session: AsyncSession, user_id: UUID) -> User | None:
    """Return a user as the database has it now, and keep others from changing it."""
    return await queries.by_id(session, user_id, lock=True)


async def signup(session: AsyncSession, passwords: Passwords, new: UserSignup) -> User:
    """Open an account.

    Raises:
        AppError: 409 ``email_taken``.
    """
    user = User(
        email=new.email,
        email_key=email_key(new.email),
        full_name=new.full_name,
        password_hash=await passwords.hash(new.password),
    )
    session.add(user)
    await _flush_email(session)
    return user


async def create_administrator(
    session: AsyncSession, passwords: Passwords, email: str, password: str
) -> bool:
    """Open the first administrator's account, if no administrator was ever made.

    Returns:
        Whether it was opened now.

    Raises:
        AppError: 409 ``email_taken``.
    """
    if await queries.any_administrator(session):
        return False
    administrator = User(
        email=email,
        email_key=email_key(email),
        full_name="Administrator",
        password_hash=await passwords.hash(password),
        role=Role.ADMIN,
    )
    session.add(administrator)
    await _flush_email(session)
    return True


async def update_me(session: AsyncSession, user: User, change: UserUpdateMe) -> User:
    """Change the user's own profile.

    Raises:
        AppError: 409 ``email_taken``.
    """
    if change.full_name is not None:
        user.full_name = change.full_name
    if change.email is not None:
        user.email = change.email
        user.email_key = email_key(change.email)
    await _flush_email(session)
    return user


async def _flush_email(session: AsyncSession) -> None:
    # The index decides, not a look before: two requests at once would both see the address free.
    try:
        await session.flush()
    except IntegrityError as error:
        raise AppError(
            409,
            "email_taken",
            "This e-mail address belongs to an account already; use another one or sign in.",
            field="email",
        ) from error


async def change_password(
    session: AsyncSession, passwords: Passwords, user: User, change: PasswordChange
) -> None:
    """Give the user a new password; the caller ends the sessions that the old one opened.

    Raises:
        AppError: 400 ``wrong_password``.
    """
    verified = user.password_hash
    await release(session)
    fits, _ = await passwords.verify(change.current_password, verified)
    renewed = await passwords.hash(change.new_password) if fits else ""
    if not fits or not await still_has_password(session, user, verified):
        raise AppError(
            400,
            "wrong_password",
            "This is not your current password; type the one that you signed in with.",
            field="current_password",
        )
    user.password_hash = renewed
    await session.flush()


async def still_has_password(session: AsyncSession, user: User, verified: str | None) -> bool:
    """Lock *user*, read it again, and return whether it is active with the hash just verified.

    Verifying takes time, and no transaction is open meanwhile: the password may have been
    changed, and with the old one nobody may open a session after that.
    """
    current = await queries.by_id(session, user.id, lock=True)
    return current is not None and current.is_active and current.password_hash == verified


async def list_users(
    session: AsyncSession, request: PageRequest, sort: UserSort
) -> Page[UserPublic]:
    """Return one page of all users."""
    users, total = await queries.page(session, request, sort)
    return Page[UserPublic](
        items=[UserPublic.model_validate(user) for user in users],
        total=total,
        page=request.page,
        size=request.size,
    )


async def change_access(
    session: AsyncSession, actor: User, user_id: UUID, change: UserAccess
) -> tuple[User, bool]:
    """Change whether a user may sign in, and their role.

    Returns:
        The user, and whether they may do less than before.

    Raises:
        AppError: 400 ``cannot_change_self``, 403 ``insufficient_scope``, 404 ``not_found``.
    """
    # Two administrators who demote each other at once would leave none: the second one to get
    # the locks finds that they are no administrator any more.
    administrators = await queries.lock_administrators(session)
    if actor.id not in {administrator.id for administrator in administrators}:
        raise AppError(403, "insufficient_scope", "You are not an administrator any more.")
    user = await queries.by_id(session, user_id, lock=True)
    if user is None:
        raise AppError(404, "not_found", "There is no such user.")
    deactivated = change.is_active is False and user.is_active
    demoted = change.role is Role.USER and user.role is Role.ADMIN
    if user.id == actor.id and (deactivated or demoted):
        raise AppError(
            400,
            "cannot_change_self",
            "You cannot take your own access away; ask another administrator to do it.",
            field="is_active" if deactivated else "role",
        )
    if change.is_active is not None:
        user.is_active = change.is_active
    if change.role is not None:
        user.role = change.role
    await session.flush()
    return user, deactivated or demoted
