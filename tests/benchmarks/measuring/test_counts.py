"""Counts of calls and instructions."""

import asyncio
from typing import Any

from benchmarks.measuring.counts import count, count_subject
from benchmarks.workloads import Request

GET = Request("GET", "/")


async def small(scope: Any, receive: Any, send: Any) -> None:
    """Call two functions: `len` and `send`."""
    await send({"type": "http.response.body", "body": b"x" * len(scope["path"])})


async def larger(scope: Any, receive: Any, send: Any) -> None:
    """Do the same, and three calls more."""
    for word in ("a", "b", "c"):
        len(word)
    await small(scope, receive, send)


def test_every_call_counts() -> None:
    """Three calls of `len`, and the call of the other: four more."""
    few, more = asyncio.run(count(small, GET)), asyncio.run(count(larger, GET))

    assert more.calls - few.calls == 4
    assert more.instructions > few.instructions > 0


def test_requests_of_a_subject_are_counted_by_name() -> None:
    """Only those that were asked for."""
    found = asyncio.run(count_subject("layered:kingpost:none", ["json"]))

    assert list(found) == ["json"]
