"""Where the command begins."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command with the arguments of the process."""
    try:
        import typer  # noqa: F401 - commands needs it, and says so less clearly
    except ModuleNotFoundError:
        sys.exit(
            "The kingpost command needs the package typer: install it with "
            'pip install "kingpost[standard]".'
        )
    from kingpost._cli.commands import commands

    commands()
