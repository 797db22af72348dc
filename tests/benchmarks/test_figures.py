"""What is said of many rounds."""

import pytest

from benchmarks.figures import Figures, add, geometric_mean, middle, ratio, spread


def test_rounds_are_kept_in_order() -> None:
    """Every round of a figure stays, so that anyone can say something else of them."""
    figures: Figures = {}
    add(figures, "json", "one", 2.0)
    add(figures, "json", "one", 1.0)

    assert figures == {"json": {"one": [2.0, 1.0]}}


def test_the_median_leaves_out_a_bad_moment() -> None:
    """One round in which the machine was busy changes nothing."""
    assert middle({"json": {"one": [10.0, 11.0, 500.0]}}, "json", "one") == 11.0


@pytest.mark.parametrize(("row", "column"), [("json", "two"), ("items", "one")])
def test_what_was_not_measured_has_no_figure(row: str, column: str) -> None:
    """A missing figure is no zero."""
    figures = {"json": {"one": [10.0]}}

    assert middle(figures, row, column) is None
    assert ratio(figures, row, "one", column) is None


def test_a_ratio_is_of_medians() -> None:
    """The first column over the second."""
    assert ratio({"json": {"one": [30.0], "two": [9.0, 10.0, 11.0]}}, "json", "one", "two") == 3.0


def test_the_spread_is_a_share_of_the_median() -> None:
    """The quartiles of 8, 9, 10, 11, 12 are 9 and 11: a fifth of 10 apart."""
    assert spread([12.0, 8.0, 10.0, 9.0, 11.0]) == pytest.approx(0.2)
    assert spread([5.0]) == 0.0


def test_the_geometric_mean_treats_ratios_alike() -> None:
    """Twice as fast and half as fast make neither."""
    assert geometric_mean([2.0, 0.5]) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="nothing"):
        geometric_mean([])
