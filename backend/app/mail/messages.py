"""What a mail says: its text and HTML from the templates beside this module."""

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from app.database import utcnow
from app.mail.rendering import render


@dataclass(frozen=True)
class Sender:
    """Who mails are from.

    Args:
        name: The product's name, which mails also speak of.
        address: The address.
    """

    name: str
    address: str


def compose(sender: Sender, to: str, subject: str, template: str, **values: object) -> EmailMessage:
    """Return a mail to one person, as text and as HTML.

    Nothing that a stranger chose belongs in *values*: whoever opens an account for somebody
    else's address could send them words of their own, in our name.

    Args:
        sender: Who it is from.
        to: The address it goes to.
        subject: What it is about.
        template: The name of its two templates, without the ending.
        values: What the templates mention, beside ``product`` and ``subject``.
    """
    given = {"product": sender.name, "subject": subject, **values}
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = Address(display_name=sender.name, addr_spec=sender.address)
    message["To"] = to
    message["Date"] = format_datetime(utcnow())
    message["Message-ID"] = make_msgid(domain=sender.address.rpartition("@")[2])
    # Keeps out-of-office programs from answering (RFC 3834, section 5).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(render(f"{template}.txt", **given))
    message.add_alternative(render(f"{template}.html", **given), subtype="html")
    return message
