"""Work that is done after the answer has been sent."""

from collections.abc import Callable
from typing import Any, ParamSpec

from starlette.background import BackgroundTask
from starlette.background import BackgroundTasks as StarletteBackgroundTasks

from kingpost._http.threads import run_in_thread

__all__ = ["BackgroundTasks"]

P = ParamSpec("P")

_CALL = BackgroundTask.__call__


class _Task(BackgroundTask):
    """One function to call."""

    async def __call__(self) -> None:
        if BackgroundTask.__call__ is not _CALL:
            # Tools for traces watch all tasks there.
            await super().__call__()
        elif self.is_async:
            await self.func(*self.args, **self.kwargs)
        else:
            await run_in_thread(self.func, *self.args, **self.kwargs)


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
        self.tasks.append(_Task(func, *args, **kwargs))
