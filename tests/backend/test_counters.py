"""Counting: alike in Valkey and in the process, and never what keeps people out."""

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from limits import RateLimitItemPerMinute
from valkey import Valkey

import app.counters
from app.counters import ASK_AGAIN_SECONDS, Counters
from tests.backend.valkey import short_folder, socket_url, valkey_server

pytestmark = pytest.mark.anyio

THREE = RateLimitItemPerMinute(3, 15)
KEY = "sign-in:somebody"

LetPass = Callable[[float], None]
"""Makes so many seconds pass, without anybody waiting."""


class Clock:
    """A clock that stands until somebody moves it."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """Run Valkey."""
    with short_folder() as folder, valkey_server(folder) as url:
        yield url


@pytest.fixture(params=["memory", "valkey"])
def kind(request: pytest.FixtureRequest) -> str:
    """Name where it is counted: every test that asks for it runs on both."""
    return str(request.param)


@pytest.fixture
def cache_url(kind: str, request: pytest.FixtureRequest) -> str | None:
    """Return the address of an empty Valkey, or None."""
    if kind == "memory":
        return None
    url = str(request.getfixturevalue("server_url"))
    with Valkey.from_url(url) as client:
        client.flushall()
    return url


@pytest.fixture
def let_pass(monkeypatch: pytest.MonkeyPatch) -> LetPass:
    """Return a function that moves the clock of what counts: Valkey is told the times."""
    clock = Clock(time.time())
    monkeypatch.setattr(time, "time", clock)

    def move(seconds: float) -> None:
        clock.now += seconds

    return move


@pytest.fixture
async def counters(cache_url: str | None) -> AsyncIterator[Counters]:
    """Return counters that nothing was counted with."""
    made = Counters(cache_url)
    yield made
    await made.close()


async def hit(counters: Counters, times: int, key: str = KEY) -> list[int | None]:
    """Count something several times, one after the other."""
    return [await counters.hit(THREE, key) for _ in range(times)]


class TestHit:
    """hit(), in Valkey and in the process."""

    async def test_beyond(self, counters: Counters) -> None:
        """As many pass as the rate says; what is more is told when the first of them is over."""
        assert await hit(counters, 5) == [None, None, None, 900, 900]

    async def test_keys_apart(self, counters: Counters) -> None:
        """What one key uses up is there for another one."""
        await hit(counters, 4)

        assert await hit(counters, 4, "sign-in:somebody else") == [None, None, None, 900]

    async def test_wait_gets_shorter(self, counters: Counters, let_pass: LetPass) -> None:
        """The time begins with what was counted first; what is refused does not prolong it."""
        await hit(counters, 3)
        let_pass(600)

        first, second = await hit(counters, 2)

        assert first in (300, 301)
        assert second in (300, 301)

    async def test_wait_is_enough(self, counters: Counters, let_pass: LetPass) -> None:
        """Whoever waited as long as they were told passes, and not a second earlier."""
        await hit(counters, 3)
        let_pass(0.5)
        (wait,) = await hit(counters, 1)
        assert wait == 900

        let_pass(wait - 1)
        assert await hit(counters, 1) == [1]
        let_pass(1)

        assert (await hit(counters, 4))[:3] == [None, None, None]

    async def test_never_more_in_the_time(self, counters: Counters, let_pass: LetPass) -> None:
        """Each that is over makes room for one: no moment lets twice as many pass."""
        await hit(counters, 1)
        let_pass(890)
        await hit(counters, 2)
        let_pass(11)

        first, second, third = await hit(counters, 3)

        assert first is None
        assert second in (889, 890)
        assert third == second
        let_pass(second)
        assert (await hit(counters, 3))[:2] == [None, None]
        assert await hit(counters, 1) in ([10], [11])

    async def test_last_moment(self, counters: Counters, let_pass: LetPass) -> None:
        """Less than a second before the end nobody is told to wait for none."""
        await hit(counters, 3)

        let_pass(899.7)

        assert await hit(counters, 1) == [1]

    async def test_at_once(self, counters: Counters) -> None:
        """Of many at the same time no more pass."""
        answers = await asyncio.gather(*(counters.hit(THREE, KEY) for _ in range(30)))

        assert answers.count(None) == 3


class TestForget:
    """forget(), in Valkey and in the process."""

    async def test_anew(self, counters: Counters) -> None:
        """A key that is forgotten has all its tries again, and the others have not."""
        await hit(counters, 4)
        await hit(counters, 4, "other")

        await counters.forget(THREE, KEY)

        assert await hit(counters, 4) == [None, None, None, 900]
        assert await hit(counters, 1, "other") == [900]

    async def test_unknown(self, counters: Counters) -> None:
        """What was never counted can be forgotten, too."""
        await counters.forget(THREE, "never")

        assert await hit(counters, 1, "never") == [None]

    async def test_while_old_times_are_removed(self, caplog: pytest.LogCaptureFixture) -> None:
        """What removes old times in the process meanwhile is not disturbed, and removes them."""
        counters = Counters()
        for number in range(20):
            await hit(counters, 1, f"key {number}")
        for number in range(20):
            await counters.forget(THREE, f"key {number}")
            await asyncio.sleep(0)

        assert await hit(counters, 4) == [None, None, None, 900]
        await asyncio.sleep(0.05)
        gc.collect()
        assert caplog.messages == []


async def test_processes_together(server_url: str) -> None:
    """What one process counts in Valkey counts for all."""
    one, other = Counters(server_url), Counters(server_url)

    await hit(one, 2, "shared")

    assert await hit(other, 2, "shared") == [None, 900]
    await one.close()
    await other.close()


async def test_nothing_is_left(server_url: str) -> None:
    """Valkey itself removes a window that is over."""
    counters = Counters(server_url)

    await hit(counters, 4, "left")

    await counters.close()
    with Valkey.from_url(server_url) as client:
        (key,) = client.scan_iter("kingpost:*left*")
        assert 0 < client.ttl(key) <= 900


class TestGone:
    """Valkey is not there."""

    @pytest.fixture(autouse=True)
    def _info(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, "app.cache")

    @pytest.fixture
    def folder(self) -> Iterator[Path]:
        """Return the folder of a server that does not run yet."""
        with short_folder() as folder:
            yield folder

    async def test_counted_here(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        """The process counts by itself, and says so once."""
        counters = Counters(socket_url(folder))

        answers = await hit(counters, 5)
        await counters.forget(THREE, KEY)

        assert [*answers, *await hit(counters, 1)] == [None, None, None, 900, 900, None]
        (record,) = caplog.records
        assert record.levelname == "WARNING"
        assert record.getMessage().startswith("the cache is gone")
        assert vars(record)["fields"] == {"error": "ConnectionError"}
        await counters.close()

    async def test_not_asked_each_time(self, folder: Path) -> None:
        """While it is gone nobody waits for it; after some time one request asks again."""
        clock = Clock()
        counters = Counters(socket_url(folder), clock=clock)
        await hit(counters, 2)

        with valkey_server(folder):
            early = await hit(counters, 2)
            clock.now += ASK_AGAIN_SECONDS
            late = await hit(counters, 4)
            await counters.close()

        assert early == [None, 900]
        assert late == [None, None, None, 900]

    async def test_back(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        """It is said once that it is back, and the next time that it is gone."""
        clock = Clock()
        counters = Counters(socket_url(folder), clock=clock)
        for _ in range(2):
            await hit(counters, 2)
            with valkey_server(folder):
                clock.now += ASK_AGAIN_SECONDS
                await hit(counters, 2)
        await counters.close()

        gone = "the cache is gone: until it is back each process counts for itself"
        assert caplog.messages == [gone, "the cache is back"] * 2

    async def test_still_gone(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        """Asking in vain is not said again."""
        clock = Clock()
        counters = Counters(socket_url(folder), clock=clock)
        for _ in range(3):
            await hit(counters, 1)
            clock.now += ASK_AGAIN_SECONDS
        await counters.close()

        assert len(caplog.records) == 1

    async def test_restarted(self, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
        """Connections from before a restart are made anew; nobody notices."""
        counters = Counters(socket_url(folder))
        with valkey_server(folder):
            await hit(counters, 1)
        with valkey_server(folder):
            answers = await hit(counters, 4)
            await counters.close()

        assert answers == [None, None, None, 900]
        assert caplog.messages == []

    async def test_silent(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that takes connections and never answers is as good as gone."""
        monkeypatch.setattr(app.counters, "TIMEOUT_SECONDS", 0.05)
        done = asyncio.Event()

        async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await done.wait()
            writer.close()

        async with await asyncio.start_unix_server(say_nothing, folder / "socket"):
            counters = Counters(socket_url(folder))
            answers = await hit(counters, 4)
            await counters.close()
            done.set()

        assert answers == [None, None, None, 900]

    async def test_password_stays_out_of_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        """The address may hold a password."""
        counters = Counters("valkey://:hunter2@127.0.0.1:1/0")

        assert await hit(counters, 1) == [None]

        await counters.close()
        assert len(caplog.records) == 1
        assert "hunter2" not in repr(vars(caplog.records[0]))
