"""Throughput: requests a second of a real server, one worker on one core, the load on another."""

import http.client
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from benchmarks.figures import Figures, add
from benchmarks.measuring import answers, wrk
from benchmarks.measuring.calls import Answer
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.programs import (
    CLIENT_CORE,
    HOST,
    Server,
    output,
    pinned,
    python,
    serving,
)
from benchmarks.workloads import MAIN, PRACTICAL, SAME, STACKS, WORKLOADS, Workload

ECHOING = tuple(stack for stack in STACKS if stack != "asgi")
ECHO, SEVERAL = "echo", "workers"
WORKERS = 2
WARMING = 30  # requests before the first that counts


def measure(effort: Effort) -> Figures:
    """Load every workload on every stack that answers it, after the answers were compared.

    A workload's second row, `… by processor`, counts the requests a second of the server's
    processor time: the same on a machine of its own, and steadier on one that others use too.
    """
    figures: Figures = {}
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        servers = {name: stack.enter_context(serving(name)) for name in STACKS}
        for workload in WORKLOADS.values():
            warm(workload, servers)
        # What is only compared with FastAPI needs fewer rounds than what is compared with a limit.
        fewer = max(1, (effort.rounds + 1) // 2)
        for workloads, rounds in ((MAIN, effort.rounds), (PRACTICAL, fewer)):
            for workload in workloads:
                for _ in range(rounds):
                    for name in workload.stacks:
                        _load(figures, workload, name, servers[name], effort, Path(folder))
        for _ in range(fewer):
            for name in ECHOING:
                _load_echo(figures, name, servers[name], effort.seconds)
        figures |= _several_workers(effort, fewer, Path(folder))
    return figures


def warm(workload: Workload, servers: dict[str, Server]) -> None:
    """Ask every stack some times, and compare the answers.

    Raises `UnequalAnswersError` when they differ.
    """
    found = {}
    for stack in workload.stacks:
        for _ in range(1 if len(workload.request.body) > 100_000 else WARMING):
            found[stack] = ask(workload, servers[stack].port)
    answers.check(workload, found)


def _load(
    figures: Figures, workload: Workload, stack: str, server: Server, effort: Effort, folder: Path
) -> None:
    before = server.processor_seconds()
    load = wrk.run(workload, server.port, effort.seconds, folder)
    _add(figures, workload.name, stack, load.rate, load.count, _since(before, server))


def _load_echo(figures: Figures, stack: str, server: Server, seconds: int) -> None:
    before = server.processor_seconds()
    words = python("-m", "benchmarks.measuring.sockets", str(server.port), str(seconds))
    rate = float(output(pinned(CLIENT_CORE, words)))
    _add(figures, ECHO, stack, rate, rate * seconds, _since(before, server))


def _since(before: float | None, server: Server) -> float:
    after = server.processor_seconds()
    return 0.0 if before is None or after is None else after - before


def _add(
    figures: Figures, row: str, stack: str, rate: float, count: float, processor: float
) -> None:
    add(figures, row, stack, rate)
    if processor > 0:
        add(figures, by_processor(row), stack, count / processor)


def by_processor(name: str) -> str:
    """Return the name of a workload's second row."""
    return f"{name} by processor"


def ask(workload: Workload, port: int) -> Answer:
    """Send a workload's request to a server and return the answer."""
    request = workload.request
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        headers = dict(request.headers)
        connection.request(request.method, request.target, request.body or None, headers)
        response = connection.getresponse()
        names = [(name.encode(), value.encode()) for name, value in response.getheaders()]
        return Answer(response.status, names, response.read())
    finally:
        connection.close()


def _several_workers(effort: Effort, rounds: int, folder: Path) -> Figures:
    """Load two workers, which share both cores with the load: only a comparison with FastAPI."""
    figures: Figures = {}
    workload = replace(WORKLOADS["items"], stacks=SAME)
    with ExitStack() as stack:
        servers = {name: stack.enter_context(serving(name, workers=WORKERS)) for name in SAME}
        warm(workload, servers)
        for _ in range(rounds):
            for name in SAME:
                port = servers[name].port
                load = wrk.run(workload, port, effort.seconds, folder, alone=False)
                add(figures, SEVERAL, name, load.rate)
    return figures
