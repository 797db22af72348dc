"""The end of a server: no request that reached it is lost."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.serve import Drain, DrainingServer, listen, main, refuse_connections

pytestmark = pytest.mark.anyio


class Gate:
    """An application whose answer to ``/slow`` waits until somebody opens it."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.opened = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer ``done``."""
        if scope["path"] == "/slow":
            self.entered.set()
            await self.opened.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})


@asynccontextmanager
async def running(app: Gate, drain: Drain) -> AsyncIterator[tuple[DrainingServer, str]]:
    """Serve an application until the block ends."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=10)
    server = DrainingServer(config, drain)
    with listen("127.0.0.1", 0) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            # The socket listens already: the first request waits until it is accepted.
            yield server, url
        finally:
            server.should_exit = True
            app.opened.set()
            await task


async def test_request_in_flight_is_finished() -> None:
    """What was begun before the end is answered, and the connection is given up with it."""
    app = Gate()
    async with (
        running(app, Drain(accepting=0.1, idle=0.1)) as (server, url),
        httpx2.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        answer = asyncio.create_task(client.get("/slow"))
        await app.entered.wait()
        server.should_exit = True
        await refused(url)
        app.opened.set()

        assert (await answer).text == "done"


async def test_open_connection_is_served_once_more() -> None:
    """A request on an idle connection is answered while the server ends, and told to close it."""
    async with (
        running(Gate(), Drain(accepting=0.1, idle=30)) as (server, url),
        httpx2.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        before = await client.get("/")
        server.should_exit = True
        await refused(url)
        answer = await client.get("/")
        # As a second Ctrl-C: the rest of the thirty seconds is of no interest.
        server.force_exit = True

        assert "connection" not in before.headers
        assert answer.text == "done"
        assert answer.headers["connection"] == "close"


async def test_ends_when_nobody_is_connected() -> None:
    """The time for open connections is not waited for when there are none."""
    async with (
        asyncio.timeout(60),
        running(Gate(), Drain(accepting=0.1, idle=3600)) as (server, url),
    ):
        async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
            answer = await client.get("/")
        server.should_exit = True
        await refused(url)

    assert answer.text == "done"
    assert not server.server_state.connections


async def refused(url: str) -> None:
    """Wait until a new connection is refused."""
    host, port = url.removeprefix("http://").split(":")
    for _ in range(1000):
        try:
            _, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), 0.5)
        except ConnectionError:
            return
        except TimeoutError:
            continue
        writer.close()
        await asyncio.sleep(0.01)
    raise AssertionError("The port stays open.")


def test_no_connection_is_begun() -> None:
    """One that was made already is accepted; a new one is not even begun, where that can be."""
    with listen("127.0.0.1", 0) as listener:
        listener.settimeout(5)
        with socket.create_connection(listener.getsockname()) as early:
            refuse_connections(listener)
            with socket.socket() as late:
                late.settimeout(0.3)
                made = late.connect_ex(listener.getsockname()) == 0
            accepted, _ = listener.accept()
            with accepted:
                early.sendall(b"kept")

                assert accepted.recv(4) == b"kept"
    assert made is (sys.platform != "linux")


def test_unusable_settings_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says what is wrong in one sentence, before it listens."""
    monkeypatch.setenv("SECRET_KEY", "short")
    monkeypatch.setenv("API_PORT", "none")

    with pytest.raises(SystemExit, match=r"API_PORT: .*SECRET_KEY: "):
        main()
