"""Middleware that does nothing: what each kind adds to a request, in microseconds."""

import json

from benchmarks.apps.layered import KINDS
from benchmarks.figures import Figures, add
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.programs import output, python
from benchmarks.measuring.workers import holding, in_turns
from benchmarks.workloads import SAME


def measure(effort: Effort) -> Figures:
    """Time the same request behind each kind of middleware, and behind none."""
    names = [(kind, framework) for kind in KINDS for framework in SAME]
    with holding(f"layered:{framework}:{kind}" for kind, framework in names) as workers:
        turns = [
            (kind, framework, workers[f"layered:{framework}:{kind}"], "json")
            for kind, framework in names
        ]
        # Small differences of small figures: more rounds than elsewhere.
        figures = in_turns(turns, 3 * effort.rounds, effort.seconds / 10)
    for kind, framework in names:
        add(figures, f"{kind} (calls)", framework, _calls(framework, kind))
    return figures


def _calls(framework: str, kind: str) -> float:
    words = python("-m", "benchmarks.measuring.counts", f"layered:{framework}:{kind}")
    found: dict[str, dict[str, float]] = json.loads(output(words))
    return found["json"]["calls"]
