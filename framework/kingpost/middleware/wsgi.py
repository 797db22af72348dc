"""WSGI applications; Starlette deprecates this in favour of the package a2wsgi."""

from starlette.middleware.wsgi import WSGIMiddleware

__all__ = ["WSGIMiddleware"]
