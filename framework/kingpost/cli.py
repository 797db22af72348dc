"""The `kingpost` command."""

from kingpost._cli.start import main

__all__ = ["main"]
