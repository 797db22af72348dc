"""Requests to an application without a server; needs the extra ``testing``."""

from starlette.testclient import TestClient

__all__ = ["TestClient"]
