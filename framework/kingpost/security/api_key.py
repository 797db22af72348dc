"""API keys in the query, a header or a cookie."""

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from kingpost._declare.security.api_key import APIKeyBase, APIKeyCookie, APIKeyHeader, APIKeyQuery
from kingpost._declare.security.base import SecurityBase
from kingpost._spec.security import APIKey, APIKeyIn

__all__ = [
    "APIKey",
    "APIKeyBase",
    "APIKeyCookie",
    "APIKeyHeader",
    "APIKeyIn",
    "APIKeyQuery",
    "HTTPConnection",
    "HTTPException",
    "SecurityBase",
]
