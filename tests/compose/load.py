"""A steady load on the product: half reads, half writes, every request accounted for."""

import asyncio
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx2

RATE = 60
"""Requests a second; the product is asked to bear fifty."""
TIMEOUT_SECONDS = 60.0
# All are kept: a connection for each request, with its TLS, would be most of the work, and a
# product that gets slow for a moment would get more of them and never recover.
CONNECTIONS = 48
# Far above what is in flight at this rate; a product that hangs must not hang us.
MOST_IN_FLIGHT = 600


@dataclass
class Sent:
    """A request: what it was, when it was sent, and what came of it."""

    write: bool
    title: str
    at: float
    status: int | None = None
    error: str | None = None
    ended: float = 0.0

    @property
    def succeeded(self) -> bool:
        """Whether it was answered with a success."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Phase:
    """A part of the run, in which something happened or nothing did."""

    name: str
    start: float
    end: float


@dataclass
class Summary:
    """What became of the requests that were sent in a phase."""

    phase: str
    seconds: float
    sent: int
    writes: int
    answered: int
    failed: int
    slowest_ms: int
    failures: dict[str, int]


class Load:
    """Sends requests from a thread of its own until the block ends.

    Args:
        url: The origin of the product.
        tokens: Access tokens of the accounts to use in turn.
        context: How certificates are checked.
    """

    def __init__(self, url: str, tokens: Sequence[str], context: ssl.SSLContext) -> None:
        self._url = url
        self._tokens = tokens
        self._context = context
        self._ending = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self.requests: list[Sent] = []
        self.phases: list[Phase] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ending.set()
        self._thread.join()

    def mark(self, name: str, start: float) -> None:
        """Remember what happened from *start* (of ``time.monotonic``) until now."""
        self.phases.append(Phase(name, start, time.monotonic()))

    def rest(self, name: str, seconds: float) -> None:
        """Go on for a while in which nothing else happens."""
        start = time.monotonic()
        time.sleep(seconds)
        self.mark(name, start)

    async def _run(self) -> None:
        limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
        timeout = httpx2.Timeout(TIMEOUT_SECONDS)
        running: set[asyncio.Task[None]] = set()
        start, number = time.monotonic(), 0
        async with httpx2.AsyncClient(
            base_url=self._url, verify=self._context, limits=limits, timeout=timeout
        ) as client:
            while not self._ending.is_set():
                await asyncio.sleep(max(0.0, start + number / RATE - time.monotonic()))
                if len(running) < MOST_IN_FLIGHT:
                    task = asyncio.create_task(self._send(client))
                    running.add(task)
                    task.add_done_callback(running.discard)
                number += 1
            await asyncio.gather(*running)

    async def _send(self, client: httpx2.AsyncClient) -> None:
        # By what has been sent: writes and reads take turns even where some had to be left out.
        number = len(self.requests)
        sent = Sent(write=number % 2 == 0, title=f"load-{number}", at=time.monotonic())
        self.requests.append(sent)
        # Two in a row are of one account: a write and a read.
        token = self._tokens[number // 2 % len(self._tokens)]
        headers = {"Authorization": f"Bearer {token}"}
        try:
            if sent.write:
                body = {"title": sent.title}
                answer = await client.post("/api/v1/items", json=body, headers=headers)
            else:
                answer = await client.get("/api/v1/items?size=10", headers=headers)
            sent.status = answer.status_code
            if not sent.succeeded:
                sent.error = f"{answer.status_code} {answer.text[:200]}"
        except httpx2.HTTPError as error:
            sent.error = type(error).__name__
        finally:
            sent.ended = time.monotonic()


def during(requests: Iterable[Sent], phase: Phase) -> list[Sent]:
    """Return the requests that were sent in a phase."""
    return [sent for sent in requests if phase.start <= sent.at < phase.end]


def summarise(requests: Iterable[Sent], phase: Phase) -> Summary:
    """Count what became of the requests of a phase."""
    mine = during(requests, phase)
    return Summary(
        phase=phase.name,
        seconds=round(phase.end - phase.start, 1),
        sent=len(mine),
        writes=sum(sent.write for sent in mine),
        answered=sum(sent.succeeded for sent in mine),
        failed=sum(not sent.succeeded for sent in mine),
        slowest_ms=round(1000 * max((sent.ended - sent.at for sent in mine), default=0)),
        failures=dict(Counter(sent.error for sent in mine if sent.error is not None)),
    )
