"""The incoming request."""

from kingpost._http.requests import HTTPConnection, Request

__all__ = ["HTTPConnection", "Request"]
