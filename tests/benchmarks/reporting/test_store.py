"""Results are kept with what they were made on."""

from pathlib import Path

from benchmarks.reporting import store
from tests.benchmarks.reporting.samples import results


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Each part on a line of its own, so that a change shows which one was measured again."""
    file = tmp_path / "results" / "results.json"
    store.write(results(), file)

    assert store.read(file) == results()
    assert len(file.read_text("utf-8").splitlines()) == 2


def test_no_results_are_no_error(tmp_path: Path) -> None:
    """The first run has none."""
    assert store.read(tmp_path / "none.json") == {}
    assert store.figures({}, "latency") == {}


def test_the_processor_is_named(tmp_path: Path) -> None:
    """As the system tells it, or as Python does."""
    file = tmp_path / "cpuinfo"
    file.write_text("processor\t: 0\nmodel name\t: A Fast One\n")

    assert store.processor(file) == "A Fast One"
    assert store.processor(tmp_path / "none")
