"""Forgotten passwords: asking for a link, and following it."""

from app.dependencies import ResourcesDep, SessionDep
from app.errors import AppError, ErrorBody
from app.features.recovery import mails, service
from app.features.recovery.schemas import PasswordRecovery, PasswordReset, RecoveryRequested
from app.origins import link_origin, refuse_foreign_origin
from kingpost import APIRouter, BackgroundTasks, Request

router = APIRouter(prefix="/login", tags=["login"])

_FOREIGN = {"model": ErrorBody, "description": "Sent by a page that is not ours."}


@router.post(
    "/password-recovery",
    status_code=202,
    responses={
        403: _FOREIGN,
        503: {"model": ErrorBody, "description": "The application has no mail server."},
    },
)
async def recover_password(
    asked: PasswordRecovery, request: Request, resources: ResourcesDep, background: BackgroundTasks
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
    },
)
async def reset_password(
    chosen: PasswordReset,
    request: Request,
    session: SessionDep,
    resources: ResourcesDep,
    background: BackgroundTasks,
) -> None:
    """Choose a new password with the token of a link, and sign out everywhere."""
    refuse_foreign_origin(request, resources.settings)
    user = await service.reset(session, resources.passwords, chosen.token, chosen.new_password)
    background.add_task(
        mails.send_changed,
        resources.outbox,
        resources.settings,
        user,
        link_origin(request, resources.settings),
        everywhere=True,
    )
