"""The targets: what the project wants to reach, each as a figure and whether it is reached."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.apps.growing import SHAPES
from benchmarks.figures import Figures, geometric_mean, middle, ratio
from benchmarks.measuring.growth import PLACES, SIZES, row
from benchmarks.measuring.throughput import ECHO, SEVERAL, by_processor
from benchmarks.reporting.store import Results, figures
from benchmarks.workloads import LIMITED, MAIN, PRACTICAL


@dataclass(frozen=True)
class Target:
    """One target: what it is about, what was measured, and the limit."""

    number: int
    meaning: str
    value: float
    limit: float
    is_floor: bool

    @property
    def is_reached(self) -> bool:
        """Say whether the figure keeps the limit, to the digits that are shown."""
        value = round(self.value, 2)
        return value >= self.limit if self.is_floor else value <= self.limit

    def __str__(self) -> str:
        word = "at least" if self.is_floor else "at most"
        verdict = "reached" if self.is_reached else "NOT reached"
        return f"{self.number}. {self.meaning}: {self.value:.2f} ({word} {self.limit}): {verdict}"


def targets(results: Results) -> list[Target]:
    """Return every target whose figures were measured."""
    throughput = figures(results, "throughput")
    return [
        *_of_throughput(throughput),
        *_of_latency(figures(results, "latency")),
        *_of_growth(figures(results, "growth")),
        *_of_start(figures(results, "start")),
        *_of_middleware(figures(results, "middleware")),
        *_of_practice(throughput),
    ]


def _of_throughput(found: Figures) -> Iterator[Target]:
    mains = [workload.name for workload in MAIN]
    for suffix, names in (
        ("", mains),
        (", by the server's processor time", [by_processor(name) for name in mains]),
    ):
        fast = _ratios(found, names, "kingpost", "fastapi")
        if fast:
            yield Target(
                1, f"throughput over FastAPI's, mean of {len(fast)}{suffix}", _mean(fast), 3.0, True
            )
            yield Target(
                1, f"… the smallest ({_least(fast)}){suffix}", min(fast.values()), 1.9, True
            )
        limited = [name for name in names if name.split()[0] in LIMITED]
        near = _ratios(found, limited, "kingpost", "asgi")
        if near:
            yield Target(
                2, f"… over the limit's, mean of {len(near)}{suffix}", _mean(near), 0.9, True
            )
            yield Target(
                2, f"… the smallest ({_least(near)}){suffix}", min(near.values()), 0.8, True
            )
        peers = {
            f"{name} beside {peer}": value
            for peer in ("starlette", "litestar", "blacksheep")
            for name, value in _ratios(found, names, "kingpost", peer).items()
        }
        if peers:
            least = f"… over every peer's, the smallest ({_least(peers)}){suffix}"
            yield Target(3, least, min(peers.values()), 1.0, True)


def _of_latency(found: Figures) -> Iterator[Target]:
    for name in ("items", "deps"):
        share = ratio(found, name, "kingpost", "fastapi")
        if share is not None:
            yield Target(4, f"time of {name} in process, of FastAPI's", share, 0.17, False)


def _of_growth(found: Figures) -> Iterator[Target]:
    for shape in SHAPES:
        growth = {}
        for place in PLACES:
            small, large = (
                middle(found, row(shape, place, size), "kingpost") for size in (SIZES[0], SIZES[-1])
            )
            if small and large:
                growth[place] = large / small
        if growth:
            worst = max(growth, key=lambda place: growth[place])
            meaning = f"{shape}: a request among 3,000 operations, of one among 10 ({worst})"
            yield Target(5, meaning, growth[worst], 1.15, False)


def _of_start(found: Figures) -> Iterator[Target]:
    for name, meaning, limit in (
        ("import (ms)", "import, of FastAPI's", 0.35),
        ("declare to first request (ms)", "1,000 routes declared and compiled, of FastAPI's", 0.4),
        ("memory (MiB)", "memory of 1,000 routes, of FastAPI's", 0.5),
        ("OpenAPI (ms)", "OpenAPI of 1,000 routes, of FastAPI's", 0.5),
    ):
        share = ratio(found, name, "kingpost", "fastapi")
        if share is not None:
            yield Target(6, meaning, share, limit, False)
    again = middle(found, "openapi.json again (ms)", "kingpost")
    dumped = middle(found, "json.dumps of it (ms)", "kingpost")
    if again and dumped:
        yield Target(6, "/openapi.json again, of writing it", again / dumped, 0.1, False)


def _of_middleware(found: Figures) -> Iterator[Target]:
    costs = []
    for stack in ("kingpost", "fastapi"):
        plain, layered = middle(found, "none", stack), middle(found, "http", stack)
        if plain is not None and layered is not None:
            costs.append(layered - plain)
    if len(costs) == 2 and costs[1] > 0:
        share = costs[0] / costs[1]
        yield Target(7, "cost of function middleware, of FastAPI's", share, 0.5, False)
    inside, around = (middle(found, f"{kind} (calls)", "kingpost") for kind in ("asgi", "wrapped"))
    if inside is not None and around is not None:
        yield Target(7, "calls of ASGI middleware beyond its own", inside - around, 0, False)


def _of_practice(found: Figures) -> Iterator[Target]:
    names = [*(workload.name for workload in PRACTICAL), ECHO, SEVERAL]
    for suffix, rows in (
        ("", names),
        (", by the server's processor time", [by_processor(name) for name in names]),
    ):
        ratios = _ratios(found, rows, "kingpost", "fastapi")
        if ratios:
            meaning = f"further workloads over FastAPI's, the smallest ({_least(ratios)}){suffix}"
            yield Target(8, meaning, min(ratios.values()), 1.0, True)


def _ratios(found: Figures, names: Iterable[str], over: str, under: str) -> dict[str, float]:
    pairs = ((name.split()[0], ratio(found, name, over, under)) for name in names)
    return {name: value for name, value in pairs if value is not None}


def _mean(ratios: dict[str, float]) -> float:
    return geometric_mean(ratios.values())


def _least(ratios: dict[str, float]) -> str:
    return min(ratios, key=lambda name: ratios[name])
