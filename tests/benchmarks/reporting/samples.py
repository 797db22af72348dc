"""Results of a machine that never was."""

from benchmarks.figures import Figures
from benchmarks.measuring.growth import PLACES, SIZES, row
from benchmarks.measuring.throughput import by_processor
from benchmarks.reporting.store import Results
from benchmarks.workloads import MAIN, PRACTICAL


def results(kingpost: float = 40_000.0, missing: float = 5.0) -> Results:
    """Return results in which every target is reached; other figures may be put in."""
    throughput: Figures = {}
    for workload in [*MAIN, *PRACTICAL]:
        rates = {"asgi": 42_000.0, "starlette": 20_000.0, "fastapi": 10_000.0, "kingpost": kingpost}
        for name in (workload.name, by_processor(workload.name)):
            throughput[name] = {
                stack: [rate] for stack, rate in rates.items() if stack in workload.stacks
            }
    growth: Figures = {}
    for size in SIZES:
        for place in PLACES:
            growth[row("flat", place, size)] = {"kingpost": [5.0], "fastapi": [50.0]}
    growth[row("flat", "missing", SIZES[-1])]["kingpost"] = [missing]
    return {"throughput": part(throughput), "growth": part(growth)}


def part(figures: Figures) -> dict[str, object]:
    """Return figures as they are kept."""
    return {
        "made": "2026-01-02T03:04:05+00:00",
        "machine": "a machine",
        "versions": {"python": "3.11", "fastapi": "0.165.0"},
        "effort": {"rounds": 5, "seconds": 1},
        "load": 0.1,
        "figures": figures,
    }
