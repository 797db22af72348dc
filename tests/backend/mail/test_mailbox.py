"""The developer's mailbox."""

import stat
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.mail.mailbox import KEPT, Mailbox
from app.mail.messages import Sender, compose


def make_mail(number: int = 0) -> EmailMessage:
    """Return a mail, told apart by its number."""
    values = {"email": "ada@example.com", "link": f"https://app.example/#{number}"}
    sender = Sender("Kingpost", "no-reply@example.com")
    to = f"ada{number}@example.com"
    return compose(sender, to, "Choose a new password", "password-reset", lifetime="x", **values)


@pytest.fixture
def mailbox(tmp_path: Path) -> Mailbox:
    """Return an empty mailbox."""
    return Mailbox(tmp_path / "mailbox")


def test_round_trip(mailbox: Mailbox) -> None:
    """A mail is read as it was written."""
    mailbox.keep(make_mail())

    (mail,) = mailbox.mails()
    assert mailbox.read(mail.name) == mail
    assert mail.sender == "Kingpost <no-reply@example.com>"
    assert mail.to == "ada0@example.com"
    assert mail.subject == "Choose a new password"
    assert "\nhttps://app.example/#0\n" in mail.text
    assert 'href="https://app.example/#0"' in mail.html
    assert mail.sent_at.utcoffset() is not None


def test_another_process(mailbox: Mailbox, tmp_path: Path) -> None:
    """What one process keeps, another one shows."""
    mailbox.keep(make_mail())

    assert Mailbox(tmp_path / "mailbox").mails() == mailbox.mails()


def test_newest_first_and_no_more_than_some(mailbox: Mailbox) -> None:
    """The newest come first, and the oldest go."""
    for number in range(KEPT + 2):
        mailbox.keep(make_mail(number))

    expected = [f"ada{number}@example.com" for number in reversed(range(2, KEPT + 2))]
    assert [mail.to for mail in mailbox.mails()] == expected


def test_private(mailbox: Mailbox, tmp_path: Path) -> None:
    """Mails hold links that open accounts: their owner alone reads them."""
    mailbox.keep(make_mail())

    (file,) = (tmp_path / "mailbox").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "name", ["", "x", "../../secret-key", "20260101000000000000-0123456", "/etc/passwd"]
)
def test_other_files(mailbox: Mailbox, tmp_path: Path, name: str) -> None:
    """No name leads to another file."""
    (tmp_path / "secret-key.eml").write_text("secret")
    mailbox.keep(make_mail())

    assert mailbox.read(name) is None


def test_mail_that_is_gone(mailbox: Mailbox) -> None:
    """A mail that went meanwhile is none."""
    assert mailbox.read("20260101000000000000-01234567") is None
    assert mailbox.mails() == []
