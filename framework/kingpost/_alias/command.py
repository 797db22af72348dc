"""The `fastapi` command, as ``python -m fastapi`` and other packages start it."""

import importlib
import sys

__all__ = ["cli_main", "main"]


def cli_main() -> None:
    """Run the command of this package with the arguments of the process."""
    importlib.import_module("kingpost.cli").main()


def main() -> None:
    """Run what ``fastapi.cli.cli_main`` is now.

    Raises:
        RuntimeError: Somebody said, by None, that there is no command.
    """
    run = vars(sys.modules["fastapi.cli"])["cli_main"]
    if run is None:
        message = (
            "To use the fastapi command, please install what it needs: "
            'pip install "kingpost[standard]"'
        )
        print(message)  # noqa: T201 - for whoever typed the command
        raise RuntimeError(message)
    run()
