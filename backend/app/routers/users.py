"""Accounts: opening one, and one's own profile."""

from app.dependencies import ClientAddress, ResourcesDep, SessionDep, UsersReader, UsersWriter
from app.errors import TOO_MANY_TRIES, UNAUTHORISED, ErrorBody
from app.features.recovery import mails
from app.features.sessions import service as sessions
from app.features.users import service
from app.features.users.models import User
from app.features.users.schemas import PasswordChange, UserPublic, UserSignup, UserUpdateMe
from app.origins import link_origin
from app.rate_limits import Action
from kingpost import APIRouter, BackgroundTasks, Request

router = APIRouter(prefix="/users", tags=["users"])

_EMAIL_TAKEN = {"model": ErrorBody, "description": "The e-mail address has an account already."}


@router.post(
    "/signup",
    status_code=201,
    response_model=UserPublic,
    responses={409: _EMAIL_TAKEN, **TOO_MANY_TRIES},
)
async def signup(
    new: UserSignup, session: SessionDep, resources: ResourcesDep, address: ClientAddress
) -> User:
    """Open an account."""
    await resources.rate_limits.count(
        Action.SIGN_UP, address=address, account=service.email_key(new.email)
    )
    return await service.signup(session, resources.passwords, new)


@router.get("/me", response_model=UserPublic, responses=UNAUTHORISED)
async def read_me(identity: UsersReader) -> User:
    """Return the signed-in user."""
    return identity.user


@router.patch("/me", response_model=UserPublic, responses={**UNAUTHORISED, 409: _EMAIL_TAKEN})
async def update_me(change: UserUpdateMe, identity: UsersWriter, session: SessionDep) -> User:
    """Change the signed-in user's profile."""
    return await service.update_me(session, identity.user, change)


@router.put(
    "/me/password",
    status_code=204,
    responses={
        **UNAUTHORISED,
        400: {"model": ErrorBody, "description": "The current password is wrong."},
        **TOO_MANY_TRIES,
    },
)
async def change_password(
    change: PasswordChange,
    identity: UsersWriter,
    session: SessionDep,
    request: Request,
    resources: ResourcesDep,
    address: ClientAddress,
    background: BackgroundTasks,
) -> None:
    """Change the signed-in user's password and sign out everywhere else."""
    account = str(identity.user.id)
    # Whoever has got hold of somebody's session must not guess the password with it.
    await resources.rate_limits.count(Action.PASSWORD, address=address, account=account)
    await sessions.change_password(session, resources.passwords, identity, change)
    background.add_task(
        mails.send_changed,
        resources.outbox,
        resources.settings,
        identity.user,
        link_origin(request, resources.settings),
        everywhere=False,
    )
    background.add_task(resources.rate_limits.forget, Action.PASSWORD, account=account)
