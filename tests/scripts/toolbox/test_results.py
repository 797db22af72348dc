"""What a part of the tests came to."""

import json
from pathlib import Path

import pytest

from toolbox.results import Counts, of_codes, of_pytest, of_vitest

JUNIT = (
    '<testsuites><testsuite name="pytest" tests="{tests}" failures="{failures}" '
    'errors="{errors}" skipped="{skipped}"/></testsuites>'
)


def _junit(folder: Path, tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> Path:
    report = folder / "report.xml"
    report.write_text(JUNIT.format(tests=tests, failures=failures, errors=errors, skipped=skipped))
    return report


def _vitest(folder: Path, passed: int, failed: int, pending: int = 0) -> Path:
    report = folder / "report.json"
    content = {"numPassedTests": passed, "numFailedTests": failed, "numPendingTests": pending}
    report.write_text(json.dumps(content))
    return report


def test_pytest_counts(tmp_path: Path) -> None:
    """Errors count as failures; skipped tests count as neither."""
    counts = of_pytest(_junit(tmp_path, tests=10, failures=2, errors=1, skipped=3), code=1)

    assert Counts(passed=4, failed=3, skipped=3) == counts


def test_vitest_counts(tmp_path: Path) -> None:
    """Vitest's report is read the same way."""
    assert Counts(5, 2, 1) == of_vitest(_vitest(tmp_path, passed=5, failed=2, pending=1), code=1)


@pytest.mark.parametrize("code", [1, 2, 3, -11])
def test_a_failed_run_without_a_failed_test_is_a_failure(tmp_path: Path, code: int) -> None:
    """A crash after the last test, or a broken import, never looks like success."""
    assert of_pytest(_junit(tmp_path, tests=4), code).failed == 1
    assert of_vitest(_vitest(tmp_path, passed=4, failed=0), code).failed == 1


def test_no_report_is_a_failure(tmp_path: Path) -> None:
    """A runner that left no report has failed, whatever it answered."""
    assert of_pytest(tmp_path / "none.xml", code=0).failed == 1
    assert of_vitest(tmp_path / "none.json", code=0).failed == 1


def test_no_test_is_a_failure(tmp_path: Path) -> None:
    """A part that ran nothing has not passed."""
    assert of_pytest(_junit(tmp_path, tests=0), code=0).failed == 1
    assert of_pytest(_junit(tmp_path, tests=2, skipped=2), code=0).failed == 1


def test_commands_count_by_their_codes() -> None:
    """Every command is one; the failed ones are named."""
    assert Counts(1, 2, note="b, c") == of_codes({"a": 0, "b": 1, "c": 2})
