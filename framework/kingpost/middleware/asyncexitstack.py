"""A stack for each request, of what has to be closed after it."""

from kingpost._serve.exits import AsyncExitStackMiddleware

__all__ = ["AsyncExitStackMiddleware"]
