"""What tools for traces and error reports put in the place of methods of Starlette's classes.

Ours that add less to a request stand where those stood, as long as nobody watches them.
"""

import sys
from types import FunctionType
from typing import Any

from starlette.routing import Route
from starlette.websockets import WebSocket

__all__ = ["is_patched"]

_METHODS: dict[type, tuple[str, ...]] = {
    Route: ("handle",),
    WebSocket: (
        "receive",
        "receive_bytes",
        "receive_text",
        "send",
        "send_bytes",
        "send_json",
        "send_text",
    ),
}
"""What counts, where it is not `__call__`."""


def is_patched(cls: type[Any]) -> bool:
    """Tell whether somebody replaced what a class of Starlette does with a request.

    It does not matter when: a tool may have been there before this package was imported.

    Args:
        cls: The class itself, not one made of it.
    """
    home = vars(sys.modules[cls.__module__])
    methods = map(vars(cls).get, _METHODS.get(cls, ("__call__",)))
    return not all(type(m) is FunctionType and m.__globals__ is home for m in methods)
