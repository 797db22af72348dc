"""The tables, and the README that shows one of them."""

import pytest

from benchmarks.__main__ import README
from benchmarks.reporting import store, table
from tests.benchmarks.reporting.samples import results


def test_the_report_has_targets_conditions_and_figures() -> None:
    """Everything that a reader needs to judge a figure."""
    report = table.report(results())

    assert "- 1. throughput over FastAPI's, mean of 7: 4.00 (at least 3.0): reached" in report
    assert "python 3.11, fastapi 0.165.0." in report
    assert "| json (an untyped dictionary) | 42,000 ±0% | 40,000 ±0% |" in report
    assert "busy" not in report


def test_a_busy_machine_is_named() -> None:
    """Figures of wall time made on it are too low, for everyone."""
    found = results()
    found["throughput"]["load"] = 3.2

    assert "The machine was busy" in table.report(found)


def test_the_short_table_has_a_line_a_stack() -> None:
    """With a mark where a stack has no way of its own."""
    lines = table.short(results()).splitlines()

    assert lines[0] == "|  | json | items | post | deps | me | list | sync | over FastAPI |"
    assert lines[3].startswith("| **Kingpost** | 40,000 |")
    assert lines[3].endswith("| 4.00 times |")
    assert lines[2].endswith("| - | 4.20 times |")


def test_a_block_is_put_between_its_marks() -> None:
    """What was there goes, what is around it stays."""
    page = f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n"

    assert table.insert(page, "new") == f"before\n{table.BEGIN}\nnew\n{table.END}\nafter\n"
    with pytest.raises(ValueError, match="has no lines"):
        table.insert("no marks", "new")


def test_the_pages_show_the_kept_results() -> None:
    """README and report are written from results.json, and never by hand."""
    kept = store.read()
    page = README.read_text("utf-8")

    assert table.insert(page, table.short(kept)) == page
    assert (store.FOLDER / "report.md").read_text("utf-8") == table.report(kept)
