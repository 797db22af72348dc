"""Mails as the tests find them: those kept for the developer, and those a mail server got."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from app.mail.mailbox import KeptMail, Mailbox
from app.settings import Settings

T = TypeVar("T")

PATIENCE_SECONDS = 20.0
LINK = re.compile(r"https?://\S+#token=([A-Za-z0-9_-]{43})$", re.MULTILINE)


def eventually(look: Callable[[], T | None]) -> T:
    """Return what *look* finds, as soon as it finds something."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = look()
        if found is not None:
            return found
        time.sleep(0.01)
    raise AssertionError(f"Nothing was found within {PATIENCE_SECONDS:.0f} s.")


def kept_mails(settings: Settings) -> list[KeptMail]:
    """Return the developer's mails, newest first."""
    return Mailbox.of(settings).mails()


def mail_number(settings: Settings, count: int) -> KeptMail:
    """Wait for so many mails to be there, and return the newest."""

    def look() -> KeptMail | None:
        mails = kept_mails(settings)
        assert len(mails) <= count
        return mails[0] if len(mails) == count else None

    return eventually(look)


def token_in(mail: KeptMail) -> str:
    """Return the token of the link in a mail."""
    found = LINK.search(mail.text)
    assert found is not None, mail.text
    return found[1]
