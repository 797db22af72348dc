"""A process that holds one subject and times its requests, whenever it is told to.

It reads a line `REQUEST SECONDS` and answers with the microseconds of one request, measured over
as many requests as fill the seconds. Several such processes, asked in turns, share the machine's
good and bad moments fairly.
"""

import asyncio
import gc
import os
import sys

from benchmarks.measuring.calls import App, seconds, started
from benchmarks.measuring.subjects import Subject, load
from benchmarks.workloads import Request

TRIAL = 0.01  # seconds that the trial, which finds out how many requests to send, must last


async def microseconds(app: App, request: Request, duration: float) -> float:
    """Return what one request takes."""
    # The very first requests pay for what is made once, and would make the trial too short.
    await seconds(app, request, 3)
    count, spent = 1, 0.0
    while spent < TRIAL:
        count *= 2
        spent = await seconds(app, request, count)
    count = max(1, round(count * duration / spent))
    gc.collect()
    return await seconds(app, request, count) / count * 1e6


async def serve(subject: Subject) -> None:
    """Answer every line of stdin until it ends."""
    loop = asyncio.get_running_loop()
    async with started(subject.app):
        print("ready", flush=True)
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            name, duration = line.split()
            spent = await microseconds(subject.app, subject.requests[name], float(duration))
            print(spent, flush=True)


def new_loop() -> asyncio.AbstractEventLoop:
    """Return the loop that the servers run on too."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def main(name: str, core: int) -> None:
    """Hold the subject, on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(serve(load(name)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
