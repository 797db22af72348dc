"""Work that is done after the answer has been sent."""

from kingpost._http.background import BackgroundTasks

__all__ = ["BackgroundTasks"]
