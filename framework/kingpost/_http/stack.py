"""Where the user's code is on the stack."""

import sys

__all__ = ["user_stacklevel"]


def user_stacklevel() -> int:
    """Return the `stacklevel` at which a warning names the first line outside this package.

    To be called in the call of `warnings.warn` itself. Python's own argument for this,
    `skip_file_prefixes`, came with 3.12.
    """
    level = 1
    frame = sys._getframe(1)
    while frame.f_back is not None and _is_ours(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
        level += 1
    return level


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == "kingpost"
