"""Counters of what happens how often: in Valkey for all processes together, else in each alone.

Counting must never be what keeps people out: where Valkey is gone, each process counts for
itself until it is back.
"""

import logging
import math
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from valkey.asyncio.connection import ConnectionPool
from valkey.asyncio.retry import Retry
from valkey.backoff import NoBackoff
from valkey.exceptions import ConnectionError as CacheConnectionError

logger = logging.getLogger("app.cache")

Answer = TypeVar("Answer")

KEY_PREFIX = "kingpost:tries"
# A cache that answers later than this is as good as gone: somebody waits for their sign-in.
TIMEOUT_SECONDS = 0.5
# Times are kept in fewer digits than they have, so that one may be over a moment later.
KEPT_TO_SECONDS = 0.001
# Meanwhile nobody waits for a cache that is gone.
ASK_AGAIN_SECONDS = 10.0


class Counters:
    """Counts what passed in the time before each moment: in no such time are there more.

    The time of each is kept, so that what is refused can be told exactly when the oldest of them
    is over. What is refused is not counted, and makes nobody's wait longer.

    Args:
        cache_url: The address of Valkey; without one each process counts for itself.
        clock: Seconds, as ``time.monotonic`` counts them.
    """

    def __init__(
        self, cache_url: str | None = None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._here = MovingWindowRateLimiter(_Memory())
        self._pool = _pool(cache_url) if cache_url is not None else None
        self._shared = _shared(self._pool) if self._pool is not None else None
        self._clock = clock
        self._gone = False
        self._ask_again = 0.0

    async def hit(self, rate: RateLimitItem, key: str) -> int | None:
        """Count one more under a key.

        Args:
            rate: How many there may be in which time.
            key: What is counted.

        Returns:
            None while there are no more than that; else the seconds until there may be another.
        """

        async def count(counter: MovingWindowRateLimiter) -> int | None:
            if await counter.hit(rate, key):
                return None
            end = (await counter.get_window_stats(rate, key)).reset_time
            # A whole second more than is over: who comes back after it is not early.
            wait = math.floor(end - time.time() + KEPT_TO_SECONDS) + 1
            return min(max(wait, 1), rate.get_expiry())

        return await self._ask(count)

    async def forget(self, rate: RateLimitItem, key: str) -> None:
        """Begin anew with a key."""
        await self._ask(lambda counter: counter.clear(rate, key))

    async def close(self) -> None:
        """Close the connections."""
        if self._pool is not None:
            await self._pool.disconnect()

    async def _ask(
        self, question: Callable[[MovingWindowRateLimiter], Awaitable[Answer]]
    ) -> Answer:
        """Ask Valkey, or while there is none this process."""
        now = self._clock()
        if self._shared is None or now < self._ask_again:
            return await question(self._here)
        if self._gone:
            # One request finds out whether it is back; the others do not wait.
            self._ask_again = now + ASK_AGAIN_SECONDS
        try:
            answer = await question(self._shared)
        except (StorageError, OSError) as error:
            self._note_gone(error)
            return await question(self._here)
        if self._gone:
            self._gone, self._ask_again = False, 0.0
            logger.info("the cache is back")
        return answer

    def _note_gone(self, error: Exception) -> None:
        self._ask_again = self._clock() + ASK_AGAIN_SECONDS
        if not self._gone:
            self._gone = True
            # The name alone: a message may hold the address with its password.
            cause = type(error.__cause__ or error).__qualname__
            logger.warning(
                "the cache is gone: until it is back each process counts for itself",
                extra={"fields": {"error": cause}},
            )


class _Memory(MemoryStorage):
    """Times that are kept in the process."""

    def __init__(self) -> None:
        super().__init__()
        # Its task that removes old times goes on from one key to the next while others run, and
        # would fail at one that was forgotten meanwhile.
        self.events = defaultdict(list)


def _pool(url: str) -> ConnectionPool:
    return ConnectionPool.from_url(
        url,
        socket_timeout=TIMEOUT_SECONDS,
        socket_connect_timeout=TIMEOUT_SECONDS,
        # At once and once: a connection from before a restart of Valkey fails when it is used.
        retry=Retry(NoBackoff(), 1),
        retry_on_error=[CacheConnectionError],
    )


def _shared(pool: ConnectionPool) -> MovingWindowRateLimiter:
    options: dict[str, Any] = {"connection_pool": pool}
    storage = RedisStorage("valkey://", wrap_exceptions=True, key_prefix=KEY_PREFIX, **options)
    return MovingWindowRateLimiter(storage)
