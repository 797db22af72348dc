"""The developer's mailbox: mails kept as files, where there is no mail server.

Files, so that they outlive a reload of the server and every process sees the same ones.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import uuid4

from app.database import utcnow
from app.private_files import write_private
from app.settings import Settings

KEPT = 50
"""Mails that are kept; an older one goes when a newer one comes."""

_NAME = re.compile(r"\d{20}-[0-9a-f]{8}")


@dataclass(frozen=True)
class KeptMail:
    """A mail in the mailbox."""

    name: str
    sent_at: datetime
    sender: str
    to: str
    subject: str
    text: str
    html: str


class Mailbox:
    """Mails in a folder, a file each.

    Args:
        folder: The folder; it is made with the first mail.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> "Mailbox":
        """Return the mailbox in the folder of the state."""
        return cls(settings.DATA_DIR / "mailbox")

    def keep(self, message: EmailMessage) -> None:
        """Keep a mail, and let the oldest go when there are too many."""
        # Names in the order of time; the random part tells two of one moment apart.
        name = f"{utcnow().strftime('%Y%m%d%H%M%S%f')}-{uuid4().hex[:8]}"
        write_private(self._folder / f"{name}.eml", message.as_string())
        for old in self._names()[KEPT:]:
            (self._folder / f"{old}.eml").unlink(missing_ok=True)

    def mails(self) -> list[KeptMail]:
        """Return the mails, newest first."""
        found = (self.read(name) for name in self._names())
        return [mail for mail in found if mail is not None]

    def read(self, name: str) -> KeptMail | None:
        """Return a mail, or None where there is none of this name (any more)."""
        if _NAME.fullmatch(name) is None:
            return None
        try:
            content = (self._folder / f"{name}.eml").read_bytes()
        except FileNotFoundError:
            return None
        message = message_from_bytes(content, policy=default)
        return KeptMail(
            name=name,
            sent_at=datetime.strptime(name[:20], "%Y%m%d%H%M%S%f").replace(tzinfo=UTC),
            sender=str(message["From"]),
            to=str(message["To"]),
            subject=str(message["Subject"]),
            text=_part(message, "plain"),
            html=_part(message, "html"),
        )

    def _names(self) -> list[str]:
        return sorted((file.stem for file in self._folder.glob("*.eml")), reverse=True)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    # Lines end as mail has them (RFC 5322, section 2.3).
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""
