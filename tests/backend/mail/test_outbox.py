"""The outbox: tries, and what happens at the end."""

import asyncio
import logging
from email.message import EmailMessage

import pytest

from app.mail.outbox import AT_ONCE, Outbox
from app.mail.transports import DeliveryError

pytestmark = pytest.mark.anyio

LONG = 3600.0


class FakeTransport:
    """Takes mails when it is told to.

    Args:
        outcomes: What happens to the next tries: an error, or None for a mail that is taken;
            after the last of them every mail is.
    """

    def __init__(self, *outcomes: DeliveryError | None) -> None:
        self._outcomes = list(outcomes)
        self.tries = 0
        self.sent: list[EmailMessage] = []
        self.open = asyncio.Event()
        self.open.set()
        self.busy = self.busiest = 0

    async def send(self, message: EmailMessage) -> None:
        """Take a mail, or refuse it."""
        self.tries += 1
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        try:
            await self.open.wait()
        finally:
            self.busy -= 1
        outcome = self._outcomes.pop(0) if self._outcomes else None
        if outcome is not None:
            raise outcome
        self.sent.append(message)


def make_mail() -> EmailMessage:
    """Return a mail."""
    mail = EmailMessage()
    mail["To"] = "ada@example.com"
    mail["Subject"] = "Choose a new password"
    mail.set_content("https://app.example/#token=secret")
    return mail


def later() -> DeliveryError:
    """Return a refusal that may pass."""
    return DeliveryError("SMTPServerDisconnected", temporary=True)


@pytest.fixture(autouse=True)
def _info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "app.mail")


async def test_sent_once(caplog: pytest.LogCaptureFixture) -> None:
    """A mail that is taken is not sent again."""
    transport = FakeTransport()
    outbox = Outbox(transport, retry_after=[0])

    await outbox.put(make_mail())
    await outbox.drain()

    assert (transport.tries, len(transport.sent)) == (1, 1)
    assert caplog.messages == ["mail sent"]


async def test_nobody_waits() -> None:
    """Whoever puts a mail in goes on at once."""
    transport = FakeTransport()
    transport.open.clear()
    outbox = Outbox(transport)

    await outbox.put(make_mail())

    assert transport.sent == []
    transport.open.set()
    await outbox.drain()
    assert len(transport.sent) == 1


async def test_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    """What may pass is tried again, until it has passed."""
    transport = FakeTransport(later(), later())
    outbox = Outbox(transport, retry_after=[0, 0, 0])
    await outbox.put(make_mail())
    async with asyncio.timeout(20):
        while len(transport.sent) < 1:  # noqa: ASYNC110 - nobody tells the end of a mail
            await asyncio.sleep(0)

    assert transport.tries == 3
    assert caplog.messages == ["mail will be tried again", "mail will be tried again", "mail sent"]
    await outbox.drain()


async def test_given_up(caplog: pytest.LogCaptureFixture) -> None:
    """After the last try a mail is given up; the log names neither address nor link."""
    transport = FakeTransport(*(later() for _ in range(3)))
    outbox = Outbox(transport, retry_after=[0, 0])
    await outbox.put(make_mail())
    async with asyncio.timeout(20):
        while "mail not sent" not in caplog.messages:  # noqa: ASYNC110
            await asyncio.sleep(0)

    await outbox.drain()
    assert (transport.tries, transport.sent) == (3, [])
    fields = vars(caplog.records[-1])["fields"]
    assert fields == {
        "kind": "Choose a new password",
        "reason": "SMTPServerDisconnected",
        "tries": 3,
    }
    logged = " ".join(str(vars(record)) for record in caplog.records)
    assert "ada@" not in logged
    assert "token" not in logged


async def test_refused_for_good() -> None:
    """What is refused for good is not tried again."""
    transport = FakeTransport(DeliveryError("SMTPDataError 550", temporary=False))
    outbox = Outbox(transport, retry_after=[0, 0])

    await outbox.put(make_mail())
    await outbox.drain()

    assert (transport.tries, transport.sent) == (1, [])


async def test_end_wakes_what_waits() -> None:
    """At the end nobody waits for the next try: it comes at once, and is the last."""
    transport = FakeTransport(later())
    outbox = Outbox(transport, retry_after=[LONG, LONG])
    await outbox.put(make_mail())
    while transport.tries == 0:  # noqa: ASYNC110
        await asyncio.sleep(0)

    await outbox.drain()

    assert (transport.tries, len(transport.sent)) == (2, 1)


async def test_end_does_not_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    """A mail server that does not answer holds up no shutdown."""
    transport = FakeTransport()
    transport.open.clear()
    outbox = Outbox(transport)
    await outbox.put(make_mail())

    await outbox.drain(seconds=0.01)

    assert transport.busy == 0
    assert caplog.messages == ["mails not sent: the process ends"]
    assert vars(caplog.records[0])["fields"] == {"mails": 1}


async def test_some_at_once() -> None:
    """Many mails take turns."""
    transport = FakeTransport()
    transport.open.clear()
    outbox = Outbox(transport)

    for _ in range(AT_ONCE * 3):
        await outbox.put(make_mail())
    while transport.busy < AT_ONCE:  # noqa: ASYNC110
        await asyncio.sleep(0)
    transport.open.set()
    await outbox.drain()

    assert transport.busiest == AT_ONCE
    assert len(transport.sent) == AT_ONCE * 3


async def test_bounded(caplog: pytest.LogCaptureFixture) -> None:
    """More than some mails do not wait: memory is not filled while a server is gone."""
    transport = FakeTransport()
    transport.open.clear()
    outbox = Outbox(transport, most_waiting=2)

    for _ in range(3):
        await outbox.put(make_mail())

    assert caplog.messages == ["mail dropped: too many wait"]
    transport.open.set()
    await outbox.drain()
    assert len(transport.sent) == 2
