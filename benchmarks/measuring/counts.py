"""Counts of one request: calls and bytecode instructions. No clock, so no noise.

The same request on the same versions gives the same counts on every machine, busy or not, which
is what a check on a build machine needs. They leave out what happens inside C: the latency part
measures that.

`python -m benchmarks.measuring.counts SUBJECT REQUEST…` prints them for each request.
"""

import asyncio
import gc
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from types import FrameType
from typing import Any

from benchmarks.measuring.calls import App, Turn, scope_of, started
from benchmarks.measuring.subjects import load
from benchmarks.workloads import Request

WARMING = 3  # requests that make what is made once


@dataclass(frozen=True)
class Counts:
    """What one request takes: calls of functions, Python's and C's, and bytecode instructions."""

    calls: int
    instructions: int


class _Counter:
    def __init__(self) -> None:
        self.calls = self.instructions = 0

    def profile(self, frame: FrameType, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            self.calls += 1

    def trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            self.instructions += 1
        return self.trace


async def count(app: App, request: Request) -> Counts:
    """Count one request, after some that are not counted."""
    for _ in range(WARMING):
        await _send(app, request)
    counter = _Counter()
    gc.collect()
    gc.disable()  # a collection runs callbacks, which would be counted wherever it happens
    try:
        await _send(app, request, lambda on: sys.setprofile(counter.profile if on else None))
        await _send(app, request, lambda on: sys.settrace(counter.trace if on else None))
    finally:
        gc.enable()
    return Counts(counter.calls, counter.instructions)


async def _send(app: App, request: Request, switch: Callable[[bool], None] | None = None) -> None:
    scope, turn = scope_of(request), Turn(request.body)
    answer = app(scope, turn.receive, turn.send)
    if switch is None:
        await answer
        return
    switch(True)
    try:
        await answer
    finally:
        switch(False)


async def count_subject(name: str, requests: list[str]) -> dict[str, Counts]:
    """Count requests of a subject, all that it has where none is named."""
    subject = load(name)
    async with started(subject.app):
        return {
            request: await count(subject.app, subject.requests[request])
            for request in requests or subject.requests
        }


def main(name: str, requests: list[str]) -> None:
    """Print the counts as JSON."""
    found = asyncio.run(count_subject(name, requests))
    print(json.dumps({request: asdict(counts) for request, counts in found.items()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
