"""Work that is done after the answer has been sent."""

from collections.abc import Callable
from typing import Any, ParamSpec

from starlette.background import BackgroundTasks as StarletteBackgroundTasks

__all__ = ["BackgroundTasks"]

P = ParamSpec("P")


class BackgroundTasks(StarletteBackgroundTasks):
    """Functions to call after the answer has been sent, in the order they were added.

    Declare a parameter of this type in an operation or a dependency: all of one request share one
    instance.
    """

    def add_task(self, func: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
        """Add a call.

        Args:
            func: A coroutine function, or a function that is then run in a thread.
            args: Its positional arguments.
            kwargs: Its keyword arguments.
        """
        super().add_task(func, *args, **kwargs)
