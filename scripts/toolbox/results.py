"""What a part of the tests came to, read from the reports that its runner writes."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Counts:
    """How many tests passed, failed and were skipped, and a sentence where a part needs one."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    note: str = ""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            " ".join(filter(None, (self.note, other.note))),
        )


def of_pytest(report: Path, code: int) -> Counts:
    """Read pytest's JUnit report.

    A run that failed without a failed test (a collection error, a crash, no tests at all) counts
    as one failure: a report alone must not hide it.
    """
    if not report.exists():
        return Counts(failed=1, note=f"pytest ended with code {code} and left no report")
    total = Counts()
    # Our own pytest wrote the file a moment ago.
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314
        tests, failures, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        bad = failures + errors
        total += Counts(max(0, tests - bad - skipped), bad, skipped)
    return _honest(total, code, "pytest")


def of_vitest(report: Path, code: int) -> Counts:
    """Read Vitest's JSON report, by the same rule as pytest's."""
    if not report.exists():
        return Counts(failed=1, note=f"vitest ended with code {code} and left no report")
    content = json.loads(report.read_text("utf-8"))
    skipped = int(content["numPendingTests"]) + int(content.get("numTodoTests", 0))
    total = Counts(int(content["numPassedTests"]), int(content["numFailedTests"]), skipped)
    return _honest(total, code, "vitest")


def of_codes(codes: dict[str, int]) -> Counts:
    """Count commands, by their exit codes."""
    bad = [name for name, code in codes.items() if code != 0]
    return Counts(len(codes) - len(bad), len(bad), note=", ".join(bad))


def _honest(total: Counts, code: int, runner: str) -> Counts:
    if code != 0 and total.failed == 0:
        return total + Counts(failed=1, note=f"{runner} ended with code {code}")
    if code == 0 and total.passed + total.failed == 0:
        return total + Counts(failed=1, note=f"{runner} ran no test")
    return total
