"""Work that is done after the answer has been sent."""

from starlette.background import BackgroundTasks as StarletteBackgroundTasks

from kingpost._http.background import BackgroundTasks

__all__ = ["BackgroundTasks", "StarletteBackgroundTasks"]
