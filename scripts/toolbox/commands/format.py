"""`./scripts/format`: rewrite the sources in the project's format."""

import argparse
import sys

from toolbox import node
from toolbox.processes import Processes


def main(arguments: list[str]) -> int:
    """Sort imports, mend what can be mended safely, and format Python and TypeScript."""
    argparse.ArgumentParser(prog="./scripts/format", description=main.__doc__).parse_args(arguments)
    with Processes() as processes:
        # What cannot be mended is for `./scripts/check` to report, not for this.
        processes.run([sys.executable, "-m", "ruff", "check", "--fix-only", "--quiet"])
        codes = [
            processes.run([sys.executable, "-m", "ruff", "format", "--quiet"]),
            node.run(processes, "prettier/bin/prettier.cjs", "--write", "--log-level", "warn", "."),
        ]
    return int(any(codes))
