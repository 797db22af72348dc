"""The plot is a drawing that a browser reads."""

import xml.etree.ElementTree as ElementTree

import pytest

from benchmarks.reporting.plot import draw
from tests.benchmarks.reporting.samples import results

SVG = "{http://www.w3.org/2000/svg}"


def test_the_longest_bar_is_the_largest_figure() -> None:
    """Every bar is drawn to one scale, and says its figure."""
    drawing = ElementTree.fromstring(draw(results()))  # noqa: S314 - drawn a line above
    bars = [float(bar.attrib["width"]) for bar in drawing.iter(f"{SVG}rect")][6:]
    words = [text.text for text in drawing.iter(f"{SVG}text")]

    assert max(bars) / min(bars) == pytest.approx(4.2, rel=1e-3)
    assert words.count("40,000") == 7
    assert "json" in words


def test_nothing_measured_is_an_empty_plot() -> None:
    """Legend and names only."""
    assert draw({}).startswith("<svg")
