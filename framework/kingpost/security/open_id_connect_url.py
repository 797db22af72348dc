"""OpenID Connect."""

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from kingpost._declare.security.base import SecurityBase
from kingpost._declare.security.openid import OpenIdConnect
from kingpost._spec.security import OpenIdConnect as OpenIdConnectModel

__all__ = [
    "OpenIdConnectModel",
    "HTTPConnection",
    "HTTPException",
    "OpenIdConnect",
    "SecurityBase",
]
