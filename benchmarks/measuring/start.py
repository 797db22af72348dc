"""Start: import, declaration, first request, memory and description, each in a fresh process."""

import json

from benchmarks.figures import Figures, add
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.programs import SERVER_CORE, output, pinned, python
from benchmarks.workloads import SAME

ROUTES = 1000


def measure(effort: Effort) -> Figures:
    """Measure both frameworks in turns."""
    figures: Figures = {}
    for framework in SAME:  # leaves the compiled modules and the disk's cache behind
        _fresh("app", framework, "10")
    for _ in range(effort.rounds):
        for framework in SAME:
            found = _fresh("import", framework) | _fresh("app", framework, str(ROUTES))
            for row, value in found.items():
                add(figures, row, framework, value)
    return figures


def _fresh(*words: str) -> dict[str, float]:
    command = pinned(SERVER_CORE, python("-m", "benchmarks.measuring.fresh", *words))
    found: dict[str, float] = json.loads(output(command))
    return found
