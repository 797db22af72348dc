"""What runs around every request."""

from starlette.middleware import Middleware

__all__ = ["Middleware"]
