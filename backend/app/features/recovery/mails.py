"""The mails about passwords, and how the one with the link comes to be sent."""

import logging
from email.message import EmailMessage

from sqlalchemy.exc import SQLAlchemyError

from app.database import Database
from app.features.recovery import service
from app.features.users.models import User
from app.mail.messages import Sender, compose
from app.mail.outbox import Outbox
from app.settings import Settings

logger = logging.getLogger("app.recovery")

# Pages of the front end. The token stands behind the "#": browsers send that part to no server,
# so that no log and no Referer holds it.
RESET_PAGE = "/reset-password#token="
FORGOT_PAGE = "/forgot-password"


async def send_link(
    database: Database, outbox: Outbox, settings: Settings, typed: str, origin: str
) -> None:
    """Make a token for the user with an address, if there is one, and send it.

    It runs when the request has been answered: so the answer takes the same time for every
    address, and a token is committed before its mail goes.

    Args:
        database: Where the user is looked for.
        outbox: What sends the mail.
        settings: Whose name the mail has.
        typed: The address, as typed.
        origin: Where the link leads.
    """
    try:
        async with database.transaction() as session:
            found = await service.request(session, typed)
    except (SQLAlchemyError, OSError) as error:
        # There is nobody left to answer; the person asks again when no mail comes.
        fields = {"error": type(error).__qualname__}
        logger.error("reset link not made", extra={"fields": fields})  # noqa: TRY400
        return
    if found is not None:
        user, token = found
        await outbox.put(link(settings, user, f"{origin}{RESET_PAGE}{token}"))


def link(settings: Settings, user: User, address: str) -> EmailMessage:
    """Return the mail with the link to choose a new password."""
    return compose(
        _sender(settings),
        user.email,
        "Choose a new password",
        "password-reset",
        email=user.email,
        link=address,
        lifetime="one hour",
    )


async def send_changed(
    outbox: Outbox, settings: Settings, user: User, origin: str, *, everywhere: bool
) -> None:
    """Tell of a new password, for the case that somebody else chose it.

    It runs when the request has been answered, and so never for a change that was rolled back.

    Args:
        outbox: What sends the mail.
        settings: Whose name the mail has.
        user: Whose password it is.
        origin: Where the link leads.
        everywhere: Whether all sessions were ended, or all but the one it was changed in.
    """
    if settings.sends_mail:
        await outbox.put(changed(settings, user, origin, everywhere=everywhere))


def changed(settings: Settings, user: User, origin: str, *, everywhere: bool) -> EmailMessage:
    """Return the mail that tells of a new password."""
    others = "" if everywhere else "other "
    return compose(
        _sender(settings),
        user.email,
        "Your password was changed",
        "password-changed",
        email=user.email,
        ended=f"all {others}devices were signed out",
        link=f"{origin}{FORGOT_PAGE}",
    )


def _sender(settings: Settings) -> Sender:
    return Sender(settings.PROJECT_NAME, settings.mail_from)
