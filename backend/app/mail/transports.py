"""Where a mail goes: to a mail server, to the developer, or nowhere."""

import ssl
from email.message import EmailMessage
from typing import Protocol

import aiosmtplib
from anyio import to_thread

from app.mail.mailbox import Mailbox
from app.settings import Settings

# For each step with the mail server; a slow one is tried again later.
TIMEOUT_SECONDS = 20.0


class DeliveryError(Exception):
    """A mail was not taken.

    Its text tells the kind and the server's code alone: a server's own words repeat addresses.

    Args:
        reason: The kind of the error, with the reply code where there is one.
        temporary: Whether the same mail may be taken later.
    """

    def __init__(self, reason: str, *, temporary: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.temporary = temporary


class Transport(Protocol):
    """Takes mails."""

    async def send(self, message: EmailMessage) -> None:
        """Hand a mail over.

        Raises:
            DeliveryError: It was not taken.
        """


class SmtpTransport:
    """Hands mails to a mail server (RFC 5321), with a connection for each.

    Args:
        settings: Where it is, how the connection is encrypted, and who signs in.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def send(self, message: EmailMessage) -> None:
        """Hand a mail over.

        Raises:
            DeliveryError: It was not taken. Later it may be, unless the server refused it for
                good (a reply of 500 or more, RFC 5321, section 4.2.1).
        """
        settings = self._settings
        password = settings.SMTP_PASSWORD
        try:
            await aiosmtplib.send(
                message,
                hostname=settings.SMTP_HOST,
                port=settings.SMTP_PORT,
                username=settings.SMTP_USER,
                password=None if password is None else password.get_secret_value(),
                use_tls=settings.SMTP_SECURITY == "tls",
                # Demanded, not tried: else whoever sits between could leave the offer out.
                start_tls=settings.SMTP_SECURITY == "starttls",
                timeout=TIMEOUT_SECONDS,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise _delivery_error(error) from None


def _delivery_error(error: Exception) -> DeliveryError:
    kind = type(error).__name__
    codes: list[int] = []
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [refused.code for refused in error.recipients]
    elif isinstance(error, aiosmtplib.SMTPResponseException):
        codes = [error.code]
    if codes:
        return DeliveryError(f"{kind} {max(codes)}", temporary=max(codes) < 500)
    # A connection that fails may succeed later. A server without what is asked of it, a
    # certificate that nobody vouches for and a broken address stay what they are.
    unsafe = isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
    return DeliveryError(kind, temporary=isinstance(error, OSError) and not unsafe)


class MailboxTransport:
    """Keeps mails for the developer, who has no mail server.

    Args:
        mailbox: Where they are kept.
    """

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def send(self, message: EmailMessage) -> None:
        """Keep a mail.

        Raises:
            DeliveryError: The folder cannot be written to.
        """
        try:
            await to_thread.run_sync(self._mailbox.keep, message)
        except OSError as error:
            raise DeliveryError(type(error).__name__, temporary=False) from None


class NoTransport:
    """Refuses every mail: nobody said where they go."""

    async def send(self, message: EmailMessage) -> None:
        """Refuse a mail.

        Raises:
            DeliveryError: Always.
        """
        raise DeliveryError("SMTP_HOST is not set", temporary=False)


def transport_for(settings: Settings) -> Transport:
    """Return the transport that the settings ask for."""
    if settings.SMTP_HOST is not None:
        return SmtpTransport(settings)
    if settings.in_development:
        return MailboxTransport(Mailbox.of(settings))
    return NoTransport()
