"""What runs around every request."""

from starlette.middleware import Middleware

from kingpost.middleware import asyncexitstack

__all__ = [
    "Middleware",
    "asyncexitstack",
]
