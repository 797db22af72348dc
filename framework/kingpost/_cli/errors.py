"""What the command says instead of a traceback."""

__all__ = ["CommandError"]


class CommandError(Exception):
    """The command cannot do what it was asked to; the message is all that the user sees."""
