"""The parts of the tests: what each one runs and how its result is read."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from toolbox import beside, browser, checks, contract, engine, node, pythons, results
from toolbox.paths import CACHE
from toolbox.processes import Processes
from toolbox.results import Counts

REPORTS = CACHE / "test-reports"

Run = Callable[[Processes, list[str]], Counts]
"""Runs a part with further words for its runner."""


def _check(processes: Processes, words: list[str]) -> Counts:
    return results.of_codes(checks.run(processes))


def _pytest(name: str, *options: str) -> Run:
    def run(processes: Processes, words: list[str]) -> Counts:
        return _run_pytest(processes, name, [*options, *words])

    return run


def _run_pytest(
    processes: Processes,
    name: str,
    words: list[str],
    env: dict[str, str] | None = None,
    python: str | Path = sys.executable,
) -> Counts:
    report = _fresh(REPORTS / f"{name}.xml")
    command = [python, "-m", "pytest", "--quiet", f"--junitxml={report}", *words]
    code = processes.run(command, env={**os.environ, **(env or {})})
    return results.of_pytest(report, code)


def _third_party(processes: Processes, words: list[str]) -> Counts:
    python = beside.THIRD_PARTY.ensure(processes)
    words = ["tests/third_party", *words]
    return _run_pytest(processes, "third-party", words, beside.settings(), python)


def _other_pythons(processes: Processes, words: list[str]) -> Counts:
    """Run the framework's tests on every other Python that is found."""
    total = Counts()
    found = pythons.others(os.environ)
    for minor, python in found.items():
        environment = beside.on_python(minor, python)
        print(f"On Python 3.{minor}:", flush=True)
        inside = environment.ensure(processes)
        whole = ["tests/framework", *words]
        total += _run_pytest(processes, environment.name, whole, beside.settings(), inside)
    return total + Counts(note=pythons.note(found))


def _front_end(processes: Processes, words: list[str]) -> Counts:
    report = _fresh(REPORTS / "frontend.json")
    reporters = ["--reporter=default", "--reporter=json", f"--outputFile.json={report}"]
    code = node.run(processes, "vitest/vitest.mjs", "run", *reporters, *words)
    return results.of_vitest(report, code)


def _client(processes: Processes, words: list[str]) -> Counts:
    complaints = contract.stale(processes)
    for text in filter(None, complaints.values()):
        print(text, flush=True)
    return results.of_codes({name: int(bool(text)) for name, text in complaints.items()})


def _in_browser(processes: Processes, name: str, words: list[str]) -> Counts:
    try:
        chromium = browser.ensure(processes)
    except browser.MissingBrowser as missing:
        print(missing, flush=True)
        failed = os.environ.get("CI") == "true"
        return Counts(failed=int(failed), skipped=int(not failed), note="no browser")
    env = {browser.SETTING: str(chromium)}
    return _run_pytest(processes, name, [f"tests/{name}", *words], env)


def _end_to_end(processes: Processes, words: list[str]) -> Counts:
    node.ensure_build(processes)
    return _in_browser(processes, "e2e", words)


def _compose(processes: Processes, words: list[str]) -> Counts:
    if not engine.answers():
        print("No Docker engine with Compose answers here, so the stacks are not tested.")
        return Counts(skipped=1, note="no Docker engine")
    # The journeys bring one of its packages, which reads pages for accessibility.
    node.ensure_packages(processes)
    return _in_browser(processes, "compose", words)


def _fresh(report: Path) -> Path:
    """Remove the last run's report, so that it is never read as this run's."""
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    return report


PARTS: dict[str, tuple[str, Run]] = {
    "check": ("format, lint, types, layout; the sources only", _check),
    "scripts": ("the scripts themselves", _pytest("scripts", "tests/scripts")),
    "framework": ("the framework's units", _pytest("framework", "tests/framework")),
    "pythons": ("the framework's units on every other Python found", _other_pythons),
    "parity": ("the same app on kingpost and on fastapi", _pytest("parity", "tests/parity")),
    "benchmarks": (
        "the benchmarks' own logic, and the counts of a request beside FastAPI's",
        _pytest("benchmarks", "tests/benchmarks"),
    ),
    "install": ("the framework alone in a clean environment", _pytest("install", "tests/install")),
    "backend-sqlite": (
        "the backend on the embedded database",
        _pytest("backend-sqlite", "tests/backend", "--database=sqlite"),
    ),
    "backend-postgres": (
        "the backend on a PostgreSQL of its own",
        _pytest("backend-postgres", "tests/backend", "--database=postgres"),
    ),
    "backend-on-fastapi": (
        "the backend with fastapi in place of kingpost",
        _pytest(
            "backend-on-fastapi", "-p", "tests.on_fastapi", "tests/backend", "--database=sqlite"
        ),
    ),
    "third-party": ("packages written for FastAPI, on kingpost", _third_party),
    "frontend": ("the front end's units", _front_end),
    "client": ("openapi.json and the client are current", _client),
    "e2e": ("journeys in a real browser against the production build", _end_to_end),
    "compose": ("the composed stacks, where a Docker engine answers", _compose),
}
GROUPS = {"backend": ["backend-sqlite", "backend-postgres"]}
