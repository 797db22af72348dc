"""Figures: what was measured, every round of it, and what is said of many rounds."""

import math
from collections.abc import Iterable
from statistics import median, quantiles

Figures = dict[str, dict[str, list[float]]]
"""Rounds by row (a workload) and column (a stack)."""


def add(figures: Figures, row: str, column: str, value: float) -> None:
    """Note one round."""
    figures.setdefault(row, {}).setdefault(column, []).append(value)


def middle(figures: Figures, row: str, column: str) -> float | None:
    """Return the median of a figure's rounds; None when it was not measured."""
    rounds = figures.get(row, {}).get(column)
    return median(rounds) if rounds else None


def spread(rounds: list[float]) -> float:
    """Return the distance between the quartiles as a share of the median."""
    if len(rounds) < 2:
        return 0.0
    low, _, high = quantiles(rounds, n=4, method="inclusive")
    return (high - low) / median(rounds)


def ratio(figures: Figures, row: str, over: str, under: str) -> float | None:
    """Return one column's median over another's; None when one of them was not measured."""
    above, below = middle(figures, row, over), middle(figures, row, under)
    return None if above is None or not below else above / below


def geometric_mean(values: Iterable[float]) -> float:
    """Return the mean of ratios. Raises `ValueError` when there are none."""
    logarithms = [math.log(value) for value in values]
    if not logarithms:
        raise ValueError("The geometric mean of nothing is not defined.")
    return math.exp(sum(logarithms) / len(logarithms))
