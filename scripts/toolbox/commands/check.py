"""`./scripts/check`: everything that can be said of the sources without running them."""

import argparse

from toolbox import checks
from toolbox.processes import Processes


def main(arguments: list[str]) -> int:
    """Run ruff, mypy, the layout's rules, prettier, eslint and tsc; fail when one of them does."""
    argparse.ArgumentParser(prog="./scripts/check", description=main.__doc__).parse_args(arguments)
    with Processes() as processes:
        codes = checks.run(processes)
    return int(any(codes.values()))
