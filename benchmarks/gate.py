"""The gate: what a request may cost, in counts, so that a check never depends on a clock.

Two rules for each workload. Kingpost stays under the ceilings in ceilings.json, which are written
by `./scripts/benchmark counts --write-ceilings` and hold for the Python that they name. And it
stays under a share of what FastAPI takes for the same request in the same run, on any Python.

A third for growth: a request takes the same among many operations as among few.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.measuring.counts import Counts, count_subject
from benchmarks.workloads import MAIN, SAME, WORKLOADS

FILE = Path(__file__).with_name("ceilings.json")
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
MAIN_SHARE = 0.6
SHARES = {"items": 1 / 6, "deps": 1 / 6}
"""The share of FastAPI's counts that a workload may take: else a part of all, and less than all."""

BY_CALLS = frozenset({"rows"})
"""What is counted in calls: rows are read by instructions here, and inside C by FastAPI, where
nothing is counted."""

GROWN = (10, 300)
"""Operations of the applications that must cost the same."""

CountsOf = dict[str, Counts]


def measure(stack: str) -> CountsOf:
    """Count every workload that a stack answers."""
    names = [name for name, workload in WORKLOADS.items() if stack in workload.stacks]
    return asyncio.run(count_subject(f"app:{stack}", names))


def share(name: str) -> float:
    """Return the share of FastAPI's counts that a workload may take."""
    is_main = any(workload.name == name for workload in MAIN)
    return SHARES.get(name, MAIN_SHARE if is_main else 1.0)


def over_share(ours: CountsOf, theirs: CountsOf) -> list[str]:
    """Return a sentence for each workload that takes too much of what FastAPI takes."""
    problems = []
    for name, counts in ours.items():
        kind = "calls" if name in BY_CALLS else "instructions"
        taken, limit = getattr(counts, kind), getattr(theirs[name], kind)
        if taken > share(name) * limit:
            problems.append(
                f"{name}: {taken} {kind} are {taken / limit:.2f} of FastAPI's {limit}; "
                f"it may be {share(name):.2f}"
            )
    return problems


def over_ceilings(ours: CountsOf, ceilings: CountsOf) -> list[str]:
    """Return a sentence for each count that is over its ceiling, or has none."""
    problems = [f"{name}: has no ceiling" for name in ours if name not in ceilings]
    for name, ceiling in ceilings.items():
        for kind, most in asdict(ceiling).items():
            value = getattr(ours[name], kind)
            if value > most:
                problems.append(f"{name}: {value} {kind}, where {most} are allowed")
    return problems


def growth(shape: str) -> dict[str, list[Counts]]:
    """Count the requests of an application of this shape, small and large."""
    sizes = [asyncio.run(count_subject(f"growing:kingpost:{shape}:{size}", [])) for size in GROWN]
    return {name: [counts[name] for counts in sizes] for name in sizes[0]}


def read_ceilings(file: Path = FILE) -> tuple[str, CountsOf]:
    """Return the Python that the ceilings hold for, and the ceilings."""
    content = json.loads(file.read_text("utf-8"))
    return content["python"], {name: Counts(**of) for name, of in content["ceilings"].items()}


def write_ceilings(ours: CountsOf, file: Path = FILE) -> None:
    """Keep these counts as the ceilings of this Python."""
    lines = [f"    {json.dumps(name)}: {json.dumps(asdict(of))}" for name, of in ours.items()]
    body = ",\n".join(lines)
    text = f'{{\n  "python": "{PYTHON}",\n  "ceilings": {{\n{body}\n  }}\n}}\n'
    file.write_text(text, "utf-8")


def main(*, write: bool) -> int:
    """Show the counts beside FastAPI's; say what is over a limit, or keep them as the ceilings."""
    ours, theirs = (measure(stack) for stack in SAME)
    for name, counts in ours.items():
        other = theirs[name]
        print(
            f"{name:8} {counts.calls:6} calls {counts.instructions:7} instructions; FastAPI "
            f"{other.calls:6} and {other.instructions:7}: "
            f"{counts.calls / other.calls:.2f} and {counts.instructions / other.instructions:.2f}"
        )
    if write:
        write_ceilings(ours)
    python, ceilings = read_ceilings()
    problems = over_share(ours, theirs)
    if python == PYTHON:
        problems += over_ceilings(ours, ceilings)
    for problem in problems:
        print(problem)
    return int(bool(problems))
