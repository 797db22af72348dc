"""Files from a directory, as an application to mount."""

from starlette.staticfiles import StaticFiles

__all__ = ["StaticFiles"]
