"""Latency without a server: what the framework itself does for a request, in microseconds."""

from benchmarks.figures import Figures
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.workers import Turn, Worker, holding, in_turns
from benchmarks.workloads import STACKS, WORKLOADS


def measure(effort: Effort) -> Figures:
    """Time every workload on every stack that answers it."""
    with holding(f"app:{stack}" for stack in STACKS) as workers:
        return in_turns(_turns(workers), effort.rounds, effort.seconds / 10)


def _turns(workers: dict[str, Worker]) -> list[Turn]:
    return [
        (name, stack, workers[f"app:{stack}"], name)
        for name, workload in WORKLOADS.items()
        for stack in workload.stacks
    ]
