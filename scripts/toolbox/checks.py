"""The checks that read the sources and run nothing, each one a command that must end with 0."""

import sys
from collections.abc import Callable

from toolbox import node
from toolbox.paths import ROOT
from toolbox.processes import Processes


def _python(*words: str) -> Callable[[Processes], int]:
    return lambda processes: processes.run([sys.executable, *words])


def _front_end(tool: str, *words: str) -> Callable[[Processes], int]:
    return lambda processes: node.run(processes, tool, *words)


CHECKS: dict[str, Callable[[Processes], int]] = {
    "ruff": _python("-m", "ruff", "check", "--quiet"),
    "ruff format": _python("-m", "ruff", "format", "--check", "--quiet"),
    "mypy": _python("-m", "mypy", "--no-error-summary"),
    "layout": _python(str(ROOT / "scripts" / "check_layout.py")),
    "prettier": _front_end("prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."),
    "eslint": _front_end("eslint/bin/eslint.js", "--max-warnings", "0", "."),
    "tsc": _front_end("typescript/bin/tsc", "--build", "--noEmit"),
}


def run(processes: Processes) -> dict[str, int]:
    """Run every check, even after one has failed; return the exit code of each."""
    codes: dict[str, int] = {}
    for name, check in CHECKS.items():
        codes[name] = check(processes)
        print(f"{name}: {'ok' if codes[name] == 0 else 'FAILED'}", flush=True)
    return codes
