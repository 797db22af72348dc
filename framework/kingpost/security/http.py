"""HTTP authentication: basic, bearer, digest."""

from starlette.requests import HTTPConnection

from kingpost._declare.security.base import SecurityBase, get_authorization_scheme_param
from kingpost._declare.security.http import (
    HTTPAuthorizationCredentials,
    HTTPBase,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    HTTPDigest,
)
from kingpost._http.errors import HTTPException
from kingpost._spec.security import HTTPBase as HTTPBaseModel
from kingpost._spec.security import HTTPBearer as HTTPBearerModel

__all__ = [
    "HTTPBaseModel",
    "HTTPBearerModel",
    "HTTPAuthorizationCredentials",
    "HTTPBase",
    "HTTPBasic",
    "HTTPBasicCredentials",
    "HTTPBearer",
    "HTTPConnection",
    "HTTPDigest",
    "HTTPException",
    "SecurityBase",
    "get_authorization_scheme_param",
]
