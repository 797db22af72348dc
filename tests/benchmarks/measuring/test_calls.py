"""An application is called as a server calls it."""

import asyncio
from typing import Any

import pytest

from benchmarks.measuring import calls
from benchmarks.measuring.worker import microseconds
from benchmarks.workloads import Request


async def length(scope: Any, receive: Any, send: Any) -> None:
    """Answer with the length of the body, then wait for the end of the connection."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message["body"])
        more = message["more_body"]
    headers = [(b"X-Kind", b"size")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"%d" % size})
    assert await receive() == {"type": "http.disconnect"}


async def broken(scope: Any, receive: Any, send: Any) -> None:
    """Fail at the start."""
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "no database"})


@pytest.mark.parametrize("size", [0, 10, calls.CHUNK, 3 * calls.CHUNK + 1])
def test_a_body_arrives_whole(size: int) -> None:
    """In as many chunks as a server would make, and none for nothing."""
    answer = asyncio.run(calls.call(length, Request("POST", "/", body=b"x" * size)))

    assert (answer.status, answer.body) == (200, b"%d" % size)


def test_a_header_is_found_in_any_case() -> None:
    """Names of headers have no case."""
    answer = asyncio.run(calls.call(length, Request("GET", "/")))

    assert answer.header("x-kind") == "size"
    assert answer.header("x-other") == ""


def test_a_request_becomes_a_scope() -> None:
    """Path and query are told apart, the path is decoded, a host is there."""
    scope = calls.scope_of(Request("GET", "/a%20b?q=1", (("x-key", "k"),)))

    assert (scope["path"], scope["raw_path"], scope["query_string"]) == ("/a b", b"/a%20b", b"q=1")
    assert scope["headers"] == [(b"host", b"127.0.0.1:8000"), (b"x-key", b"k")]


def test_an_application_that_does_not_start_is_not_measured() -> None:
    """Its own message is in the error."""

    async def start() -> None:
        async with calls.started(broken):
            pass

    with pytest.raises(RuntimeError, match="no database"):
        asyncio.run(start())


def test_time_is_said_for_one_request() -> None:
    """However many fill the time."""
    spent = asyncio.run(microseconds(length, Request("GET", "/"), 0.01))

    assert spent > 0
