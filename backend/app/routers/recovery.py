"""Forgotten passwords: asking for a link, and following it."""

from app.dependencies import ClientAddress, ResourcesDep, SessionDep
from app.errors import TOO_MANY_TRIES, AppError, ErrorBody
from app.features.recovery import mails, service
from app.features.recovery.schemas import PasswordRecovery, PasswordReset, RecoveryRequested
from app.features.users.service import typed_email_key
from app.origins import link_origin, refuse_foreign_origin
from app.rate_limits import Action
from kingpost import APIRouter, BackgroundTasks, Request

router = APIRouter(prefix="/login", tags=["login"])

_FOREIGN = {"model": ErrorBody, "description": "Sent by a page that is not ours."}


@router.post(
    "/password-recovery",
    status_code=202,
    responses={
        403: _FOREIGN,
        **TOO_MANY_TRIES,
        503: {"model": ErrorBody, "description": "The application has no mail server."},
    },
)
async def recover_password(
    asked: PasswordRecovery,
    request: Request,
    resources: ResourcesDep,
    address: ClientAddress,
    background: BackgroundTasks,
) -> RecoveryRequested:
    """Send a link to choose a new password to an address, if it has an account.

    The answer and its time are the same for every address.
    """
    refuse_foreign_origin(request, resources.settings)
    if not resources.settings.sends_mail:
        raise AppError(
            503,
            "mail_unavailable",
            "This site sends no mail, so a password cannot be reset here; ask its administrator.",
        )
    # By the address alone, whether or not it has an account: a refusal does not tell.
    await resources.rate_limits.count(
        Action.RECOVERY, address=address, account=typed_email_key(asked.email)
    )
    background.add_task(
        mails.send_link,
        resources.database,
        resources.outbox,
        resources.settings,
        asked.email,
        link_origin(request, resources.settings),
    )
    return RecoveryRequested(
        detail="If this address has an account, a mail with a link is on its way."
    )


@router.post(
    "/reset-password",
    status_code=204,
    responses={
        400: {"model": ErrorBody, "description": "The link was used already or is too old."},
        403: _FOREIGN,
        **TOO_MANY_TRIES,
    },
)
async def reset_password(
    chosen: PasswordReset,
    request: Request,
    session: SessionDep,
    resources: ResourcesDep,
    address: ClientAddress,
    background: BackgroundTasks,
) -> None:
    """Choose a new password with the token of a link, and sign out everywhere."""
    refuse_foreign_origin(request, resources.settings)
    await resources.rate_limits.count(Action.RESET, address=address)
    owner = await service.find_owner(session, chosen.token)
    await resources.rate_limits.count(Action.RESET, account=owner)
    user = await service.reset(session, resources.passwords, chosen.token, chosen.new_password)
    background.add_task(
        mails.send_changed,
        resources.outbox,
        resources.settings,
        user,
        link_origin(request, resources.settings),
        everywhere=True,
    )
