"""Growth: what a request costs when its application has 10, 1,000 or 3,000 operations."""

from benchmarks.apps.growing import SHAPES
from benchmarks.figures import Figures
from benchmarks.measuring.plan import Effort
from benchmarks.measuring.workers import holding, in_turns
from benchmarks.workloads import SAME

SIZES = (10, 1000, 3000)
PLACES = ("first", "last", "missing", "within")


def row(shape: str, place: str, size: int) -> str:
    """Return the name of a figure."""
    return f"{shape} {place} of {size}"


def measure(effort: Effort) -> Figures:
    """Time the first operation, the last and paths that are not there, in every shape and size."""
    figures: Figures = {}
    for shape in SHAPES:
        names = [(size, framework) for size in SIZES for framework in SAME]
        with holding(f"growing:{framework}:{shape}:{size}" for size, framework in names) as workers:
            turns = [
                (
                    row(shape, place, size),
                    framework,
                    workers[f"growing:{framework}:{shape}:{size}"],
                    place,
                )
                for place in PLACES
                for size, framework in names
            ]
            figures |= in_turns(turns, effort.rounds, effort.seconds / 20)
    return figures
