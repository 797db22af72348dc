"""The outbox: mails are sent outside of the requests that cause them, and tried more than once."""

import asyncio
import logging
from collections.abc import Sequence
from email.message import EmailMessage

from app.mail.transports import DeliveryError, Transport

logger = logging.getLogger("app.mail")

# Waits between tries: a mail server that restarts is back within minutes, and what most mails
# of ours say is of use for an hour only.
RETRY_AFTER_SECONDS = (2.0, 10.0, 60.0, 300.0)
# A mail server refuses more connections of one client sooner than it takes more mails.
AT_ONCE = 4
# Mails that wait in memory. Beyond it the server has been gone for long, and memory counts more.
MOST_WAITING = 1000
DRAIN_SECONDS = 3.0


class Outbox:
    """Sends mails beside the requests.

    What waits is lost when the process is killed; people ask for a mail once more then. An
    orderly end gives every mail one more try.

    Args:
        transport: Where mails go.
        retry_after: Seconds to wait before each further try.
        most_waiting: How many mails may wait.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        retry_after: Sequence[float] = RETRY_AFTER_SECONDS,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._transport = transport
        self._retry_after = retry_after
        self._most_waiting = most_waiting
        self._sending: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._closing = asyncio.Event()

    async def put(self, message: EmailMessage) -> None:
        """Send a mail soon; the caller does not wait for it.

        A mail that cannot be sent is logged without its address and its words.
        """
        if len(self._sending) >= self._most_waiting:
            logger.error("mail dropped: too many wait", extra={"fields": {"kind": _kind(message)}})
            return
        task = asyncio.create_task(self._deliver(message))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _deliver(self, message: EmailMessage) -> None:
        tries = 0
        while True:
            tries += 1
            # No wait after the last of them, nor when the process ends.
            left = [] if self._closing.is_set() else self._retry_after[tries - 1 : tries]
            try:
                async with self._turn:
                    await self._transport.send(message)
            except DeliveryError as error:
                fields = {"kind": _kind(message), "reason": error.reason, "tries": tries}
                if not error.temporary or not left:
                    logger.error("mail not sent", extra={"fields": fields})  # noqa: TRY400
                    return
                logger.warning("mail will be tried again", extra={"fields": fields})
                await self._wait(left[0])
            else:
                fields = {"kind": _kind(message), "tries": tries}
                logger.info("mail sent", extra={"fields": fields})
                return

    async def _wait(self, seconds: float) -> None:
        """Wait, or until the process ends."""
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return

    async def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Give each mail that waits one more try, and give up what is not sent by then.

        Args:
            seconds: How long that may take in all.
        """
        self._closing.set()
        if not self._sending:
            return
        _, late = await asyncio.wait(self._sending, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if late:
            fields = {"mails": len(late)}
            logger.error("mails not sent: the process ends", extra={"fields": fields})


def _kind(message: EmailMessage) -> str:
    """Name a mail in the log by what it is about; its other headers are personal."""
    return str(message["Subject"])
